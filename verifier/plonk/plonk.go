// Package plonk verifies PLONK proofs over BN254 as gnark v0.16.1 makes them, without custom
// gates, with gnark-crypto's arithmetic and nothing else: small enough for a browser, and
// independent of the prover's code.
//
// A circuit is a list of gates Ql·l + Qr·r + Qm·l·r + Qo·o + Qk = 0 over the rows of a
// domain <ω> of n points, the first of which hold the public inputs, and a permutation
// S1, S2, S3 of the 3n wires whose cosets are 1, u, u² times the domain. (A. Gabizon, Z. J.
// Williamson, O. Ciobotaru, "PLONK", eprint 2019/953, section 8.4; gnark's linearised
// polynomial is the paper's with the quotient in it, in shards of n+2 coefficients.)
//
// The key has no trapdoor but the powers of tau. With these and the constraint system
// everybody computes the same key.
package plonk

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
	"github.com/genproof/genproof/verifier/key"
)

// ErrInvalidProof means that the proof does not show its statement.
var ErrInvalidProof = key.ErrInvalidProof

// A Proof is a PLONK proof.
type Proof struct {
	L, R, O bn254.G1Affine    // commitments to the wires
	H       [3]bn254.G1Affine // to the shards of the quotient
	Z       bn254.G1Affine    // to the permutation's product

	// Values at ζ, and of Z at ζω.
	AtL, AtR, AtO, AtS1, AtS2, AtZ fr.Element

	// Openings of everything at ζ, and of Z at ζω.
	AtZeta, AtZetaOmega bn254.G1Affine
}

// A VerifyingKey is the public key of a circuit.
type VerifyingKey struct {
	Size   uint64            // n, a power of two
	Inputs int               // public inputs
	S      [3]bn254.G1Affine // commitments to the permutation

	Ql, Qr, Qm, Qo, Qk bn254.G1Affine // commitments to the gates

	Tau bn254.G2Affine // [τ]₂
}

// coset is u: gnark-crypto's generator of the field's multiplicative group.
const coset = 5

// Verify checks that p proves the statement inputs. It returns an error that is
// [ErrInvalidProof] if it doesn't; any other error means that the key is degenerate or that
// the number of inputs is not the key's.
func (vk *VerifyingKey) Verify(inputs []fr.Element, p *Proof) error {
	if err := vk.lint(); err != nil {
		return fmt.Errorf("verifying key: %w", err)
	}
	return vk.verify(inputs, p)
}

// verify trusts the key.
func (vk *VerifyingKey) verify(inputs []fr.Element, p *Proof) error {
	if len(inputs) != vk.Inputs {
		return fmt.Errorf("got %d public inputs, the verifying key takes %d", len(inputs), vk.Inputs)
	}
	if err := p.check(); err != nil {
		return fmt.Errorf("%w: %w", ErrInvalidProof, err)
	}
	c := vk.challenge(inputs, p)
	linearised, value, err := vk.linearise(inputs, p, c)
	if err != nil {
		return err
	}
	return vk.open(p, c, linearised, value)
}

// linearise returns the commitment to the linearised polynomial and the value at ζ that
// makes the circuit's equation hold,
//
//	value = −PI(ζ) + α²L₀(ζ) − α(l+βs₁+γ)(r+βs₂+γ)(o+γ)z(ωζ)
func (vk *VerifyingKey) linearise(inputs []fr.Element, p *Proof, c *challenges) (bn254.G1Affine, fr.Element, error) {
	e := vk.evaluate(inputs, c)
	left := affine(&p.AtL, &c.beta, &p.AtS1, &c.gamma)
	right := affine(&p.AtR, &c.beta, &p.AtS2, &c.gamma)
	both := product(&left, &right, &c.alpha, &p.AtZ) // α(l+βs₁+γ)(r+βs₂+γ)z(ωζ)

	var value, out fr.Element
	out.Add(&p.AtO, &c.gamma)
	value.Sub(&e.first, &e.inputs)
	out.Mul(&out, &both)
	value.Sub(&value, &out)

	commitment, err := point.Sum(
		[]bn254.G1Affine{vk.Ql, vk.Qr, vk.Qm, vk.Qo, vk.Qk, vk.S[2], p.Z, p.H[0], p.H[1], p.H[2]},
		[]fr.Element{
			p.AtL, p.AtR, product(&p.AtL, &p.AtR), p.AtO, fr.One(),
			product(&both, &c.beta), e.permutation(p, c), e.shard(0), e.shard(1), e.shard(2),
		})
	return commitment, value, err
}

// omega returns the generator of the domain, whose size [VerifyingKey.Lint] has checked.
func (vk *VerifyingKey) omega() fr.Element {
	w, err := fr.Generator(vk.Size)
	if err != nil {
		panic("plonk: " + err.Error())
	}
	return w
}

// affine returns a + b·x + c.
func affine(a, b, x, c *fr.Element) (y fr.Element) {
	y.Mul(b, x)
	y.Add(&y, a)
	y.Add(&y, c)
	return y
}

func product(a *fr.Element, rest ...*fr.Element) fr.Element {
	y := *a
	for _, x := range rest {
		y.Mul(&y, x)
	}
	return y
}

func power(x fr.Element, n uint64) (y fr.Element) {
	y.Exp(x, new(big.Int).SetUint64(n))
	return y
}
