package message

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// A token travels as its assignment's values, 32 bytes each, big-endian: its public inputs, then all
// others in the circuit's order. Among them are the drop's seed and blind, because the circuit draws
// the token from them: they are every token's of the drop.

func encodeVector(inputs, hidden []fr.Element) []byte {
	out := make([]byte, 0, (len(inputs)+len(hidden))*fr.Bytes)
	for _, part := range [][]fr.Element{inputs, hidden} {
		for i := range part {
			b := part[i].Bytes()
			out = append(out, b[:]...)
		}
	}
	return out
}

// decodeVector reads the values of a token whose public inputs are a job's. Like decodeBatch it
// quotes nothing of them.
func decodeVector(data []byte, w Work) (inputs, hidden []fr.Element, err error) {
	if len(data)%fr.Bytes != 0 || len(data) < statement.NbInputs*fr.Bytes {
		return nil, nil, errWitness
	}
	values := make([]fr.Element, len(data)/fr.Bytes)
	for i := range values {
		if values[i].SetBytesCanonical(data[i*fr.Bytes:(i+1)*fr.Bytes]) != nil {
			return nil, nil, errWitness
		}
	}
	inputs, hidden = values[:statement.NbInputs], values[statement.NbInputs:]
	if InputsOf(inputs) != w.Inputs {
		return nil, nil, errWitness
	}
	return inputs, hidden, nil
}
