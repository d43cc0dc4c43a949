package groth16

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/key"
)

var _ key.Verifying = (*VerifyingKey)(nil)

// Backend names the proof system.
func (vk *VerifyingKey) Backend() string { return "groth16" }

// NbInputs is the number of public inputs.
func (vk *VerifyingKey) NbInputs() int { return len(vk.K) - 1 }

// Check is [ParseProof] and [VerifyingKey.Verify].
func (vk *VerifyingKey) Check(inputs []fr.Element, proof []byte) error {
	p, err := ParseProof(proof)
	if err != nil {
		return err
	}
	return vk.Verify(inputs, p)
}

// CheckAll is [ParseProof] of each and [VerifyingKey.FindInvalid] of those that parse.
func (vk *VerifyingKey) CheckAll(inputs [][]fr.Element, proofs [][]byte) []error {
	if len(inputs) != len(proofs) {
		panic(fmt.Sprintf("groth16: %d statements for %d proofs", len(inputs), len(proofs)))
	}
	errs := make([]error, len(proofs))
	var places []int
	var statements [][]fr.Element
	var parsed []*Proof
	for i := range proofs {
		p, err := ParseProof(proofs[i])
		if err != nil {
			errs[i] = err
			continue
		}
		places, statements, parsed = append(places, i), append(statements, inputs[i]), append(parsed, p)
	}
	for _, i := range vk.FindInvalid(statements, parsed) {
		errs[places[i]] = ErrInvalidProof
	}
	return errs
}
