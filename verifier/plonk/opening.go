package plonk

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
)

// open checks both KZG openings with one pairing check, as section 8.4 of the paper does in
// its steps 10 to 12. With v for the fold of what is opened at ζ, and r for the second opening,
//
//	e(Σ vⁱ(F_i − [f_i]₁) + ζ·W + r(Z − [z]₁ + ζω·W'), [1]₂) = e(W + r·W', [τ]₂)
func (vk *VerifyingKey) open(p *Proof, c *challenges, linearised bn254.G1Affine, value fr.Element) error {
	points := []bn254.G1Affine{linearised, p.L, p.R, p.O, vk.S[0], vk.S[1]}
	values := []fr.Element{value, p.AtL, p.AtR, p.AtO, p.AtS1, p.AtS2}
	v, r := openingChallenges(p, c, points, values)

	scalars := make([]fr.Element, len(points))
	var sum fr.Element // Σ vⁱf_i + r·z
	power := fr.One()
	for i := range points {
		scalars[i] = power
		term := product(&values[i], &power)
		sum.Add(&sum, &term)
		power.Mul(&power, &v)
	}
	term := product(&p.AtZ, &r)
	sum.Add(&sum, &term)
	sum.Neg(&sum)

	_, _, g1, g2 := bn254.Generators()
	omega := vk.omega()
	left, err := point.Sum(
		append(points, p.Z, g1, p.AtZeta, p.AtZetaOmega),
		append(scalars, r, sum, c.zeta, product(&c.zeta, &omega, &r)))
	if err != nil {
		return err
	}
	right, err := point.Sum([]bn254.G1Affine{p.AtZeta, p.AtZetaOmega}, []fr.Element{fr.One(), r})
	if err != nil {
		return err
	}
	right.Neg(&right)
	ok, err := bn254.PairingCheck([]bn254.G1Affine{left, right}, []bn254.G2Affine{g2, vk.Tau})
	if err != nil {
		return fmt.Errorf("pairing: %w", err)
	}
	if !ok {
		return ErrInvalidProof
	}
	return nil
}

// openingChallenges draws v as gnark's prover does, who has folded with it, and r, which is
// the verifier's alone, over v and both openings: all else that is checked is in v.
func openingChallenges(p *Proof, c *challenges, points []bn254.G1Affine, values []fr.Element) (v, r fr.Element) {
	t := newTranscript("gamma")
	t.scalars(c.zeta)
	for i := range points {
		t.points(&points[i])
	}
	t.scalars(values...)
	t.scalars(p.AtZ)
	v = t.draw()

	t = newTranscript("genproof/plonk/openings/1")
	t.scalars(v)
	t.points(&p.AtZeta, &p.AtZetaOmega)
	return v, t.draw()
}
