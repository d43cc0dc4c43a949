package network

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// layerCircuit says what a layer makes of inputs that are in range.
type layerCircuit struct {
	Bias  []frontend.Variable
	From  [][]frontend.Variable
	X     []frontend.Variable
	Out   []frontend.Variable
	Layer Layer `gnark:"-"`
	Claim bool  `gnark:"-"` // false: it says nothing of outputs
}

func (c *layerCircuit) Define(api frontend.API) error {
	sums, err := c.Layer.SumsVar(api, [][]frontend.Variable{c.Bias}, c.From, c.X)
	if err != nil {
		return err
	}
	for j, o := range c.Layer.OutputsVar(api, sums) {
		if !c.Claim {
			continue
		}
		api.AssertIsEqual(o, c.Out[j])
	}
	return nil
}

func newLayer(l Layer, claim bool) *layerCircuit {
	c := &layerCircuit{Layer: l, Claim: claim, Bias: make([]frontend.Variable, l.Groups()), X: make([]frontend.Variable, l.In)}
	for range l.In {
		c.From = append(c.From, make([]frontend.Variable, l.Groups()))
	}
	if claim {
		c.Out = make([]frontend.Variable, l.Out)
	}
	return c
}

func values(elements []fr.Element) (out []frontend.Variable) {
	for _, e := range elements {
		out = append(out, e)
	}
	return out
}

// layer returns the assignment of weights and inputs, with the outputs that plain is.
func layer(t *testing.T, l Layer, w Weights, x []int64, claim bool) *layerCircuit {
	t.Helper()
	bias, from, err := l.Elements(w, 15)
	if err != nil {
		t.Fatal(err)
	}
	c := newLayer(l, claim)
	c.Bias = values(bias)
	for i := range from {
		c.From[i], c.X[i] = values(from[i]), x[i]
	}
	if claim {
		for j, z := range plain(l, w, x) {
			c.Out[j] = z
		}
	}
	return c
}

// plain is the layer over rationals, as its formula reads.
func plain(l Layer, w Weights, x []int64) []int64 {
	out := make([]int64, l.Out)
	for j := range out {
		y := big.NewRat(w.Bias[j], 1)
		for i := range x {
			y.Add(y, big.NewRat(w.From[i][j]*x[i], 1))
		}
		y.Quo(y, big.NewRat(1<<l.Shift, 1))
		floor := new(big.Int).Div(y.Num(), y.Denom()) // Euclidean, and the denominator is positive
		switch {
		case floor.Sign() < 0:
			floor.SetInt64(0)
		case floor.BitLen() > l.Act:
			floor.SetInt64(1<<l.Act - 1)
		}
		out[j] = floor.Int64()
	}
	return out
}

func random() *rand.Rand { return rand.New(rand.NewPCG(5, 6)) }

// someWeights fill most of a digit: outputs below, inside and above the range.
func someWeights(l Layer, r *rand.Rand) Weights {
	most := int64(1)<<(l.Digit-1) - 1
	w := Weights{Bias: make([]int64, l.Out)}
	each := max(1, most/2/int64(15*max(1, l.In)))
	for j := range w.Bias {
		w.Bias[j] = r.Int64N(most) - most/2
	}
	for range l.In {
		row := make([]int64, l.Out)
		for j := range row {
			row[j] = r.Int64N(2*each+1) - each
		}
		w.From = append(w.From, row)
	}
	return w
}

func someInputs(l Layer, r *rand.Rand) []int64 {
	x := make([]int64, l.In)
	for i := range x {
		x[i] = r.Int64N(16)
	}
	return x
}

var shapes = []Layer{
	{In: 3, Out: 5, Digit: 11, Shift: 3, Act: 4},
	{In: 12, Out: 30, Digit: 11, Shift: 4, Act: 4},
	{In: 2, Out: 24, Digit: 16, Shift: 7, Act: 4},
	{In: 0, Out: 3, Digit: 11, Shift: 0, Act: 4},
	{In: 4, Out: 4, Digit: 12, Shift: 7, Act: 4}, // nothing above the output but the sign
	{In: 4, Out: 4, Digit: 17, Shift: 2, Act: 8},
}

func TestLayer_IsItsFormula(t *testing.T) {
	r := random()
	for _, l := range shapes {
		c := circuittest.New(newLayer(l, true)).WithoutPlonk()
		for range 5 {
			w, x := someWeights(l, r), someInputs(l, r)
			want := plain(l, w, x)
			for j, got := range l.Outputs(w, x) {
				if got != want[j] {
					t.Errorf("%+v: output %d is %d, want %d", l, j, got, want[j])
				}
			}
			c.AssertAccepted(t, fmt.Sprintf("%+v", l), layer(t, l, w, x, true))
		}
	}
}

