package eddsa

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// baseCircuit says that Result is S'·B.
type baseCircuit struct {
	S      frontend.Variable
	Result [2]frontend.Variable
}

func (c *baseCircuit) Define(api frontend.API) error {
	p, err := multiplyBase(api, c.S)
	if err != nil {
		return err
	}
	api.AssertIsEqual(p.u, c.Result[0])
	api.AssertIsEqual(p.v, c.Result[1])
	return nil
}

func TestMultiplyBase_MatchesNative(t *testing.T) {
	below12 := new(big.Int).Exp(big.NewInt(radix), big.NewInt(nbWindows-1), nil)
	edges := []*big.Int{
		big.NewInt(3), order(), new(big.Int).Rsh(order(), 1), pow2(250), below12,
		new(big.Int).Mul(below12, big.NewInt(8)), new(big.Int).Mul(below12, big.NewInt(9)),
		// Twice the last window's multiple 9, were it there: the sum would meet its point.
		new(big.Int).Mod(new(big.Int).Mul(below12, big.NewInt(18)), order()),
	}
	for n := range uint64(4) {
		edges = append(edges, new(big.Int).Mod(integer(element(n)), order()))
	}
	for _, edge := range edges {
		for d := int64(-2); d <= 2; d++ {
			s := new(big.Int).Add(edge, big.NewInt(d))
			want := times(baseB(), s)
			ok := new(big.Int).Mod(s, order()).Sign() != 0
			got := solved(&baseCircuit{}, &baseCircuit{s, variables(montgomery(&want))})
			if got != ok {
				t.Errorf("S = %v: solved %v, want %v", s, got, ok)
			}
		}
	}
}

// The proof that no addition degenerates, in numbers: see table.go.
func TestBaseTables_LeaveNoExceptionalAddition(t *testing.T) {
	tables := baseTables()
	reach := new(big.Int) // of the windows below
	for i, w := range tables {
		smallest, largest := w.multiples[0], w.multiples[len(w.multiples)-1]
		if smallest.Cmp(reach) <= 0 {
			t.Errorf("window %d: multiple %v is within reach of the windows below, %v", i, smallest, reach)
		}
		gap := new(big.Int).Add(reach, big.NewInt(1))
		gap.Lsh(gap, 1)
		for k, m := range w.multiples {
			if i > 0 && m.Bit(0) != 0 || i == 0 && m.Bit(0) != 1 {
				t.Errorf("window %d: multiple %v has the wrong parity: a sum could be even", i, m)
			}
			if k > 0 && new(big.Int).Sub(m, w.multiples[k-1]).Cmp(gap) > 0 {
				t.Errorf("window %d: nothing reaches between multiples %d and %d", i, k-1, k)
			}
			p := times(baseB(), m)
			if w.points[k] != montgomery(&p) {
				t.Errorf("window %d: point %d is not its multiple of B", i, k)
			}
		}
		reach.Add(reach, largest)
		if reach.Cmp(order()) >= 0 {
			t.Errorf("window %d: sums reach l", i)
		}
	}
	if want := new(big.Int).Sub(order(), big.NewInt(2)); reach.Cmp(want) != 0 {
		t.Errorf("sums reach %v, want l-2", reach)
	}
}

func TestBaseTables_PolynomialsVanishOnTheirPointsOnly(t *testing.T) {
	eval := func(poly [4]fr.Element, x fr.Element) fr.Element {
		var y fr.Element
		for _, c := range slices.Backward(poly[:]) {
			y.Mul(&y, &x).Add(&y, &c)
		}
		return y
	}
	for i, w := range baseTables() {
		roots := 0
		for k, p := range w.points {
			y := [2]fr.Element{eval(w.vanishing[0], p.u), eval(w.vanishing[1], p.u)}
			if !y[k/3].IsZero() || y[1-k/3].IsZero() {
				t.Errorf("window %d: point %d is not a root of its polynomial alone", i, k)
			}
		}
		// A polynomial has as many roots as its degree, and those are the points.
		for _, poly := range w.vanishing {
			for d := 3; d >= 0; d-- {
				if !poly[d].IsZero() {
					roots += d
					break
				}
			}
		}
		if roots != len(w.points) {
			t.Errorf("window %d: %d roots for %d points", i, roots, len(w.points))
		}
	}
}

