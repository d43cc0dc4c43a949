package eddsa

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// halveCircuit says that Half and Moved are half of Key and its neighbour.
type halveCircuit struct {
	Key                  PublicKeyVar
	Edwards, Half, Moved [2]frontend.Variable
}

func (c *halveCircuit) Define(api frontend.API) error {
	h, err := halve(api, c.Key)
	if err != nil {
		return err
	}
	got := []frontend.Variable{h.edwards.x, h.edwards.y, h.point.u, h.point.v, h.moved.u, h.moved.v}
	for i, want := range []frontend.Variable{c.Edwards[0], c.Edwards[1], c.Half[0], c.Half[1], c.Moved[0], c.Moved[1]} {
		api.AssertIsEqual(got[i], want)
	}
	return nil
}

func TestHalve_MatchesNative(t *testing.T) {
	for n := range uint64(4) {
		h := key(t, n).Public().point()
		moved, double := plus(h, torsion(t, 4)), plus(h, h)
		w := &halveCircuit{
			PublicKeyVar{double.X, double.Y}, [2]frontend.Variable{h.X, h.Y},
			variables(montgomery(&h)), variables(montgomery(&moved)),
		}
		if !solved(&halveCircuit{}, w) {
			t.Errorf("key %d: refused", n)
		}
	}
}

// onlyHalve constrains a key to be of order l.
type onlyHalve struct{ Key PublicKeyVar }

func (c *onlyHalve) Define(api frontend.API) error {
	_, err := halve(api, c.Key)
	return err
}

// halveTrace is a chain of three doubles from any point, and the key that follows, with
// at most one wire wrong: row 0 or 1 of a double 1..3, or coordinate 0 or 1 of the key (4).
type halveTrace struct {
	start         pointM
	lieAt, lieRow int
}

func (tr *halveTrace) lie(at, row int, e fr.Element) fr.Element {
	if tr.lieAt == at && tr.lieRow == row {
		return plusOne(e)
	}
	return e
}

func (tr *halveTrace) run() ([]fr.Element, PublicKeyVar) {
	p := tr.start
	out := []fr.Element{p.u, p.v}
	for k := 1; k <= 3; k++ {
		slope := p.tangent()
		q := p.follow(tr.lie(k, 0, p.third(&p, slope)), slope)
		q.v = tr.lie(k, 1, q.v)
		out = append(out, q.u, q.v)
		p = q
	}
	x, y := p.toEdwards()
	var xx, yy, den, keyX, keyY, two fr.Element
	xx.Square(&x)
	yy.Square(&y)
	den.Sub(&yy, &xx)
	keyX.Mul(&x, &y).Double(&keyX).Div(&keyX, &den)
	two.SetUint64(2)
	den.Sub(&two, &den)
	keyY.Add(&xx, &yy).Div(&keyY, &den)
	return out, PublicKeyVar{tr.lie(4, 0, keyX), tr.lie(4, 1, keyY)}
}

func (p *pointM) tangent() fr.Element {
	var num, t, den fr.Element
	num.Square(&p.u)
	t.SetUint64(3)
	num.Mul(&num, &t)
	t.SetUint64(2 * montgomeryA)
	t.Mul(&t, &p.u)
	num.Add(&num, &t).Add(&num, &one)
	den.Double(&p.v)
	return *num.Div(&num, &den)
}

func (p *pointM) toEdwards() (x, y fr.Element) {
	x = scale()
	x.Mul(&x, &p.u).Div(&x, &p.v)
	y.Sub(&p.u, &one)
	den := plusOne(p.u)
	y.Div(&y, &den)
	return x, y
}

// told returns the assignment that fits the trace, and the lie that is the trace.
func (tr *halveTrace) told() (*onlyHalve, circuittest.Lie) {
	out, pk := tr.run()
	return &onlyHalve{pk}, answering(halveHint, out)
}

func TestHalve_RefusesLyingHint(t *testing.T) {
	p := key(t, 1).Public().point()
	start := montgomery(&p)
	c := circuittest.New(&onlyHalve{})
	assignment, lie := (&halveTrace{start, 0, 0}).told()
	c.AssertAccepted(t, "an honest trace", assignment, lie)
	for at, owner := range []string{1: "pointMVar.assertDouble", 2: "pointMVar.assertDouble", 3: "pointMVar.assertDouble", 4: "pointVar.assertDouble"} {
		for row := range 2 {
			if at == 0 {
				continue
			}
			assignment, lie := (&halveTrace{start, at, row}).told()
			c.AssertRefused(t, fmt.Sprintf("link %d, row %d", at, row), assignment, []string{owner}, lie)
		}
	}
	assignment, lie = (&halveTrace{pointM{start.u, plusOne(start.v)}, 0, 0}).told()
	c.AssertRefused(t, "a chain from off the curve", assignment, []string{"halve/assertOnCurve"}, lie)
}

// Whatever point of the curve the prover starts from, its key is of order l.
func TestHalve_ClearsTheStartsLowOrderPart(t *testing.T) {
	p := key(t, 1).Public().point()
	want := times(p, big.NewInt(16))
	c := circuittest.New(&onlyHalve{})
	for n := int64(0); n < 8; n++ {
		start := plus(p, torsion(t, n))
		tr := &halveTrace{montgomery(&start), 0, 0}
		if _, pk := tr.run(); pk != (PublicKeyVar{want.X, want.Y}) {
			t.Errorf("start + %d·T: got another key", n)
		}
		assignment, lie := tr.told()
		c.AssertAccepted(t, fmt.Sprintf("start + %d·T", n), assignment, lie)
	}
}

func TestHalve_RefusesKeysOfAnotherOrder(t *testing.T) {
	c := circuittest.New(&onlyHalve{})
	p := key(t, 1).Public().point()
	// Nothing fits where a chain meets low order: who owns the refusal depends on the wires
	// that a prover leaves wrong.
	refused := func(name string, assignment *onlyHalve, lies ...circuittest.Lie) {
		t.Helper()
		for _, s := range []*circuittest.System{c.R1CS(t), c.Plonk(t)} {
			if s.Solve(t, assignment, lies...) == nil {
				t.Errorf("%s: accepted", name)
			}
		}
	}
	for n := range int64(8) {
		low := torsion(t, n)
		refused(fmt.Sprintf("the key %d·T", n), &onlyHalve{PublicKeyVar{low.X, low.Y}})
		if n == 0 {
			continue
		}
		beside := plus(p, low)
		c.AssertRefused(t, fmt.Sprintf("a key with low order part %d·T", n), &onlyHalve{PublicKeyVar{beside.X, beside.Y}},
			[]string{"halve/pointVar.assertDouble", "halve/pointVar.assertDouble"})
		// A chain through low order reaches the identity, which has no coordinates, or
		// divides by zero.
		assignment, lie := (&halveTrace{montgomery(&low), 0, 0}).told()
		refused(fmt.Sprintf("a chain from %d·T", n), assignment, lie)
	}
	refused("a key off the curve", &onlyHalve{PublicKeyVar{plusOne(p.X), p.Y}})
}
