package eddsa

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// ladderCircuit says that Result is N·Half for the N of H's reading.
type ladderCircuit struct {
	H                   frontend.Variable
	Half, Moved, Result [2]frontend.Variable
}

func (c *ladderCircuit) Define(api frontend.API) error {
	half := halfVar{point: pointMVar{c.Half[0], c.Half[1]}, moved: pointMVar{c.Moved[0], c.Moved[1]}}
	p, err := multiply(api, c.H, half)
	if err != nil {
		return err
	}
	api.AssertIsEqual(p.u, c.Result[0])
	api.AssertIsEqual(p.v, c.Result[1])
	return nil
}

func ladderOf(h fr.Element, half [2]pointM, result pointM) *ladderCircuit {
	return &ladderCircuit{
		H: h, Half: variables(half[0]), Moved: variables(half[1]), Result: variables(result),
	}
}

func variables(p pointM) [2]frontend.Variable { return [2]frontend.Variable{p.u, p.v} }

// halves returns a point H of order l, in both forms, and H + (0,0).
func halves(t testing.TB) (twistededwards.PointAffine, [2]pointM) {
	h := key(t, 1).Public().point()
	moved := plus(h, torsion(t, 4))
	return h, [2]pointM{montgomery(&h), montgomery(&moved)}
}

func TestMultiply_MatchesNativeAtTheEdgesOfItsReading(t *testing.T) {
	p, half := halves(t)
	limit := new(big.Int).Lsh(order(), 3)
	limit.Sub(limit, pow2(splitBit))
	middle := new(big.Int).Rsh(order(), 1)
	edges := []*big.Int{big.NewInt(0), high(), pow2(nbBits), middle, pow2(splitBit), pow2(nbBits - 1)}
	for j := int64(1); j <= 8; j++ {
		edges = append(edges, new(big.Int).Mul(order(), big.NewInt(j)),
			new(big.Int).Add(middle, new(big.Int).Mul(order(), big.NewInt(j))))
	}
	edges = append(edges, limit)
	for n := range uint64(4) {
		edges = append(edges, integer(element(n)))
	}
	for _, edge := range edges {
		for d := int64(-2); d <= 2; d++ {
			h := new(big.Int).Add(edge, big.NewInt(d))
			if h.Sign() < 0 || h.Cmp(fr.Modulus()) >= 0 {
				continue
			}
			n := new(big.Int).Lsh(h, 1)
			want := times(p, n.Add(n, big.NewInt(1)).Mod(n, order()))
			got := solved(&ladderCircuit{}, ladderOf(fromInt(h), half, montgomery(&want)))
			if got != usable(h) {
				t.Errorf("h = %v: solved %v, usable %v", h, got, usable(h))
			}
		}
	}
}

func TestUsable_MissesHardlyAnything(t *testing.T) {
	limit := new(big.Int).Lsh(order(), 3)
	limit.Sub(limit, pow2(splitBit))
	missed := new(big.Int).Sub(fr.Modulus(), limit)
	if missed.Sign() <= 0 || missed.BitLen() > 125 {
		t.Errorf("%v challenges below r are too large, want between 1 and 2^125", missed)
	}
}

// ladderTrace is what a prover may answer in ladderHint: any digits, any head, and wires
// computed from them row after row but for one lie.
type ladderTrace struct {
	half   [2]pointM
	head   [ladderHead]fr.Element
	digits [nbBits]fr.Element
	// At step lieAt the wire of row lieRow, 0..4, is one too large; what follows is
	// computed from it. Row -1 is none.
	lieAt, lieRow int
}

// honestTrace has the digits of a reading of h, which may be r or more.
func honestTrace(half [2]pointM, h *big.Int) *ladderTrace {
	tr := &ladderTrace{half: half, lieRow: -1}
	rd := read(h)
	tr.head[0].SetUint64(uint64(rd.low))
	for i := range 3 {
		tr.head[1+i].SetUint64(rd.j >> i & 1)
	}
	for i := range tr.digits {
		tr.digits[i] = signed(half[i%2], rd.t.Bit(i)).v
	}
	return tr
}

// challenge returns the h that the reading's equation gives.
func (tr *ladderTrace) challenge() fr.Element {
	twice := fromInt(below(nbBits))
	for i, w := range tr.digits {
		weight := fromInt(pow2(i))
		w.Div(&w, &tr.half[i%2].v).Mul(&w, &weight)
		twice.Add(&twice, &w)
	}
	twice.Halve()
	h := twice
	notLow := one
	notLow.Sub(&notLow, &tr.head[0])
	offset := fromInt(high())
	h.Add(&h, offset.Mul(&offset, &notLow))
	for i := range 3 {
		l := fromInt(new(big.Int).Lsh(order(), uint(i)))
		h.Add(&h, l.Mul(&l, &tr.head[1+i]))
	}
	return h
}