// Sums at both ends of the range, of the shift and of what is cut.
func TestLayer_AtItsEdges(t *testing.T) {
	for _, l := range shapes {
		l.In = 0
		c := circuittest.New(newLayer(l, true)).WithoutPlonk()
		most := int64(1)<<(l.Digit-1) - 1
		unit, top := int64(1)<<l.Shift, int64(1)<<(l.Shift+l.Act)
		for _, y := range []int64{0, 1, -1, unit - 1, unit, -unit, -unit - 1, top - 1, min(top, most), top - unit, most, -most} {
			w := Weights{Bias: make([]int64, l.Out)}
			for j := range w.Bias {
				w.Bias[j] = y
			}
			c.AssertAccepted(t, fmt.Sprintf("%+v, %d", l, y), layer(t, l, w, nil, true))
		}
	}
}

func TestLayer_RefusesOtherOutputs(t *testing.T) {
	l, r := shapes[1], random()
	c := circuittest.New(newLayer(l, true)).WithoutPlonk()
	w, x := someWeights(l, r), someInputs(l, r)
	for j, z := range plain(l, w, x) {
		lie := layer(t, l, w, x, true)
		lie.Out[j] = (z + 1) % 16
		c.AssertRefused(t, fmt.Sprintf("output %d", j), lie, []string{"layerCircuit.Define/AssertIsEqual"})
	}
}

func TestLayer_RefusesEachOtherBit(t *testing.T) {
	l, r := shapes[1], random()
	c := circuittest.New(newLayer(l, false)).WithoutPlonk()
	w, x := someWeights(l, r), someInputs(l, r)
	for h, call := range c.Record(t, layer(t, l, w, x, false)).Hints {
		for bit := range call.Outputs {
			twisted := c.RecordTwisted(t, layer(t, l, w, x, false), circuittest.Twist{
				Hint: h, Product: -1, Change: func(_, out []*big.Int) { out[bit].Xor(out[bit], big.NewInt(1)) },
			})
			owned := false
			for _, row := range twisted.Refused {
				owned = owned || row.IsOf("OutputsVar/Decompose")
			}
			if !owned {
				t.Errorf("split %d: another bit %d is not refused by the split", h, bit)
			}
		}
	}
}

// Whatever stands in the place of weights, there is one output or no proof; here none.
func TestLayer_SumsBeyondAllDigitsHaveNoProof(t *testing.T) {
	l := shapes[0]
	c := circuittest.New(newLayer(l, false)).WithoutPlonk()
	end := new(big.Int).Lsh(big.NewInt(1), uint(l.Digit*l.Out))
	for name, bias := range map[string]*big.Int{
		"above": end, "far above": new(big.Int).Rsh(circuittest.Field(), 1), "below": new(big.Int).Sub(circuittest.Field(), end),
	} {
		lie := layer(t, l, someWeights(l, random()), make([]int64, l.In), false)
		lie.Bias[0] = bias
		c.AssertRefused(t, name, lie, []string{"OutputsVar/Decompose"})
	}
}

func TestElements_NamesTheOutputThatOverflows(t *testing.T) {
	l := shapes[0]
	w := someWeights(l, random())
	w.Bias[3] = 1 << (l.Digit - 1)
	if _, _, err := l.Elements(w, 15); !errors.Is(err, ErrLayer) || !strings.Contains(err.Error(), "output 3 ") {
		t.Error(err)
	}
	w = someWeights(l, random())
	w.From[1][2] = -1 << (l.Digit - 1)
	if _, _, err := l.Elements(w, 1); !errors.Is(err, ErrLayer) || !strings.Contains(err.Error(), "output 2 ") {
		t.Error(err)
	}
	for name, bad := range map[string]Weights{
		"no bias": {From: w.From}, "an input less": {Bias: w.Bias, From: w.From[1:]}, "a short input": {Bias: w.Bias, From: [][]int64{{1}, {1}, {1}}},
	} {
		if _, _, err := l.Elements(bad, 15); !errors.Is(err, ErrLayer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLayer_RefusesOtherShapes(t *testing.T) {
	for _, l := range []Layer{{1, 0, 11, 3, 4}, {-1, 2, 11, 3, 4}, {1, 2, 11, 7, 4}, {1, 2, 11, -1, 4}, {1, 2, 11, 3, 0}, {1, 2, 61, 40, 8}, {1, 2, 40, 3, 4}} {
		if err := l.Validate(); !errors.Is(err, ErrLayer) {
			t.Errorf("%+v: %v", l, err)
		}
	}
	few := newLayer(shapes[0], false)
	few.X = few.X[1:]
	if _, err := circuittest.New(few).Compile(r1cs.NewBuilder); !errors.Is(err, ErrLayer) {
		t.Error("an input less:", err)
	}
}

// A layer of 96 inputs and 48 outputs, the middle one of three that draw 24 by 24 pixels.
func TestLayer_Rows(t *testing.T) {
	l := Layer{In: 96, Out: 48, Digit: 11, Shift: 4, Act: 4}
	circuittest.New(newLayer(l, false)).WithoutPlonk().AssertRows(t, "96 to 48", 96*3+48*(11+1+2))
}
