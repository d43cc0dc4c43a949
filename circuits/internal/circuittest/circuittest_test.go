package circuittest

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/rank1"
)

// sample has a row of each kind; without Checked one is left out.
type sample struct {
	A, B, C frontend.Variable `gnark:",public"`
	Checked bool              `gnark:"-"`
}

func (c *sample) Define(api frontend.API) error {
	c.assertNarrow(api)
	c.assertProduct(api)
	api.AssertIsDifferent(c.A, 0)
	api.AssertIsEqual(api.Add(api.Mul(c.A, 2), 1), c.C)
	api.AssertIsEqual(api.DivUnchecked(c.C, api.Sub(c.B, 7)), api.Neg(c.C))
	return nil
}

func (c *sample) assertNarrow(api frontend.API) {
	b := bits.Decompose(api, c.A, 4)
	api.AssertIsEqual(api.Mul(b[0], b[1]), 0)
}

func (c *sample) assertProduct(api frontend.API) {
	if c.Checked {
		rank1.AssertProduct(api, c.A, c.B, api.Add(c.C, 15))
	}
}

func honest() *sample { return &sample{A: 4, B: 6, C: 9} }

func TestRecorder_MakesTheRowsOfTheCompiler(t *testing.T) {
	for _, checked := range []bool{false, true} {
		c := New(&sample{Checked: checked})
		r := c.RecordAll(t, honest())
		c.AssertRows(t, fmt.Sprint(checked), r.Rows)
		if len(r.Refused) != 0 {
			t.Errorf("refused by %v", r.Refused)
		}
		var paths []string
		for i := range r.Rows {
			paths = append(paths, r.Row(i).String())
		}
		want := []string{"circuittest.sample.Define/circuittest.sample.assertNarrow/bits.Decompose/AssertIsBoolean"}
		want = slices.Repeat(want, 4)
		want = append(want, "circuittest.sample.Define/circuittest.sample.assertNarrow/Mul",
			"circuittest.sample.Define/circuittest.sample.assertNarrow/AssertIsEqual")
		if checked {
			want = append(want, "circuittest.sample.Define/circuittest.sample.assertProduct/rank1.AssertProduct")
		}
		want = append(want, "circuittest.sample.Define/AssertIsDifferent", "circuittest.sample.Define/AssertIsEqual",
			"circuittest.sample.Define/DivUnchecked", "circuittest.sample.Define/AssertIsEqual")
		if !slices.Equal(paths, want) {
			t.Errorf("rows\n%v\nwant\n%v", paths, want)
		}
	}
}

// zeros multiplies by what is constantly zero, once and again.
type zeros struct{ A, B frontend.Variable }

func (c *zeros) Define(api frontend.API) error {
	nothing := api.Mul(api.Sub(3, 3), c.A)
	api.AssertIsEqual(api.Add(api.Mul(nothing, c.B), api.Mul(c.A, c.B)), 6)
	return nil
}

func TestRecorder_KnowsThatZeroIsConstant(t *testing.T) {
	c := New(&zeros{})
	c.AssertRows(t, "zeros", 2)
	if r := c.Record(t, &zeros{2, 3}); r.Rows != 2 || len(r.Refused) != 0 {
		t.Errorf("%d rows, refused by %v", r.Rows, r.Refused)
	}
}

var lies = map[string]struct {
	assignment *sample
	owners     []string
}{
	"a product":            {&sample{A: 4, B: 6, C: 9 + 1}, []string{"assertProduct", "Define/AssertIsEqual"}},
	"a of five bits":       {&sample{A: 16, B: 6, C: 33}, []string{"assertNarrow/Decompose/AssertIsBoolean", "assertProduct"}},
	"three":                {&sample{A: 3, B: 6, C: 7}, []string{"assertNarrow/AssertIsEqual", "assertProduct"}},
	"a is zero":            {&sample{A: 0, B: 6, C: 1}, []string{"assertProduct", "AssertIsDifferent"}},
	"nothing divided by 0": {&sample{A: 4, B: 7, C: 9}, []string{"assertProduct", "DivUnchecked", "AssertIsEqual"}},
}

func TestAssertRefused_NamesTheRows(t *testing.T) {
	c := New(&sample{Checked: true})
	c.AssertAccepted(t, "honest", honest())
	for name, row := range lies {
		c.AssertRefused(t, name, row.assignment, row.owners)
	}
}

// failures counts what an assertion under test complains of.
type failures struct {
	testing.TB
	n int
}

func (f *failures) Helper()               {}
func (f *failures) Errorf(string, ...any) { f.n++ }
func (f *failures) Fatalf(string, ...any) { f.n++; panic(f) }
func (f *failures) Fatal(...any)          { f.n++; panic(f) }