// baseTrace is what a prover may answer in baseHint: any points, and sums computed from
// them row after row but for one lie.
type baseTrace struct {
	points        []pointM
	lieAt, lieRow int // rows 0..2 of the addition of window lieAt
}

func (tr *baseTrace) run() ([]fr.Element, pointM) {
	sum := tr.points[0]
	out := []fr.Element{sum.u, sum.v}
	for i := 1; i < len(tr.points); i++ {
		q := &tr.points[i]
		lie := func(row int, e fr.Element) fr.Element {
			if tr.lieAt == i && tr.lieRow == row {
				return plusOne(e)
			}
			return e
		}
		slope := lie(0, sum.chord(q))
		sum = sum.follow(lie(1, sum.third(q, slope)), slope)
		sum.v = lie(2, sum.v)
		out = append(out, q.u, q.v, slope, sum.u, sum.v)
	}
	return out, sum
}

// told returns the assignment that fits the trace, and the lie that is the trace.
func (tr *baseTrace) told() (*baseCircuit, circuittest.Lie) {
	out, result := tr.run()
	return &baseCircuit{0, variables(result)}, answering(baseHint, out)
}

func TestMultiplyBase_RefusesLyingHint(t *testing.T) {
	s := new(big.Int).Mod(integer(element(1)), order())
	c := circuittest.New(&baseCircuit{})
	honest := func() *baseTrace { return &baseTrace{points: basePoints(s), lieRow: -1} }
	assignment, lie := honest().told()
	c.AssertAccepted(t, "an honest trace", assignment, lie)
	refuse := func(name, owner string, change func(*baseTrace)) {
		tr := honest()
		change(tr)
		assignment, lie := tr.told()
		c.AssertRefused(t, name, assignment, []string{owner}, lie)
	}
	for at, w := range baseTables() {
		refuse(fmt.Sprintf("window %d: another multiple of B", at), "assertContains/AssertProduct", func(tr *baseTrace) {
			p := times(baseB(), new(big.Int).Lsh(w.multiples[0], 1))
			tr.points[at] = montgomery(&p)
		})
		refuse(fmt.Sprintf("window %d: a point of low order beside a multiple", at), "assertContains/AssertProduct", func(tr *baseTrace) {
			p := plus(times(baseB(), w.multiples[0]), torsion(t, 4))
			tr.points[at] = montgomery(&p)
		})
		refuse(fmt.Sprintf("window %d: off the curve", at), "assertContains/assertOnCurve", func(tr *baseTrace) {
			tr.points[at].v = plusOne(tr.points[at].v)
		})
		for row := range 3 {
			if at > 0 {
				refuse(fmt.Sprintf("window %d: row %d of the addition", at, row), "multiplyBase/assertAdd", func(tr *baseTrace) {
					tr.lieAt, tr.lieRow = at, row
				})
			}
		}
	}
}

// Every table point is accepted, not only those of one S.
func TestMultiplyBase_AcceptsEveryDigit(t *testing.T) {
	tables := baseTables()
	c := circuittest.New(&baseCircuit{})
	for k := range tables[0].points {
		tr := &baseTrace{lieRow: -1}
		var want twistededwards.PointAffine
		n := new(big.Int)
		for i, w := range tables {
			k := min(k, len(w.points)-1)
			bit := uint(i % 2)
			tr.points = append(tr.points, signed(w.points[k], bit))
			if m := w.multiples[k]; bit == 1 {
				n.Add(n, m)
			} else {
				n.Sub(n, m)
			}
		}
		want = times(baseB(), n.Mod(n, order()))
		if _, result := tr.run(); result != montgomery(&want) {
			t.Errorf("digit %d of each window: another sum", k)
		}
		assignment, lie := tr.told()
		c.AssertAccepted(t, fmt.Sprintf("digit %d of each window", k), assignment, lie)
	}
}
