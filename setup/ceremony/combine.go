package ceremony

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// A term is a coefficient of a wire and the constraint that it occurs in.
type term struct{ coefficient, constraint int }

// Terms are those of one wire in the three matrices, by coefficient.
type terms struct{ l, r, o []term }

func termsOf(system *cs.R1CS) []terms {
	internal, secret, public := system.GetNbVariables()
	table := make([]terms, internal+secret+public)
	i := 0
	it := system.GetR1CIterator()
	for c := it.Next(); c != nil; c = it.Next() {
		add := func(expression constraint.LinearExpression, to func(*terms) *[]term) {
			for _, t := range expression {
				list := to(&table[t.WireID()])
				*list = append(*list, term{t.CoeffID(), i})
			}
		}
		add(c.L, func(t *terms) *[]term { return &t.l })
		add(c.R, func(t *terms) *[]term { return &t.r })
		add(c.O, func(t *terms) *[]term { return &t.o })
		i++
	}
	for j := range table {
		for _, list := range [][]term{table[j].l, table[j].r, table[j].o} {
			slices.SortFunc(list, func(a, b term) int { return a.coefficient - b.coefficient })
		}
	}
	return table
}

// A recoded coefficient c is Σ dᵢ 2^i + λ Σ eᵢ 2^i, modulo r, where λ is what the endomorphism
// multiplies by (see [endomorphism]), and e is of long coefficients. Digits are zero or odd. Large ones
// are below 2^(window-1), and of window in a row at most one is not zero; others are at most 1, of two in a row.
type recoded struct {
	digits [2][]int8 // d and e
	large  bool
}

// window is the width of the digits of a large coefficient.
const window = 5

// recode returns the digits of all coefficients of a system.
func recode(coefficients []fr.Element) []recoded {
	lattice := new(ecc.Lattice)
	ecc.PrecomputeLattice(fr.Modulus(), endomorphism.lambda, lattice)
	all := make([]recoded, len(coefficients))
	for i := range coefficients {
		all[i] = recodeOne(&coefficients[i], lattice)
	}
	return all
}

// recodeOne takes large digits where they save more additions than a table of multiples takes: many
// coefficients are powers of two.
func recodeOne(c *fr.Element, lattice *ecc.Lattice) (out recoded) {
	const half, table = 128, 14 // bits that a split leaves, and additions of mixed coordinates
	n := c.BigInt(new(big.Int))
	if minus := new(big.Int).Sub(n, fr.Modulus()); n.CmpAbs(minus) > 0 {
		n = minus
	}
	parts := [2]big.Int{*n, {}}
	if n.BitLen() > half {
		parts = ecc.SplitScalar(n, lattice)
	}
	var wide [2][]int8
	saved := -table
	for i := range parts {
		out.digits[i], wide[i] = digitsOf(&parts[i], 2), digitsOf(&parts[i], window)
		saved += weight(out.digits[i]) - weight(wide[i])
	}
	if saved > 0 {
		out = recoded{wide, true}
	}
	return out
}

// weight is the number of digits that are not zero.
func weight(digits []int8) (n int) {
	for _, d := range digits {
		if d != 0 {
			n++
		}
	}
	return n
}

// digitsOf returns the non-adjacent form of n, which may be negative.
func digitsOf(n *big.Int, width uint) (digits []int8) {
	sign := int8(n.Sign())
	n = new(big.Int).Abs(n)
	for n.Sign() > 0 {
		var d int64
		if n.Bit(0) == 1 {
			if d = int64(n.Bits()[0] & (1<<width - 1)); d >= 1<<(width-1) {
				d -= 1 << width
			}
			n.Sub(n, big.NewInt(d))
		}
		digits = append(digits, sign*int8(d))
		n.Rsh(n, 1)
	}
	return digits
}

// endomorphism is (x, y) -> (ωx, y), which multiplies the points of G1 and of G2 by numbers λ
// whose cube is 1 (Gallant, Lambert, Vanstone: Faster Point Multiplication on Elliptic Curves with
// Efficient Endomorphisms, Crypto 2001). Of the two ω other than 1 each group has that of the same λ.
var endomorphism = func() (e struct {
	lambda   *big.Int
	one, two fp.Element // ω for G1 and for G2
}) {
	third := func(modulus *big.Int, generator int64) *big.Int {
		exponent := new(big.Int).Sub(modulus, big.NewInt(1))
		exponent.Div(exponent, big.NewInt(3))
		return exponent.Exp(big.NewInt(generator), exponent, modulus)
	}
	e.lambda = third(fr.Modulus(), 5)
	_, _, g1, g2 := bn254.Generators()
	var want1 bn254.G1Affine
	var want2 bn254.G2Affine
	want1.ScalarMultiplicationBase(e.lambda)
	want2.ScalarMultiplicationBase(e.lambda)
	var omega fp.Element
	omega.SetBigInt(third(fp.Modulus(), 3))
	for range 2 {
		omega.Square(&omega)
		got1, got2 := g1, g2
		got1.X.Mul(&g1.X, &omega)
		got2.X.MulByElement(&g2.X, &omega)
		if got1 == want1 {
			e.one = omega
		}
		if got2 == want2 {
			e.two = omega
		}
	}
	return e
}()

