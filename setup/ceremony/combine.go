package ceremony

import (
	"runtime"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A combiner computes sums of scalars times nodes. It adds up the nodes of a scalar, then walks once from the highest
// digit of all a sum's scalars to the lowest, so that they share the doublings (Straus's method); those that are 1 or -1 are
// added at last, and a sum of very many scalars is gnark-crypto's (Pippenger's method). Divisions are shared by all
// sums of a call.
type combiner[J, A any, PJ jacobian[J, A], PA affine[A, J]] struct {
	scalars []fr.Element
	codes   []recoded
	affine  func([]J) []A
	endo    func(*A)

	multiples []J             // of what scalars multiply: 1, or 1, 3, 5 ...
	odd       map[int32]int32 // where those of a node begin that is alone
	groups    []group
	sums      []J
	zero, t   J // here, for calls through an interface would move them to the heap
	term      A
}

// A group is one scalar of a sum. Its multiples begin at first, or the node first is what it multiplies.
type group struct {
	scalar, first int32
	node          bool
}

// veryMany terms of a sum may be of so many scalars that Pippenger's method is the quicker one.
const veryMany = 512

// combine returns sums of nodes. The terms of each are sorted by scalar.
func (c *combiner[J, A, PJ, PA]) combine(sums [][]term, nodes []A) []A {
	c.multiples, c.groups, c.sums = c.multiples[:0], c.groups[:0], c.sums[:0]
	clear(c.odd)
	ends := make([]int, len(sums))
	for i, terms := range sums {
		c.gather(terms, nodes)
		ends[i] = len(c.groups)
	}
	multiples := c.affine(c.multiples)
	start := 0
	for i, end := range ends {
		c.sums = append(c.sums, c.zero)
		sum := &c.sums[i]
		if groups := c.groups[start:end]; len(sums[i]) > veryMany {
			c.pippenger(sum, groups, multiples, nodes)
		} else {
			c.walk(sum, groups, multiples, nodes)
		}
		c.addUnits(sum, sums[i], nodes)
		start = end
	}
	return c.affine(c.sums)
}

func isUnit(t term) bool { return t.scalar <= scalarMinusOne }

// addUnits adds the nodes that are multiplied by 1 or -1, which are the first.
func (c *combiner[J, A, PJ, PA]) addUnits(sum *J, terms []term, nodes []A) {
	for _, t := range terms {
		if !isUnit(t) {
			return
		}
		if t.scalar == scalarOne {
			PJ(sum).AddMixed(&nodes[t.of])
			continue
		}
		PA(&c.term).Neg(&nodes[t.of])
		PJ(sum).AddMixed(&c.term)
	}
}

// gather makes a group of each other scalar of a sum.
func (c *combiner[J, A, PJ, PA]) gather(terms []term, nodes []A) {
	walks := len(terms) <= veryMany
	for begin, end := 0, 0; begin < len(terms); begin = end {
		scalar := terms[begin].scalar
		for end = begin; end < len(terms) && terms[end].scalar == scalar; end++ {
		}
		if !isUnit(terms[begin]) {
			c.group(scalar, terms[begin:end], nodes, walks && c.codes[scalar].large)
		}
	}
}

// group makes a group of the terms of one scalar, if their sum is not empty.
func (c *combiner[J, A, PJ, PA]) group(scalar int32, terms []term, nodes []A, odd bool) {
	some, last := 0, int32(0)
	for _, t := range terms {
		if !PA(&nodes[t.of]).IsInfinity() {
			some, last = some+1, t.of
		}
	}
	first, known := c.odd[last]
	switch {
	case some == 0:
		return
	case some == 1 && !odd:
		c.groups = append(c.groups, group{scalar, last, true})
		return
	case some > 1 || !known:
		first = int32(len(c.multiples))
		c.multiples = append(c.multiples, c.zero)
		for _, t := range terms {
			PJ(&c.multiples[first]).AddMixed(&nodes[t.of])
		}
		if odd {
			c.addOdd(int(first))
		}
		if some == 1 {
			c.odd[last] = first
		}
	}
	c.groups = append(c.groups, group{scalar, first, false})
}

// addOdd adds the odd multiples of the last point, up to that of the largest digit.
func (c *combiner[J, A, PJ, PA]) addOdd(first int) {
	PJ(&c.t).Set(&c.multiples[first])
	PJ(&c.t).DoubleAssign()
	for i := range 1<<(window-2) - 1 {
		c.multiples = append(c.multiples, c.multiples[first+i])
		PJ(&c.multiples[first+i+1]).AddAssign(&c.t)
	}
}

// walk adds the groups to sum, which is zero.
func (c *combiner[J, A, PJ, PA]) walk(sum *J, groups []group, multiples, nodes []A) {
	top := 0
	for _, g := range groups {
		for _, digits := range c.codes[g.scalar].digits {
			top = max(top, len(digits))
		}
	}
	for at := top - 1; at >= 0; at-- {
		if at < top-1 {
			PJ(sum).DoubleAssign()
		}
		for _, g := range groups {
			for part, digits := range c.codes[g.scalar].digits {
				if at >= len(digits) || digits[at] == 0 {
					continue
				}
				d := int(digits[at])
				if g.node {
					c.term = nodes[g.first]
				} else {
					c.term = multiples[int(g.first)+max(d, -d)/2]
				}
				if part == 1 {
					c.endo(&c.term)
				}
				if d < 0 {
					PA(&c.term).Neg(&c.term)
				}
				PJ(sum).AddMixed(&c.term)
			}
		}
	}
}

// pippenger is walk for groups without odd multiples.
func (c *combiner[J, A, PJ, PA]) pippenger(sum *J, groups []group, multiples, nodes []A) {
	points, scalars := make([]A, len(groups)), make([]fr.Element, len(groups))
	for i, g := range groups {
		if scalars[i] = c.scalars[g.scalar]; g.node {
			points[i] = nodes[g.first]
		} else {
			points[i] = multiples[g.first]
		}
	}
	if _, err := PJ(sum).MultiExp(points, scalars, ecc.MultiExpConfig{NbTasks: runtime.GOMAXPROCS(0)}); err != nil {
		panic("ceremony: " + err.Error()) // of lengths only
	}
}

type combinerG1 = combiner[bn254.G1Jac, bn254.G1Affine, *bn254.G1Jac, *bn254.G1Affine]

func newCombinerG1(p *plan) *combinerG1 {
	return &combinerG1{scalars: p.scalars.list, codes: p.codes, odd: map[int32]int32{}, affine: bn254.BatchJacobianToAffineG1,
		endo: func(p *bn254.G1Affine) { p.X.Mul(&p.X, &endomorphism.one) }}
}

type combinerG2 = combiner[bn254.G2Jac, bn254.G2Affine, *bn254.G2Jac, *bn254.G2Affine]

func newCombinerG2(p *plan) *combinerG2 {
	return &combinerG2{scalars: p.scalars.list, codes: p.codes, odd: map[int32]int32{}, affine: affineG2,
		endo: func(p *bn254.G2Affine) { p.X.MulByElement(&p.X, &endomorphism.two) }}
}

// affineG2 is what gnark-crypto has for G1 only: all divisions by one inversion.
func affineG2(points []bn254.G2Jac) []bn254.G2Affine {
	out := make([]bn254.G2Affine, len(points))
	var product bn254.E2
	product.SetOne()
	for i := range points {
		if !points[i].Z.IsZero() {
			out[i].X = product
			product.Mul(&product, &points[i].Z)
		}
	}
	product.Inverse(&product)
	for i := len(points) - 1; i >= 0; i-- {
		p := &points[i]
		if p.Z.IsZero() {
			continue
		}
		var inverse, square bn254.E2
		inverse.Mul(&out[i].X, &product)
		product.Mul(&product, &p.Z)
		square.Square(&inverse)
		out[i].X.Mul(&p.X, &square)
		out[i].Y.Mul(&p.Y, &square).Mul(&out[i].Y, &inverse)
	}
	return out
}
