// Package ours states the peers' statements with genproof's gadgets.
package ours

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/consensys/gnark/frontend"

	circuit "github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"

	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/bench/peers/sample"
)

// documentCircuit: the prover knows a message of this length with this SHA-256.
type documentCircuit struct {
	High, Low frontend.Variable   `gnark:",public"`
	Message   []frontend.Variable // bits, 8 a byte, the most significant first
}

// Document is the SHA-256 of a message that fills blocks.
func Document(blocks int) *groth.Case {
	message := sample.Message(blocks)
	digest := sha256.Sum256(message)
	high, low := statement.Limbs(digest)
	filled := &documentCircuit{High: high, Low: low}
	for _, b := range message {
		for i := 7; i >= 0; i-- {
			filled.Message = append(filled.Message, b>>i&1)
		}
	}
	return &groth.Case{
		Circuit:    &documentCircuit{Message: make([]frontend.Variable, 8*len(message))},
		Assignment: filled, Own: true,
	}
}

// Define hashes the message with its padding.
func (c *documentCircuit) Define(api frontend.API) error {
	for _, b := range c.Message {
		api.AssertIsBoolean(b)
	}
	bits := padded(c.Message)
	var start [8]circuit.WordVar
	for i, word := range circuit.IV {
		start[i] = constant(word)
	}
	state := circuit.NewState(api, start)
	for ; len(bits) > 0; bits = bits[512:] {
		var block [16]circuit.WordVar
		for i := range block {
			for j := range 32 {
				block[i][31-j] = bits[32*i+j]
			}
		}
		var err error
		if state, err = circuit.CompressVar(api, state, block); err != nil {
			return err
		}
	}
	high, low, err := state.Digest(api)
	if err != nil {
		return err
	}
	api.AssertIsEqual(c.High, high)
	api.AssertIsEqual(c.Low, low)
	return nil
}

// padded appends FIPS 180-4's padding, which here always fits the last block.
func padded(message []frontend.Variable) []frontend.Variable {
	tail := binary.BigEndian.AppendUint64([]byte{0x80}, uint64(len(message)))
	out := append([]frontend.Variable{}, message...)
	for _, b := range tail {
		for i := 7; i >= 0; i-- {
			out = append(out, b>>i&1)
		}
	}
	return out
}

func constant(word uint32) (w circuit.WordVar) {
	for i := range w {
		w[i] = word >> i & 1
	}
	return w
}
