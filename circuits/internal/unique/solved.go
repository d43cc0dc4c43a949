package unique

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// # Lemma: solved
//
// Let w be the only wire of a row that is not unique, and the row, as a polynomial in w, of
// degree one: slope·w + rest = 0, slope and rest made of unique wires. If slope is a constant
// and not zero, w is unique.
//
// Proof. w = −rest/slope in every solution, and rest and slope are the same in two solutions of
// equal inputs.
//
// # Lemma: nonzero product
//
// Let w be the only wire of a row that is not unique, and the row (a·w + f)·g = c with constants
// a, c ≠ 0 and forms f, g of unique wires. Then w is unique.
//
// Proof. As c ≠ 0, g ≠ 0 in every solution; w = (c/g − f)/a.
//
// A slope that is a wire proves nothing by itself: where it is 0, w is free.
func (p *prover) solve(i int32) bool {
	w := p.onlyUnknown(i)
	if w == 0 {
		return false
	}
	s := slopeOf(p.s.read(i), w)
	switch {
	case s.quadratic:
		return false
	case s.form.isConstant() && !s.form.isZero():
		p.learn(w, solved, i)
	case s.inFactor && !s.product.IsZero():
		p.learn(w, nonzeroProduct, i)
	default:
		p.stuck = append(p.stuck, i)
		return false
	}
	return true
}

func (f form) isZero() bool { return len(f) == 0 }

// A slope is what a wire's coefficient in a row is.
type slope struct {
	form      form       // of other wires
	quadratic bool       // the wire is in both factors
	inFactor  bool       // the wire is in one factor, and not in the product
	other     form       // then the other factor
	product   fr.Element // and the product if it is constant, else 0
}

func slopeOf(r row, w int32) slope {
	l, rr, o := r.l.coeff(w), r.r.coeff(w), r.o.coeff(w)
	var s slope
	if l.IsZero() && rr.IsZero() {
		s.form = constantForm(*o.Neg(&o))
		return s
	}
	s.quadratic = !l.IsZero() && !rr.IsZero()
	s.form = combine(l, r.r.without(w), rr, r.l.without(w))
	s.form = combine(one(), s.form, minusOne(), constantForm(o))
	s.inFactor = l.IsZero() != rr.IsZero() && o.IsZero()
	if s.inFactor {
		s.other = r.l
		if rr.IsZero() {
			s.other = r.r
		}
		if r.o.isConstant() {
			s.product = r.o.constant()
		}
	}
	return s
}

// onlyUnknown returns the only wire of a row that is not unique, 0 if there are none or more.
func (p *prover) onlyUnknown(i int32) (only int32) {
	if p.absent[i] || p.unknown[i] != 1 {
		return 0
	}
	for _, f := range p.s.read(i).forms() {
		for _, t := range f {
			if !p.isUnique(t.wire) {
				return t.wire
			}
		}
	}
	return 0
}
