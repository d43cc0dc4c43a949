// Package key is what the verifying keys of both proof systems offer.
package key

import (
	"errors"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// ErrInvalidProof means that the proof does not show its statement.
var ErrInvalidProof = errors.New("the proof does not verify")

// Verifying is a verifying key.
type Verifying interface {
	// Backend is "groth16" or "plonk".
	Backend() string
	// NbInputs is the number of public inputs.
	NbInputs() int
	// Bytes is the key's one encoding, and Digest its SHA-256: the key's name everywhere.
	Bytes() []byte
	Digest() [32]byte
	// Lint reports whether the key is not for this number of public inputs, or one that
	// anybody could forge proofs for, as far as that shows.
	Lint(inputs int) error
	// Check reads a proof and verifies it. The error is [ErrInvalidProof] if the proof is
	// well-formed and does not show the statement.
	Check(inputs []fr.Element, proof []byte) error
	// CheckAll is Check of many proofs, faster. It panics if the lengths differ.
	CheckAll(inputs [][]fr.Element, proofs [][]byte) []error
}
