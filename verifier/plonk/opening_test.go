package plonk

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// TestOpeningChallenges_AreOverAllThatIsChecked changes each part of what one pairing checks:
// a part that r is not over, a prover may choose after r.
func TestOpeningChallenges_AreOverAllThatIsChecked(t *testing.T) {
	_, _, g1, _ := bn254.Generators()
	var other bn254.G1Affine
	other.Double(&g1)
	type opened struct {
		p      Proof
		c      challenges
		points []bn254.G1Affine
		values []fr.Element
	}
	start := func() *opened {
		return &opened{
			p:      Proof{AtZeta: g1, AtZetaOmega: g1},
			points: []bn254.G1Affine{g1, g1}, values: make([]fr.Element, 2),
		}
	}
	draw := func(o *opened) (v, r fr.Element) { return openingChallenges(&o.p, &o.c, o.points, o.values) }
	v0, r0 := draw(start())
	for what, change := range map[string]func(*opened){
		"the point":             func(o *opened) { o.c.zeta.SetOne() },
		"the first commitment":  func(o *opened) { o.points[0] = other },
		"the second commitment": func(o *opened) { o.points[1] = other },
		"the first value":       func(o *opened) { o.values[0].SetOne() },
		"the second value":      func(o *opened) { o.values[1].SetOne() },
		"the shifted value":     func(o *opened) { o.p.AtZ.SetOne() },
	} {
		o := start()
		change(o)
		if v, r := draw(o); v.Equal(&v0) || r.Equal(&r0) {
			t.Errorf("%s is not in both challenges", what)
		}
	}
	for what, change := range map[string]func(*opened){
		"the opening":         func(o *opened) { o.p.AtZeta = other },
		"the shifted opening": func(o *opened) { o.p.AtZetaOmega = other },
	} {
		o := start()
		change(o)
		if v, r := draw(o); !v.Equal(&v0) || r.Equal(&r0) {
			t.Errorf("%s: v and r are %v and %v", what, v.Equal(&v0), !r.Equal(&r0))
		}
	}
}
