package unique

import "slices"

// # Lemma: is zero
//
// Let rows A and B be
//
//	B:  d·(b·v + k) = e        b ≠ 0 constant, d, k and e of unique wires
//	A:  c·d·M = a·v + h        a, c ≠ 0 constant, h of unique wires, M any form
//
// Then v is unique.
//
// Proof. d is the same in two solutions of equal inputs. If it is 0, A says v = −h/a; if not, B
// says v = (e/d − k)/b. The usual e is 0.
//
// M may hold a hint's quotient, which is free where d = 0.
func (p *prover) isZero(i int32) bool {
	v := p.onlyUnknown(i)
	if v == 0 {
		return false
	}
	b := p.s.read(i)
	s := slopeOf(b, v)
	if !s.inFactor {
		return false
	}
	j := p.findRow(v, func(a row) bool { return p.definesAtZero(a, v, s.other) })
	if j < 0 || j == i {
		return false
	}
	p.learn(v, isZero, i, j)
	return true
}

// definesAtZero reports whether a row gives v where d is 0: it is row A of the lemma.
func (p *prover) definesAtZero(a row, v int32, d form) bool {
	if c := a.o.coeff(v); c.IsZero() {
		return false
	}
	for _, t := range a.o {
		if t.wire != v && !p.isUnique(t.wire) {
			return false
		}
	}
	_, left := ratio(a.l, d)
	_, right := ratio(a.r, d)
	return left || right
}

// # Explanation: quotient
//
// Let w occur in one row only, slope·w + rest = 0 with slope and rest of unique wires, and slope not the
// constant 0. Then w is unique where slope ≠ 0. Where it is 0, w may be anything, and no other row
// reads it: the statement does not depend on it.
func (p *prover) isQuotient(w int32) bool {
	rows := slices.Collect(p.rowsOf(w))
	if len(rows) != 1 || p.onlyUnknown(rows[0]) != w {
		return false
	}
	s := slopeOf(p.s.read(rows[0]), w)
	return !s.quadratic && !s.form.isZero()
}