// A side is terms of a wire and the points they are of, by constraint.
type side[A any] struct {
	terms  func(*terms) []term
	points []A
}

// A combiner computes, for wire after wire, the sum over its sides of coefficient times point. It adds up
// the points of a coefficient, then walks once from the highest digit of all the wire's coefficients to the lowest,
// so that they share the doublings (Straus's method). Divisions are shared by all wires of a call.
type combiner[J, A any, PJ jacobian[J, A], PA affine[A, J]] struct {
	codes  []recoded
	sides  []side[A]
	affine func([]J) []A
	endo   func(*A)

	rest      [][]term // of each side, while a wire's are gathered
	multiples []J      // of the points of each coefficient: 1, or 1, 3, 5 ...
	groups    []group
	sums      []J
	zero, t   J // here, for calls through an interface would move them to the heap
	term      A
}

// A group is one coefficient of a wire; its multiples begin at first.
type group struct{ code, first int }

// combine returns the sums of some wires.
func (c *combiner[J, A, PJ, PA]) combine(wires []terms) []A {
	c.multiples, c.groups, c.sums = c.multiples[:0], c.groups[:0], c.sums[:0]
	ends := make([]int, len(wires))
	for j := range wires {
		c.gather(&wires[j])
		ends[j] = len(c.groups)
	}
	multiples := c.affine(c.multiples)
	start := 0
	for _, end := range ends {
		c.sums = append(c.sums, c.zero)
		c.walk(&c.sums[len(c.sums)-1], c.groups[start:end], multiples)
		start = end
	}
	return c.affine(c.sums)
}

// gather makes a group of each coefficient of a wire, on whatever side it is.
func (c *combiner[J, A, PJ, PA]) gather(wire *terms) {
	for i := range c.sides {
		c.rest[i] = c.sides[i].terms(wire)
	}
	for {
		id := -1
		for _, list := range c.rest {
			if len(list) > 0 && (id < 0 || list[0].coefficient < id) {
				id = list[0].coefficient
			}
		}
		if id < 0 {
			return
		}
		first := len(c.multiples)
		c.multiples = append(c.multiples, c.zero)
		for i, list := range c.rest {
			for len(list) > 0 && list[0].coefficient == id {
				PJ(&c.multiples[first]).AddMixed(&c.sides[i].points[list[0].constraint])
				list = list[1:]
			}
			c.rest[i] = list
		}
		c.groups = append(c.groups, group{id, first})
		if c.codes[id].large {
			c.addOdd(first)
		}
	}
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
func (c *combiner[J, A, PJ, PA]) walk(sum *J, groups []group, multiples []A) {
	top := 0
	for _, g := range groups {
		for _, digits := range c.codes[g.code].digits {
			top = max(top, len(digits))
		}
	}
	for at := top - 1; at >= 0; at-- {
		if at < top-1 {
			PJ(sum).DoubleAssign()
		}
		for _, g := range groups {
			for part, digits := range c.codes[g.code].digits {
				if at >= len(digits) || digits[at] == 0 {
					continue
				}
				d := int(digits[at])
				c.term = multiples[g.first+max(d, -d)/2]
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

// sideL, sideR and sideO are a wire's terms in the three matrices.
func sideL(t *terms) []term { return t.l }
func sideR(t *terms) []term { return t.r }
func sideO(t *terms) []term { return t.o }

type combinerG1 = combiner[bn254.G1Jac, bn254.G1Affine, *bn254.G1Jac, *bn254.G1Affine]

func newCombinerG1(codes []recoded, sides ...side[bn254.G1Affine]) *combinerG1 {
	return &combinerG1{codes: codes, sides: sides, rest: make([][]term, len(sides)), affine: bn254.BatchJacobianToAffineG1,
		endo: func(p *bn254.G1Affine) { p.X.Mul(&p.X, &endomorphism.one) }}
}

type combinerG2 = combiner[bn254.G2Jac, bn254.G2Affine, *bn254.G2Jac, *bn254.G2Affine]

func newCombinerG2(codes []recoded, sides ...side[bn254.G2Affine]) *combinerG2 {
	return &combinerG2{codes: codes, sides: sides, rest: make([][]term, len(sides)), affine: affineG2,
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
