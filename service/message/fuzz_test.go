package message

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// FuzzDecodeBatch: what a worker accepts of a coordinator's plain text is a batch that is written and read as the same.
func FuzzDecodeBatch(f *testing.F) {
	size := statement.DeckSmall
	data, err := encodeBatch(newBatch(f, size))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add(bytes.Replace(data, []byte(`true`), []byte(`false`), 1))
	f.Add(bytes.Replace(data, []byte(`"literals"`), []byte(`"literal"`), 1))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := decodeBatch(data, size)
		if err != nil {
			return
		}
		again, err := encodeBatch(b)
		if err != nil {
			t.Fatal(err)
		}
		if other, err := decodeBatch(again, size); err != nil || !reflect.DeepEqual(other, b) {
			t.Errorf("another batch when it is read again, %v", err)
		}
	})
}

// FuzzDecodeVector: what is accepted of a token's values is written as it came.
func FuzzDecodeVector(f *testing.F) {
	data := bytes.Repeat(append(make([]byte, fr.Bytes-1), 7), statement.NbInputs+3)
	f.Add(data, true)
	f.Add(data, false)
	f.Add(data[:len(data)-1], true)
	f.Add(data[:statement.NbInputs*fr.Bytes], true)
	f.Add(bytes.Repeat([]byte{0xff}, len(data)), true)
	f.Fuzz(func(t *testing.T, data []byte, right bool) {
		var w Work
		if right && len(data) >= statement.NbInputs*fr.Bytes {
			inputs := make([]fr.Element, statement.NbInputs)
			for i := range inputs {
				inputs[i].SetBytes(data[i*fr.Bytes : (i+1)*fr.Bytes])
			}
			w.Inputs = InputsOf(inputs)
		}
		inputs, hidden, err := decodeVector(data, w)
		if err == nil && (!bytes.Equal(encodeVector(inputs, hidden), data) || !right) {
			t.Errorf("%d and %d values are accepted", len(inputs), len(hidden))
		}
	})
}