// run returns the hint's outputs and the result.
func (tr *ladderTrace) run() ([]fr.Element, pointM) {
	out := append([]fr.Element(nil), tr.head[:]...)
	var sign fr.Element
	sign.Double(&tr.head[0]).Sub(&sign, &one)
	p := tr.half[0]
	p.v.Mul(&p.v, &sign)
	for i := nbBits - 1; i >= 0; i-- {
		q := pointM{tr.half[i%2].u, tr.digits[i]}
		wires := tr.step(i, p, q)
		out = append(append(out, q.v), wires[:]...)
		p = pointM{wires[3], wires[4]}
	}
	return out, p
}

func (tr *ladderTrace) step(i int, p, q pointM) (wires [5]fr.Element) {
	set := func(row int, e fr.Element) {
		if wires[row] = e; tr.lieAt == i && tr.lieRow == row {
			wires[row] = plusOne(e)
		}
	}
	var mu fr.Element
	set(0, p.chord(&q))
	set(1, p.third(&q, wires[0]))
	mu.Sub(&p.u, &wires[1]).Div(new(fr.Element).Double(&p.v), &mu)
	set(2, *mu.Sub(&mu, &wires[0]))
	set(3, p.third(&pointM{u: wires[1]}, wires[2]))
	next := p.follow(wires[3], wires[2])
	set(4, next.v)
	return wires
}

// told returns the assignment that fits the trace and the challenge h, and the lie that is
// the trace.
func (tr *ladderTrace) told(h fr.Element) (*ladderCircuit, circuittest.Lie) {
	out, result := tr.run()
	return ladderOf(h, tr.half, result), answering(ladderHint, out)
}

// The lies are told about any challenge, and about 0, whose ladder stays at ±H all along.
func TestMultiply_RefusesLyingHint(t *testing.T) {
	_, half := halves(t)
	c := circuittest.New(&ladderCircuit{})
	for _, h := range []*big.Int{integer(element(1)), new(big.Int)} {
		honest := honestTrace(half, h)
		assignment, lie := honest.told(fromInt(h))
		c.AssertAccepted(t, fmt.Sprintf("h = %v: an honest trace", h), assignment, lie)
		refuseLies(t, c, honest)
	}
}

func refuseLies(t *testing.T, c *circuittest.Circuit, honest *ladderTrace) {
	t.Helper()
	refuse := func(name, owner string, change func(*ladderTrace)) {
		tr := *honest
		change(&tr)
		assignment, lie := tr.told(tr.challenge())
		c.AssertRefused(t, name, assignment, []string{owner}, lie)
	}
	for _, at := range []int{249, 248, splitBit, splitBit - 1, 1, 0} {
		for row := range 5 {
			refuse(fmt.Sprintf("step %d, row %d", at, row), "multiply/assertStep", func(tr *ladderTrace) { tr.lieAt, tr.lieRow = at, row })
		}
		refuse(fmt.Sprintf("digit %d three times too large", at), "multiply/AssertProduct", func(tr *ladderTrace) {
			three := fr.NewElement(3)
			tr.digits[at].Mul(&tr.digits[at], &three)
		})
		refuse(fmt.Sprintf("digit %d zero", at), "multiply/AssertProduct", func(tr *ladderTrace) { tr.digits[at].SetZero() })
	}
	for bit, name := range []string{"low", "j_0", "j_1", "j_2"} {
		refuse(name+" = 2", "multiply/AssertIsBoolean", func(tr *ladderTrace) { tr.head[bit].SetUint64(2) })
		refuse(name+" = -1", "multiply/AssertIsBoolean", func(tr *ladderTrace) { tr.head[bit].Neg(&one) })
	}
}

// h + r is the only other integer that is read as h modulo r, and its points are others.
func TestMultiply_RefusesTheOtherReading(t *testing.T) {
	_, half := halves(t)
	c := circuittest.New(&ladderCircuit{})
	last := new(big.Int).Lsh(order(), 3)
	last.Sub(last, fr.Modulus()).Sub(last, big.NewInt(1))
	for _, h := range []*big.Int{big.NewInt(0), big.NewInt(5), last} {
		assignment, lie := honestTrace(half, h).told(fromInt(h))
		c.AssertAccepted(t, fmt.Sprintf("h = %v", h), assignment, lie)
		other := honestTrace(half, new(big.Int).Add(h, fr.Modulus()))
		if got := other.challenge(); got != fromInt(h) {
			t.Fatalf("the reading of h + r gives %v, want %v", got, h)
		}
		assignment, lie = other.told(fromInt(h))
		c.AssertRefused(t, fmt.Sprintf("h = %v read as h + r", h), assignment, []string{"assertReading/AssertIsDifferent"}, lie)
	}
}

func TestMultiply_RefusesDigitsOfAnotherChallenge(t *testing.T) {
	_, half := halves(t)
	h := element(1)
	tr := honestTrace(half, integer(h))
	if got := tr.challenge(); got != h {
		t.Fatalf("the trace reads %v, want %v", got, h)
	}
	assignment, lie := tr.told(plusOne(h))
	circuittest.New(&ladderCircuit{}).AssertRefused(t, "digits of h for h + 1", assignment, []string{"assertReading/AssertProduct"}, lie)
}
