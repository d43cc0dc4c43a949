package unique

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// # Lemma: two roots
//
// If the three forms of a row are a·t + b for one form t and constants a, b, the row is a
// polynomial in t of degree two with constant coefficients, and t is one of its roots. The
// usual case is t·(1 − t) = 0.
//
// Proof. l·r − o is that polynomial; a polynomial of degree two over a field has at most two
// roots.
//
// Of a single wire with small roots this is the set of its values. Of a longer form it is the
// linear equation t = low + step·b with a bit b that is no wire: see balance.go.
type rootRow struct {
	form      form // t, without a constant
	low, step fr.Element
}

// rootsOf returns the roots of a row that has two.
func rootsOf(r row) (rootRow, bool) {
	t := r.l.variable()
	if len(t) == 0 || r.r.isConstant() {
		return rootRow{}, false
	}
	gamma, ok := ratio(r.r.variable(), t)
	if !ok {
		return rootRow{}, false
	}
	var epsilon fr.Element
	if !r.o.isConstant() {
		if epsilon, ok = ratio(r.o.variable(), t); !ok {
			return rootRow{}, false
		}
	}
	// (t + b)(γt + d) = εt + z
	b, d, z := r.l.constant(), r.r.constant(), r.o.constant()
	var linear, constant, x fr.Element
	linear.Mul(&b, &gamma).Add(&linear, &d).Sub(&linear, &epsilon)
	constant.Mul(&b, &d).Sub(&constant, &z)
	low, high, ok := quadratic(gamma, linear, constant)
	if !ok {
		return rootRow{}, false
	}
	x.Sub(&high, &low)
	return rootRow{t, low, x}, true
}

// quadratic returns the roots of a·x² + b·x + c, false where there is none; a ≠ 0.
func quadratic(a, b, c fr.Element) (low, high fr.Element, ok bool) {
	var disc, t fr.Element
	t.Mul(&a, &c).Double(&t).Double(&t)
	disc.Square(&b).Sub(&disc, &t)
	var root fr.Element
	if root.Sqrt(&disc) == nil {
		return low, high, false
	}
	t.Double(&a).Inverse(&t)
	low.Neg(&b)
	high = low
	low.Sub(&low, &root).Mul(&low, &t)
	high.Add(&high, &root).Mul(&high, &t)
	if signed(low).Cmp(signed(high)) > 0 {
		low, high = high, low
	}
	return low, high, true
}

// values returns the integers that a row of one wire leaves it, false where they are large.
func (r rootRow) values() (set, bool) {
	var out set
	high := r.low
	high.Add(&high, &r.step)
	for _, x := range []fr.Element{r.low, high} {
		x.Div(&x, &r.form[0].coeff)
		v := signed(x)
		if v.BitLen() > smallBits {
			return nil, false
		}
		out = append(out, new(big.Int).Set(v))
	}
	return out, true
}

// smallBits bounds the integers in sets.
const smallBits = 120
