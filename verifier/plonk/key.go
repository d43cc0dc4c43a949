package plonk

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/key"
)

var _ key.Verifying = (*VerifyingKey)(nil)

// Backend names the proof system.
func (vk *VerifyingKey) Backend() string { return "plonk" }

// NbInputs is the number of public inputs.
func (vk *VerifyingKey) NbInputs() int { return vk.Inputs }

// Check is [ParseProof] and [VerifyingKey.Verify].
func (vk *VerifyingKey) Check(inputs []fr.Element, proof []byte) error {
	p, err := ParseProof(proof)
	if err != nil {
		return err
	}
	return vk.Verify(inputs, p)
}

// CheckAll lints the key once.
func (vk *VerifyingKey) CheckAll(inputs [][]fr.Element, proofs [][]byte) []error {
	if len(inputs) != len(proofs) {
		panic(fmt.Sprintf("plonk: %d statements for %d proofs", len(inputs), len(proofs)))
	}
	errs := make([]error, len(proofs))
	degenerate := vk.lint()
	for i := range proofs {
		p, err := ParseProof(proofs[i])
		switch {
		case err != nil:
			errs[i] = err
		case degenerate != nil:
			errs[i] = fmt.Errorf("verifying key: %w", degenerate)
		default:
			errs[i] = vk.verify(inputs[i], p)
		}
	}
	return errs
}

func bigOf(e *fr.Element) *big.Int { return e.BigInt(new(big.Int)) }
