package ceremony

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/bits"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/setup"
)

// A hasher has what plans are about: Poseidon2 of the widths 4 and 8, and bits that are packed, with gaps, with
// factors of every sign, and into a number of which is told that it is not zero.
type hasher struct {
	X [7]frontend.Variable
	Y frontend.Variable `gnark:",public"`
}

func (c *hasher) Define(api frontend.API) error {
	h := poseidon.HashVar(api, poseidon.Text, c.X[:2]...)
	h = api.Add(h, poseidon.HashVar(api, poseidon.Text, c.X[:]...))
	list := bits.ToBinary(api, c.X[0], bits.WithNbDigits(40))
	packed, gaps := frontend.Variable(0), frontend.Variable(0)
	for i, bit := range list {
		packed = api.Add(packed, api.Mul(bit, -3<<i))
		if i%5 == 0 {
			gaps = api.Add(gaps, api.Mul(bit, (1-i%2*2)<<i))
		}
	}
	api.AssertIsDifferent(packed, api.Add(api.Mul(gaps, gaps), 7))
	api.AssertIsEqual(api.Mul(packed, gaps), api.Mul(c.Y, h))
	return nil
}

func compileHasher(t testing.TB) *setup.Circuit { return compiled(t, "toy/hasher", &hasher{}) }

// TestPlan_IsTheSystem: what relations, ladders and the sums of wires say comes to each expression of the system.
func TestPlan_IsTheSystem(t *testing.T) {
	system := compileHasher(t).CS.(*cs.R1CS)
	x := expressionsOf(system)
	p, err := newPlan(ctx, system)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.levels) < 40 || len(p.ladders) < 3 {
		t.Fatalf("%d levels and %d ladders: little is tested", len(p.levels), len(p.ladders))
	}
	got := make([]map[int32]fr.Element, p.nodes) // of each node, by wire
	add := func(to map[int32]fr.Element, wire int32, factor, value fr.Element) {
		sum := to[wire]
		value.Mul(&value, &factor)
		if sum.Add(&sum, &value); sum.IsZero() {
			delete(to, wire)
			return
		}
		to[wire] = sum
	}
	for i := range got {
		got[i] = map[int32]fr.Element{}
	}
	for j := range p.nbWires() {
		for _, x := range p.wire(j) {
			add(got[x.of], int32(j), fr.One(), p.scalars.list[x.scalar])
		}
	}
	for _, c := range slices.Backward(p.ladders) {
		for n := c.last; n > c.first; n-- {
			for wire, v := range got[n] {
				add(got[n-1], wire, fr.NewElement(2), v)
			}
		}
		for wire, v := range got[c.first] {
			add(got[c.times.of], wire, p.scalars.list[c.times.scalar], v)
		}
	}
	for _, feeds := range slices.Backward(p.levels) {
		for _, f := range feeds {
			own := got[f.node]
			for _, x := range f.terms {
				if x.of == f.node {
					continue // what it has itself
				}
				for wire, v := range own {
					add(got[x.of], wire, p.scalars.list[x.scalar], v)
				}
			}
		}
	}
	for e, terms := range x.list {
		want := map[int32]fr.Element{}
		for _, x := range terms {
			add(want, x.of, fr.One(), p.scalars.list[x.scalar])
		}
		for wire, v := range want {
			if got[e][wire] != v {
				t.Errorf("expression %d: another coefficient of wire %d", e, wire)
			}
		}
		if len(got[e]) != len(want) {
			t.Errorf("expression %d: %d wires, want %d", e, len(got[e]), len(want))
		}
	}
}

// TestPlan_ShortensPoseidon: long coefficients of partial rounds grow with the rounds, those that are left do not.
func TestPlan_ShortensPoseidon(t *testing.T) {
	system := compileHasher(t).CS.(*cs.R1CS)
	x := expressionsOf(system)
	before := 0
	for _, terms := range x.list {
		before += x.scalars.long(terms)
	}
	p, err := newPlan(ctx, system)
	if err != nil {
		t.Fatal(err)
	}
	after := p.scalars.long(p.terms)
	for _, feeds := range p.levels {
		for _, f := range feeds {
			after += p.scalars.long(f.terms)
		}
	}
	if 3*after > before {
		t.Errorf("%d of %d long coefficients are left", after, before)
	}
	if other, err := newPlan(ctx, system); err != nil || !slices.Equal(other.terms, p.terms) {
		t.Errorf("another plan the second time, %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := newPlan(cancelled, system); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// TestSolution_IsTheOnlyOne or none.
func TestSolution_IsTheOnlyOne(t *testing.T) {
	rows := func(numbers ...[]int64) (out [][]fr.Element) {
		for _, row := range numbers {
			out = append(out, make([]fr.Element, len(row)))
			for i, n := range row {
				out[len(out)-1][i].SetInt64(n)
			}
		}
		return out
	}
	three := rows([]int64{3, -2})[0]
	for name, c := range map[string]struct {
		rows [][]fr.Element
		want []fr.Element
	}{
		"one":                {rows([]int64{0, 2, -4}, []int64{5, 1, 13}), three},
		"with one too many":  {rows([]int64{1, 1, 1}, []int64{1, -1, 5}, []int64{2, 5, -4}), three},
		"that contradict":    {rows([]int64{1, 1, 1}, []int64{1, -1, 5}, []int64{2, 5, -3}), nil},
		"that say the same":  {rows([]int64{1, 1, 1}, []int64{2, 2, 2}), nil},
		"too few":            {rows([]int64{1, 1, 1}), nil},
		"without an unknown": {rows([]int64{1, 0, 1}, []int64{2, 0, 2}), nil},
	} {
		if got := solution(c.rows, 2); !slices.Equal(got, c.want) {
			t.Errorf("equations %s: got %v", name, got)
		}
	}
}
