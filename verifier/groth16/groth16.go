// Package groth16 verifies Groth16 proofs over BN254, with gnark-crypto's
// curve arithmetic and nothing else: small enough for a browser, and
// independent of the prover's code.
//
//	e(A, B) = e(α, β) · e(K_0 + Σ x_i·K_i, γ) · e(C, δ)
//
// (J. Groth, "On the size of pairing-based non-interactive arguments", 2016,
// section 3.2.) Keys have no commitment extension.
//
// A proof's bytes identify nothing: whoever sees (A, B, C) can make other
// accepted proofs of the same statement, (-A, -B, C) being the simplest. Never
// use a proof, or its hash, as the key of anything.
package groth16

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
	"github.com/genproof/genproof/verifier/key"
)

// ErrInvalidProof means that the proof does not show its statement.
var ErrInvalidProof = key.ErrInvalidProof

// Proof is a Groth16 proof. One from elsewhere than [ParseProof] is checked
// again when it is verified.
type Proof struct {
	Ar  bn254.G1Affine // A
	Bs  bn254.G2Affine // B
	Krs bn254.G1Affine // C
}

// VerifyingKey is the public key of a circuit with len(K)-1 public inputs.
type VerifyingKey struct {
	Alpha              bn254.G1Affine
	Beta, Gamma, Delta bn254.G2Affine
	K                  []bn254.G1Affine // K[0] goes with the constant one
}

// Verify checks that p proves the statement inputs. It returns an error that
// is [ErrInvalidProof] if it doesn't; any other error means that the key is
// degenerate or that the number of inputs is not the key's.
func (vk *VerifyingKey) Verify(inputs []fr.Element, p *Proof) error {
	if err := vk.lint(); err != nil {
		return fmt.Errorf("verifying key: %w", err)
	}
	if err := vk.checkCount(inputs); err != nil {
		return err
	}
	return vk.verify(inputs, p)
}

// verify trusts the key and the number of inputs, not the proof.
func (vk *VerifyingKey) verify(inputs []fr.Element, p *Proof) error {
	if err := p.check(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	x, err := vk.fold(append([]fr.Element{fr.One()}, inputs...))
	if err != nil {
		return err
	}
	return pairingIsOne(
		[]bn254.G1Affine{p.Ar, neg(vk.Alpha), neg(x), neg(p.Krs)},
		[]bn254.G2Affine{p.Bs, vk.Beta, vk.Gamma, vk.Delta},
	)
}

// fold returns Σ scalars[i]·K[i]; len(scalars) == len(K).
func (vk *VerifyingKey) fold(scalars []fr.Element) (bn254.G1Affine, error) {
	return point.Sum(vk.K, scalars)
}

func (vk *VerifyingKey) checkCount(inputs []fr.Element) error {
	if len(inputs) != len(vk.K)-1 {
		return fmt.Errorf("got %d public inputs, the verifying key takes %d", len(inputs), len(vk.K)-1)
	}
	return nil
}

func pairingIsOne(p []bn254.G1Affine, q []bn254.G2Affine) error {
	ok, err := bn254.PairingCheck(p, q)
	if err != nil {
		return fmt.Errorf("pairing: %w", err)
	}
	if !ok {
		return ErrInvalidProof
	}
	return nil
}

func neg(p bn254.G1Affine) bn254.G1Affine {
	p.Neg(&p)
	return p
}
