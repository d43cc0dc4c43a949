// Package gnarkstd states the peers' statements with the gadgets of gnark's std.
package gnarkstd

import (
	"crypto/sha256"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/hash/sha2"
	"github.com/consensys/gnark/std/math/uints"

	"github.com/genproof/genproof/circuits/statement"

	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/bench/peers/sample"
)

// documentCircuit: the prover knows a message of this length with this SHA-256.
type documentCircuit struct {
	High, Low frontend.Variable `gnark:",public"`
	Message   []uints.U8
}

// Document is the SHA-256 of a message that fills blocks.
func Document(blocks int) *groth.Case {
	message := sample.Message(blocks)
	high, low := statement.Limbs(sha256.Sum256(message))
	return &groth.Case{
		Circuit:    &documentCircuit{Message: make([]uints.U8, len(message))},
		Assignment: &documentCircuit{High: high, Low: low, Message: uints.NewU8Array(message)},
	}
}

// Define hashes the message.
func (c *documentCircuit) Define(api frontend.API) error {
	h, err := sha2.New(api)
	if err != nil {
		return err
	}
	bytes, err := uints.NewBytes(api)
	if err != nil {
		return err
	}
	h.Write(c.Message)
	digest := h.Sum()
	api.AssertIsEqual(c.High, number(api, bytes, digest[:16]))
	api.AssertIsEqual(c.Low, number(api, bytes, digest[16:]))
	return nil
}

// number returns big-endian bytes as an integer.
func number(api frontend.API, bytes *uints.Bytes, digits []uints.U8) frontend.Variable {
	var n frontend.Variable = 0
	for _, d := range digits {
		n = api.Add(api.Mul(256, n), bytes.Value(d))
	}
	return n
}
