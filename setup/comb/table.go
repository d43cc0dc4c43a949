package comb

import (
	"context"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A field is *fp.Element or *bn254.E2.
type field[F any] interface {
	*F
	Add(a, b *F) *F
	Sub(a, b *F) *F
	Mul(a, b *F) *F
	Square(a *F) *F
	Double(a *F) *F
	Neg(a *F) *F
	Inverse(a *F) *F
	IsZero() bool
}

// A point is affine. (0, 0), which is on neither curve, stands for infinity.
type point[F any] struct{ X, Y F }

// A table holds, for each place of a digit, the multiples 1 to 2^(c-1) of the base times 2^(c·place).
type table[F any] struct {
	c      int
	places [][]point[F]
}

// widest is the largest width of a digit. Up to 16 none was faster, and tables double with each bit.
const widest = 13

// width returns the width of digits with the fewest additions for n products, those for the table counted.
func width(n int) (c int) {
	cost := func(c int) int { return places(c) * (n + 1<<(c-1)) }
	c = 2
	for w := c; w <= widest; w++ {
		if cost(w) < cost(c) {
			c = w
		}
	}
	return c
}

// places returns how many signed digits of c bits a scalar has. One bit more than the scalar's
// holds the carry into the last one, which is never negative.
func places(c int) int { return (fr.Bits + 1 + c - 1) / c }

func newTable[F any, P field[F]](ctx context.Context, base point[F], c int) (*table[F], error) {
	t := &table[F]{c, make([][]point[F], places(c))}
	for v := range t.places {
		t.places[v] = make([]point[F], 1<<(c-1))
		t.places[v][0] = base
		for range c {
			base = double[F, P](base)
		}
	}
	return t, each(ctx, len(t.places), func() func(int) {
		a := newAdder[F, P](1 << max(c-2, 0))
		return func(v int) { fill[F, P](a, t.places[v]) }
	})
}

// fill computes the multiples of row[0], twice as many in each step.
func fill[F any, P field[F]](a *adder[F, P], row []point[F]) {
	for m := 1; m < len(row); m *= 2 {
		for i := range m - 1 {
			row[m+i] = row[i]
			a.add(&row[m+i], &row[m-1], false) // (i+1) + m; never equal, as i+1 < m
		}
		a.flush()
		row[2*m-1] = double[F, P](row[m-1])
	}
}

// double returns 2p for a p of odd order.
func double[F any, P field[F]](p point[F]) (d point[F]) {
	var slope, t F
	P(&slope).Square(&p.X)
	P(&t).Double(&slope)
	P(&slope).Add(&slope, &t)
	P(&t).Double(&p.Y)
	P(&t).Inverse(&t)
	P(&slope).Mul(&slope, &t)
	P(&d.X).Square(&slope)
	P(&d.X).Sub(&d.X, &p.X)
	P(&d.X).Sub(&d.X, &p.X)
	P(&t).Sub(&p.X, &d.X)
	P(&d.Y).Mul(&slope, &t)
	P(&d.Y).Sub(&d.Y, &p.Y)
	return d
}
