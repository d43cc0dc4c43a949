package plonk

import (
	"crypto/sha256"
	"hash"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// challenges are a verifier's questions, drawn from SHA-256 over all that was said before:
// γ over permutation, gates, inputs and wires, β over γ, α over Z, ζ over the quotient.
type challenges struct {
	gamma, beta, alpha, zeta fr.Element
}

func (vk *VerifyingKey) challenge(inputs []fr.Element, p *Proof) *challenges {
	c := new(challenges)
	t := newTranscript("gamma")
	t.points(&vk.S[0], &vk.S[1], &vk.S[2], &vk.Ql, &vk.Qr, &vk.Qm, &vk.Qo, &vk.Qk)
	t.scalars(inputs...)
	t.points(&p.L, &p.R, &p.O)
	c.gamma = t.draw()
	t.next("beta")
	c.beta = t.draw()
	t.next("alpha")
	t.points(&p.Z)
	c.alpha = t.draw()
	t.next("zeta")
	t.points(&p.H[0], &p.H[1], &p.H[2])
	c.zeta = t.draw()
	return c
}

// A transcript is gnark-crypto's: a challenge is the SHA-256 of its name, the challenge before
// it if there is one, and what is bound to it, read as a number.
type transcript struct {
	hash hash.Hash
	last []byte
}

func newTranscript(name string) *transcript {
	t := &transcript{hash: sha256.New()}
	t.next(name)
	return t
}

func (t *transcript) next(name string) {
	t.hash.Reset()
	t.hash.Write([]byte(name))
	t.hash.Write(t.last)
}

func (t *transcript) points(points ...*bn254.G1Affine) {
	for _, p := range points {
		t.hash.Write(p.Marshal())
	}
}

func (t *transcript) scalars(scalars ...fr.Element) {
	for i := range scalars {
		t.hash.Write(scalars[i].Marshal())
	}
}

func (t *transcript) draw() (e fr.Element) {
	t.last = t.hash.Sum(nil)
	e.SetBytes(t.last)
	return e
}

// evaluations are known polynomials at ζ.
type evaluations struct {
	vanishing fr.Element // ζⁿ − 1
	shift     fr.Element // ζⁿ⁺²
	first     fr.Element // α²L₀(ζ)
	inputs    fr.Element // PI(ζ) = Σ input_i·L_i(ζ)
}

// evaluate computes L_i(ζ) = ωⁱ(ζⁿ−1)/(n(ζ−ωⁱ)). A ζ within the domain, which no prover can
// hope to hit, makes them 0, and no proof passes.
func (vk *VerifyingKey) evaluate(inputs []fr.Element, c *challenges) *evaluations {
	e := &evaluations{vanishing: power(c.zeta, vk.Size), shift: power(c.zeta, vk.Size+2)}
	one := fr.One()
	e.vanishing.Sub(&e.vanishing, &one)
	denominators := make([]fr.Element, max(1, len(inputs)))
	point, omega := one, vk.omega()
	for i := range denominators {
		denominators[i].Sub(&c.zeta, &point)
		point.Mul(&point, &omega)
	}
	n := fr.NewElement(vk.Size)
	scale := product(new(fr.Element).Inverse(&n), &e.vanishing) // ωⁱ(ζⁿ−1)/n
	inverses := fr.BatchInvert(denominators)
	e.first = product(&c.alpha, &c.alpha, &scale, &inverses[0])
	for i := range inputs {
		term := product(&inputs[i], &scale, &inverses[i])
		e.inputs.Add(&e.inputs, &term)
		scale.Mul(&scale, &omega)
	}
	return e
}

// permutation returns the factor of Z: α²L₀(ζ) − α(l+βζ+γ)(r+βuζ+γ)(o+βu²ζ+γ).
func (e *evaluations) permutation(p *Proof, c *challenges) fr.Element {
	u, x := fr.NewElement(coset), c.zeta
	left := affine(&p.AtL, &c.beta, &x, &c.gamma)
	x.Mul(&x, &u)
	right := affine(&p.AtR, &c.beta, &x, &c.gamma)
	x.Mul(&x, &u)
	out := affine(&p.AtO, &c.beta, &x, &c.gamma)
	all := product(&left, &right, &out, &c.alpha)
	all.Sub(&e.first, &all)
	return all
}

// shard returns the factor of the i-th shard of the quotient: −(ζⁿ−1)·ζ^(i(n+2)).
func (e *evaluations) shard(i int) fr.Element {
	y := product(&e.vanishing)
	for range i {
		y.Mul(&y, &e.shift)
	}
	y.Neg(&y)
	return y
}