// complaints returns how often f fails.
func complaints(t *testing.T, f func(t testing.TB)) (n int) {
	rec := &failures{TB: t}
	defer func() {
		if p := recover(); p != nil && p != any(rec) {
			panic(p)
		}
		n = rec.n
	}()
	f(rec)
	return rec.n
}

func TestAssertRefused_CanFail(t *testing.T) {
	c, unchecked := New(&sample{Checked: true}), New(&sample{})
	twoRows := lies["three"]
	for name, row := range map[string]struct {
		f    func(t testing.TB)
		want int
	}{
		"the truth": {func(t testing.TB) { c.AssertRefused(t, "", honest(), []string{"assertProduct"}) }, 3},
		"another owner": {func(t testing.TB) {
			c.AssertRefused(t, "", twoRows.assignment, []string{"assertProduct", "assertProduct"})
		}, 1},
		"one owner of two": {func(t testing.TB) { c.AssertRefused(t, "", twoRows.assignment, []string{"assertProduct"}) }, 1},
		"no owner":         {func(t testing.TB) { c.AssertRefused(t, "", twoRows.assignment, nil) }, 1},
		"a row left out":   {func(t testing.TB) { unchecked.AssertRefused(t, "", twoRows.assignment, twoRows.owners) }, 1},
		"a value missing":  {func(t testing.TB) { c.AssertRefused(t, "", &sample{A: 4, B: 6}, []string{"assertProduct"}) }, 1},
		"a lie accepted":   {func(t testing.TB) { c.AssertAccepted(t, "", twoRows.assignment) }, 4},
		"another count":    {func(t testing.TB) { c.AssertRows(t, "", 12) }, 1},
		"fine":             {func(t testing.TB) { c.AssertRefused(t, "", twoRows.assignment, twoRows.owners) }, 0},
	} {
		if got := complaints(t, row.f); got != row.want {
			t.Errorf("%s: %d complaints, want %d", name, got, row.want)
		}
	}
}

// A lying hint reaches the recorder, the engine and both systems.
func TestLies_ReachEverySolver(t *testing.T) {
	c := New(&sample{Checked: true})
	asked := 0
	two := Replace(HintNamed("bits.bitsHint"), func(_ *big.Int, _, out []*big.Int) error {
		asked++
		out[0].SetUint64(2)
		out[1].SetUint64(1)
		out[2].SetUint64(0)
		return nil
	})
	c.AssertRefused(t, "a bit of two", honest(), []string{"Decompose", "assertNarrow/AssertIsEqual"}, two)
	if c.Accepts(honest(), two) {
		t.Error("the engine accepts")
	}
	if asked != 4 {
		t.Errorf("asked %d times, want 4", asked)
	}
	if !c.Accepts(honest()) {
		t.Error("the engine refuses the truth")
	}
}

func TestHintNamed_FindsGnarksAndOurs(t *testing.T) {
	for _, name := range []string{"bits.bitsHint", "bits.nBits"} {
		if h := HintNamed(name); h.Func == nil {
			t.Errorf("%s has no function", name)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a hint that does not exist: no panic")
		}
	}()
	HintNamed("bits.none")
}

func TestRecordTwisted_ForgesOneWire(t *testing.T) {
	c := New(&sample{Checked: true})
	forge := Straight
	forge.Product, forge.Forge = 0, func(truth *big.Int) *big.Int { return new(big.Int).Add(truth, big.NewInt(1)) }
	r := c.RecordTwisted(t, honest(), forge)
	if !owned(r.Refused, []string{"assertNarrow/Mul", "assertNarrow/AssertIsEqual"}) {
		t.Errorf("refused by %v", r.Refused)
	}
	change := Straight
	change.Hint, change.Change = 0, func(_, out []*big.Int) { out[2].SetUint64(3) }
	r = c.RecordTwisted(t, honest(), change)
	if !owned(r.Refused, []string{"Decompose", "Decompose"}) {
		t.Errorf("refused by %v", r.Refused)
	}
}

func TestRow_IsOf(t *testing.T) {
	row := Row{path: []string{"a.T.Define", "b.assertX", "bits.Decompose", "AssertIsBoolean"}}
	for owner, want := range map[string]bool{
		"assertX": true, "b.assertX": true, "T.Define/assertX": true, "assertX/Decompose/AssertIsBoolean": true, "AssertIsBoolean": true,
		"ssertX": false, "Decompose/assertX": false, "T.Define/Decompose": false, "assertX/AssertIsBoolean": false, "assertX/assertX": false, "": false, "c.assertX": false,
	} {
		if row.IsOf(owner) != want {
			t.Errorf("%q: %v", owner, !want)
		}
	}
}
