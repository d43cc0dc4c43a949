package unique

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// # Lemma: slope
//
// Let w be the only wire of a row that is not unique, and the row slope·w + rest = 0 with slope and
// rest of unique wires. Let slope be Σ c_j·y_j + c for constants c_j, c and y_j wires of finite values or
// forms of rows of two roots. If no choice of values makes it 0, w is unique.
//
// Proof. In a solution each y_j has one of its values, so slope is not 0 there, and w = −rest/slope.
//
// It is the lemma of tables where a bit is not a wire but the form that the bits before it leave: the
// last one of each split of package bits.
func (p *prover) solveBySlope(i int32) bool {
	w := p.onlyUnknown(i)
	if w == 0 {
		return false
	}
	s := slopeOf(p.s.read(i), w)
	if s.quadratic || len(s.form) > mostSlope {
		return false
	}
	c, parts, used := p.partsOf(s.form)
	if parts == nil || !neverZero(c, parts) {
		return false
	}
	p.use(used...)
	p.learn(w, slopes, i)
	return true
}

const (
	mostSlope = 600 // terms of a slope that is looked at
	mostParts = 7
	mostForm  = 200 // terms of a form of two roots
)

// A part is c_j·y_j, by its values.
type part []fr.Element

// partsOf writes a form as a constant and parts, nil if it finds no way. It takes off forms of two
// roots as long as coefficients are left that are not small integers.
func (p *prover) partsOf(f form) (c fr.Element, parts []part, used []int32) {
	for n := large(f); n > 0; n = large(f) {
		j, rest, factor := p.takeOff(f)
		if j < 0 {
			return c, nil, nil
		}
		roots := p.s.roots[j]
		high := roots.low
		high.Add(&high, &roots.step)
		values := part{roots.low, high}
		for k := range values {
			values[k].Mul(&values[k], &factor)
		}
		parts, used, f = append(parts, values), append(used, j), rest
	}
	c = f.constant()
	for _, t := range f.variable() {
		if p.values[t.wire] == anything {
			return c, nil, nil
		}
		var values part
		for _, v := range p.s.sets.list[p.values[t.wire]] {
			var x fr.Element
			x.SetBigInt(v)
			values = append(values, *x.Mul(&x, &t.coeff))
		}
		parts, used = append(parts, values), append(used, p.valuesBy[t.wire])
	}
	if len(parts) > mostParts {
		return c, nil, nil
	}
	return c, parts, used
}

// large counts coefficients of wires that are no small integers.
func large(f form) (n int) {
	for _, t := range f.variable() {
		if signed(t.coeff).BitLen() > smallBits {
			n++
		}
	}
	return n
}

// mostPivots bounds the wires whose rows are looked at.
const mostPivots = 8

// takeOff returns the row of two roots of which a multiple, taken off a form, leaves the fewest
// large coefficients, what it leaves and the factor; −1 if none leaves fewer. Bits of a split
// come after what is split, so it looks at the last wires.
func (p *prover) takeOff(f form) (best int32, left form, factor fr.Element) {
	best = -1
	fewest, pivots := large(f), 0
	for _, t := range slices.Backward(f.variable()) {
		if signed(t.coeff).BitLen() <= smallBits {
			continue
		}
		if pivots++; pivots > mostPivots {
			break
		}
		for _, j := range p.twoRootsOf(t.wire) {
			own := p.s.roots[j].form.coeff(t.wire)
			var c, opposite fr.Element
			c.Div(&t.coeff, &own)
			rest := combine(one(), f, *opposite.Neg(&c), p.s.roots[j].form)
			if n := large(rest); n < fewest {
				best, left, factor, fewest = j, rest, c, n
			}
		}
	}
	return best, left, factor
}

// twoRootsOf returns the rows of two roots of a wire, but long ones.
func (p *prover) twoRootsOf(w int32) (rows []int32) {
	all := p.s.inputRoots[w]
	if w >= p.s.inputs {
		all = p.s.rowsOf(w)
	}
	for _, j := range all {
		if roots, ok := p.s.roots[j]; ok && !p.absent[j] && len(roots.form) <= mostForm {
			rows = append(rows, j)
		}
	}
	return rows
}

// neverZero reports whether no choice of values sums to 0.
func neverZero(c fr.Element, parts []part) bool {
	sums := []fr.Element{c}
	for _, values := range parts {
		var next []fr.Element
		for _, s := range sums {
			for _, v := range values {
				next = append(next, *new(fr.Element).Add(&s, &v))
			}
		}
		sums = next
	}
	return !slices.ContainsFunc(sums, func(s fr.Element) bool { return s.IsZero() })
}
