package eddsa

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// montgomeryA is the curve's coefficient in its Montgomery form: see curve.go. In the Edwards
// form d = −(A−2)/(A+2).
const montgomeryA = 168698

// l is the order of the base point, edwardsD the d of the curve's equation. The tests hold both
// against the library's.
var (
	l, _     = new(big.Int).SetString("2736030358979909402780800718157159386076813972158567259200215660948447373041", 10)
	edwardsD = func() fr.Element {
		d, denominator := fr.NewElement(montgomeryA-2), fr.NewElement(montgomeryA+2)
		d.Div(&d, &denominator)
		return *d.Neg(&d)
	}()
)

// order returns l; callers must not write to it.
func order() *big.Int { return l }

// A point is a pair of coordinates, on the curve or not.
type point struct{ x, y fr.Element }

// parsePoint reads the compressed form of a point in the subgroup: of all y and signs the one
// that the library writes, so y is below r and an x of zero has no sign.
//
// The library reads it too. Programs for pages parse points and do no more with the curve:
// they link neither the library's curve nor its square root.
func parsePoint(b []byte) (p point, err error) {
	if len(b) != PublicKeyBytes {
		return p, fmt.Errorf("got %d bytes, want %d", len(b), PublicKeyBytes)
	}
	var y [PublicKeyBytes]byte // big-endian
	for i, c := range b {
		y[len(y)-1-i] = c
	}
	larger := y[0]&0x80 != 0
	y[0] &^= 0x80
	if p.y.SetBytesCanonical(y[:]) != nil {
		return p, errNotCanonical
	}
	x := p.squareOfX().BigInt(new(big.Int))
	if x.ModSqrt(x, fr.Modulus()) == nil {
		return p, errors.New("no point of the curve has this y")
	}
	p.x.SetBigInt(x)
	if p.x.LexicographicallyLargest() != larger {
		p.x.Neg(&p.x)
	}
	if p.x.LexicographicallyLargest() != larger {
		return p, errNotCanonical
	}
	if !p.inSubgroup() {
		return p, errors.New("the point is outside the subgroup of prime order")
	}
	return p, nil
}

var errNotCanonical = errors.New("not the canonical encoding of its point")

// squareOfX returns what the square of x is if y belongs to a point:
//
//	x² = (y² − 1)/(1 + d·y²)
//
// The denominator is not zero: −1 is a square and d is not.
func (p *point) squareOfX() *fr.Element {
	one := fr.One()
	var square, denominator fr.Element
	square.Square(&p.y)
	denominator.Mul(&edwardsD, &square).Add(&denominator, &one)
	square.Sub(&square, &one)
	return square.Div(&square, &denominator)
}

func (p *point) isIdentity() bool { return p.x.IsZero() && p.y.IsOne() }

// onCurve reports whether y² − x² = 1 + d·x²·y².
func (p *point) onCurve() bool {
	one := fr.One()
	var xx, yy, left, right fr.Element
	xx.Square(&p.x)
	yy.Square(&p.y)
	left.Sub(&yy, &xx)
	right.Mul(&xx, &yy).Mul(&right, &edwardsD).Add(&right, &one)
	return left.Equal(&right)
}

// inSubgroup reports whether p is on the curve and of order l or 1: whether l·p is the identity.
func (p *point) inSubgroup() bool {
	if !p.onCurve() {
		return false
	}
	start := projective{p.x, p.y, fr.One()}
	sum := start
	for i := l.BitLen() - 2; i >= 0; i-- {
		sum.add(&sum, &sum)
		if l.Bit(i) == 1 {
			sum.add(&sum, &start)
		}
	}
	return sum.x.IsZero() && sum.y.Equal(&sum.z)
}

// A projective point is (x/z, y/z), z not zero.
type projective struct{ x, y, z fr.Element }

// add sets s to p + q, any of which may be the same: on the curve the law has no exceptions. It is
// add-2008-bbjlp of the Explicit-Formulas Database, with a = −1.
func (s *projective) add(p, q *projective) {
	var zz, square, xx, yy, e, f, g, both fr.Element
	zz.Mul(&p.z, &q.z)
	square.Square(&zz)
	xx.Mul(&p.x, &q.x)
	yy.Mul(&p.y, &q.y)
	e.Mul(&xx, &yy).Mul(&e, &edwardsD)
	f.Sub(&square, &e)
	g.Add(&square, &e)
	both.Add(&p.x, &p.y)
	s.y.Add(&q.x, &q.y)
	both.Mul(&both, &s.y).Sub(&both, &xx).Sub(&both, &yy)
	s.x.Mul(&zz, &f).Mul(&s.x, &both)
	s.y.Add(&yy, &xx).Mul(&s.y, &g).Mul(&s.y, &zz)
	s.z.Mul(&f, &g)
}
