package fact_test

import (
	"bytes"
	"testing"

	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/bundle/strictjson"
)

// FuzzParse: what is accepted go-ethereum reads as the same.
func FuzzParse(f *testing.F) {
	for _, x := range newBlock(f, 3).facts(f) {
		data, err := x.Marshal()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(data[:len(data)-1])
		f.Add(bytes.Replace(data, []byte("a"), []byte("b"), 1))
	}
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		seen, err := fact.Parse(data)
		if err != nil {
			return
		}
		var x fact.Fact
		if err := strictjson.Unmarshal(data, &x, fact.MaxBytes); err != nil {
			t.Fatal(err)
		}
		if other, err := byGeth(&x); err != nil || !same(seen, other) {
			t.Errorf("go-ethereum reads another fact, %v", err)
		}
	})
}
