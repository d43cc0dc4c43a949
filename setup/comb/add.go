package comb

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// An adder does many additions of affine points with one inversion (Montgomery's trick).
type adder[F any, P field[F]] struct {
	sums, terms []*point[F]
	negative    []bool
	runs        []F // differences of x, and products of those up to one
	products    []F

	inverse, slope, t F // here, for calls through an interface would move them to the heap
}

func newAdder[F any, P field[F]](n int) *adder[F, P] {
	return &adder[F, P]{
		sums: make([]*point[F], 0, n), terms: make([]*point[F], 0, n), negative: make([]bool, 0, n),
		runs: make([]F, n), products: make([]F, n),
	}
}

// add says that sum becomes sum + term, or sum - term, when the adder is flushed. Neither is
// infinity, and sum is in no other addition until then. It is false, and nothing is
// said, where their x are equal: that is not an addition.
func (a *adder[F, P]) add(sum, term *point[F], negative bool) bool {
	k := len(a.sums)
	P(&a.runs[k]).Sub(&term.X, &sum.X)
	if P(&a.runs[k]).IsZero() {
		return false
	}
	if k == 0 {
		a.products[k] = a.runs[k]
	} else {
		P(&a.products[k]).Mul(&a.products[k-1], &a.runs[k])
	}
	a.sums, a.terms, a.negative = append(a.sums, sum), append(a.terms, term), append(a.negative, negative)
	return true
}

// flush does the additions.
func (a *adder[F, P]) flush() {
	k := len(a.sums) - 1
	if k < 0 {
		return
	}
	P(&a.inverse).Inverse(&a.products[k])
	for ; k > 0; k-- {
		P(&a.t).Mul(&a.inverse, &a.products[k-1])
		P(&a.inverse).Mul(&a.inverse, &a.runs[k])
		a.one(k, &a.t)
	}
	a.one(0, &a.inverse)
	a.sums, a.terms, a.negative = a.sums[:0], a.terms[:0], a.negative[:0]
}

// one does one addition, given the inverse of the difference of x.
func (a *adder[F, P]) one(k int, inverse *F) {
	sum, term := a.sums[k], a.terms[k]
	if a.negative[k] {
		P(&a.slope).Add(&term.Y, &sum.Y)
		P(&a.slope).Neg(&a.slope)
	} else {
		P(&a.slope).Sub(&term.Y, &sum.Y)
	}
	P(&a.slope).Mul(&a.slope, inverse)
	x := &a.runs[k] // no longer needed
	P(x).Square(&a.slope)
	P(x).Sub(x, &sum.X)
	P(x).Sub(x, &term.X)
	P(&a.t).Sub(&sum.X, x)
	P(&a.t).Mul(&a.t, &a.slope)
	P(&sum.Y).Sub(&a.t, &sum.Y)
	sum.X = *x
}

// An accumulator multiplies a batch of scalars.
type accumulator[F any, P field[F]] struct {
	*table[F]
	adder  *adder[F, P]
	digits []int32 // of all scalars at place 0, then at place 1 ...
	sums   []point[F]
	some   []bool // not infinity
	equal  []bool // equal points met: the sum is undefined
}

func newAccumulator[F any, P field[F]](t *table[F]) *accumulator[F, P] {
	return &accumulator[F, P]{
		t, newAdder[F, P](batch), make([]int32, batch*len(t.places)), make([]point[F], batch), make([]bool, batch), make([]bool, batch),
	}
}

// multiply leaves scalars[i] times the base in sums[i], unless equal[i].
func (a *accumulator[F, P]) multiply(scalars []fr.Element) {
	clear(a.sums)
	clear(a.some)
	clear(a.equal)
	for i := range scalars {
		a.cut(i, &scalars[i])
	}
	for v, row := range a.places {
		for i, d := range a.digits[v*batch:][:len(scalars)] {
			if d != 0 && !a.equal[i] {
				a.add(i, &row[max(d, -d)-1], d < 0)
			}
		}
		a.adder.flush()
	}
}

func (a *accumulator[F, P]) add(i int, term *point[F], negative bool) {
	if a.some[i] {
		a.equal[i] = !a.adder.add(&a.sums[i], term, negative)
		return
	}
	a.some[i], a.sums[i] = true, *term
	if negative {
		P(&a.sums[i].Y).Neg(&a.sums[i].Y)
	}
}

// cut writes the digits of a scalar.
func (a *accumulator[F, P]) cut(i int, scalar *fr.Element) {
	words := scalar.Bits() // little-endian
	carry := int32(0)
	for v := range a.places {
		at := v * a.c
		d := words[at/64] >> (at % 64)
		if at%64+a.c > 64 && at/64+1 < len(words) {
			d |= words[at/64+1] << (64 - at%64)
		}
		digit := int32(d&(1<<a.c-1)) + carry
		if carry = 0; digit > 1<<(a.c-1) {
			digit, carry = digit-1<<a.c, 1
		}
		a.digits[v*batch+i] = digit
	}
	clear(words[:])
}
