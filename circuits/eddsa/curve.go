//go:build !js

package eddsa

import (
	"math/big"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
)

// The circuit works on the curve's Montgomery form, where a chord costs three rows:
//
//	v² = u³ + A·u² + u    with u = (1+y)/(1−y), v = c·u/x, A = 168698, c² = 4/(−1−d)
//
// (0, 0) is its only point of order 2; adding it turns (u, v) into (1/u, −v/u²).

// scale returns c, computed once.
var scale = sync.OnceValue(func() fr.Element {
	c := fr.One()
	c.Neg(&c).Sub(&c, &edwardsD).Inverse(&c).Double(&c).Double(&c)
	if c.Sqrt(&c) == nil {
		panic("eddsa: the curve has no Montgomery form of coefficient 1")
	}
	return c
})

// pointM is an affine point of the Montgomery form.
type pointM struct{ u, v fr.Element }

// montgomery returns the image of p, which must not be of order 1 or 2; of those it
// returns nonsense.
func montgomery(p *twistededwards.PointAffine) pointM {
	var one, den fr.Element
	one.SetOne()
	var m pointM
	m.u.Add(&one, &p.Y)
	den.Sub(&one, &p.Y)
	m.u.Div(&m.u, &den)
	m.v = scale()
	m.v.Mul(&m.v, &m.u).Div(&m.v, &p.X)
	return m
}

// chord returns the slope of the line through p and q, whose u must differ.
func (p *pointM) chord(q *pointM) fr.Element {
	var num, den fr.Element
	num.Sub(&q.v, &p.v)
	den.Sub(&q.u, &p.u)
	return *num.Div(&num, &den)
}

// third returns the u of the sum of p and q on a line of the given slope, and follow the
// sum itself.
func (p *pointM) third(q *pointM, slope fr.Element) fr.Element {
	var u fr.Element
	a := fr.NewElement(montgomeryA)
	u.Square(&slope).Sub(&u, &a).Sub(&u, &p.u)
	return *u.Sub(&u, &q.u)
}

func (p *pointM) follow(u, slope fr.Element) pointM {
	sum := pointM{u: u}
	sum.v.Sub(&p.u, &u).Mul(&sum.v, &slope).Sub(&sum.v, &p.v)
	return sum
}

// pow2 returns 2^n.
func pow2(n int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(n)) }
