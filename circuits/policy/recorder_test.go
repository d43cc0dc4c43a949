package policy

import (
	"math/big"
	"runtime"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// tiny has every kind of row once or twice, so that all of them can be tried.
var tiny = statement.Size{Name: "tiny", Layers: 1, Claims: 1, Literals: 2}

// A scenario is a program in its committed form and slots, which no Program need have.
type scenario struct {
	name     string
	mask     uint64
	words    [2]uint64
	beyond   []int // bits of the code element to set besides
	operands [2]any
	slots    [2]attribute.SlotVar
}

func (s scenario) assignment() *tinyCircuit {
	code := new(big.Int).SetUint64(s.words[0] | s.words[1]<<wordBits)
	for _, bit := range s.beyond {
		code.SetBit(code, bit, 1)
	}
	c := newTinyCircuit()
	c.Program.Schema, c.Program.Numeric, c.Program.Code[0] = 1, s.mask, code
	for i := range s.operands {
		c.Program.Operands[i] = s.operands[i]
		c.Slots[i] = s.slots[i]
	}
	return c
}

// A lie is what a prover does besides: to one call of a hint, or to one product.
type lie struct {
	hint    int // index of the call, -1 for none
	change  func(in, out []*big.Int)
	product int // index of the product, -1 for none
	forge   func(truth *big.Int) *big.Int
}

var truth = lie{hint: -1, product: -1}

// tinyCircuit runs AssertSatisfied over a recorder.
type tinyCircuit struct {
	Program ProgramVar
	Slots   []attribute.SlotVar
	rec     *recorder
}

func newTinyCircuit() *tinyCircuit {
	return &tinyCircuit{Program: Placeholder(tiny), Slots: make([]attribute.SlotVar, tiny.Slots())}
}

func (c *tinyCircuit) Define(api frontend.API) error {
	c.rec.API = api
	return AssertSatisfied(c.rec, tiny, c.Program, c.Slots)
}

// A recorder stands between the gadget and the test engine. It numbers the rows of the
// constraint system (products of two variables, and assertions), tells the lie, and notes
// the rows that do not hold instead of stopping at the first.
type recorder struct {
	frontend.API
	lie      lie
	hints    []int         // the number of outputs of each call so far
	bits     solver.HintID // of circuits/bits, which does not export it
	products int
	rows     []string // the function each row belongs to
	failed   []int
}

// record returns the rows of a scenario under a lie, and those that do not hold.
func record(t *testing.T, s scenario, l lie) *recorder {
	t.Helper()
	rec := &recorder{lie: l}
	c := newTinyCircuit()
	c.rec = rec
	if err := test.IsSolved(c, s.assignment(), ecc.BN254.ScalarField()); err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	return rec
}

func (r *recorder) value(v frontend.Variable) *big.Int { return r.API.Add(v, 0).(*big.Int) }

func (r *recorder) row(holds bool) {
	if !holds {
		r.failed = append(r.failed, len(r.rows))
	}
	name := ""
	if r.lie.hint < 0 && r.lie.product < 0 {
		name = owner() // costs more than the rest of the gadget: once is enough
	}
	r.rows = append(r.rows, name)
}

func (r *recorder) AssertIsBoolean(v frontend.Variable) {
	r.row(r.value(v).Cmp(big.NewInt(1)) <= 0)
}

func (r *recorder) AssertIsEqual(a, b frontend.Variable) { r.row(r.value(a).Cmp(r.value(b)) == 0) }

func (r *recorder) Mul(a, b frontend.Variable, more ...frontend.Variable) frontend.Variable {
	if len(more) > 0 {
		panic("the gadget multiplies two at a time")
	}
	product := r.value(r.API.Mul(a, b))
	if isConstant(a) || isConstant(b) || isInternal() {
		return product
	}
	if r.products == r.lie.product {
		forged := r.value(r.lie.forge(product))
		r.row(forged.Cmp(product) == 0)
		product = forged
	} else {
		r.row(true)
	}
	r.products++
	return product
}

// isConstant reports whether the gadget wrote v down: variables are big integers here.
func isConstant(v frontend.Variable) bool {
	switch v.(type) {
	case int, fr.Element:
		return true
	}
	return false
}

// Compiler returns the engine with the recorder's hints.
func (r *recorder) Compiler() frontend.Compiler { return &lyingCompiler{r.API.Compiler(), r} }

type lyingCompiler struct {
	frontend.Compiler
	rec *recorder
}

func (c *lyingCompiler) NewHint(f solver.Hint, n int, in ...frontend.Variable) ([]frontend.Variable, error) {
	out, err := c.Compiler.NewHint(f, n, in...)
	if err == nil && len(c.rec.hints) == c.rec.lie.hint {
		ins, outs := make([]*big.Int, len(in)), make([]*big.Int, n)
		for i := range in {
			ins[i] = c.rec.value(in[i])
		}
		for i := range outs {
			outs[i] = c.rec.value(out[i])
		}
		c.rec.lie.change(ins, outs)
		for i := range outs {
			out[i] = c.rec.value(outs[i])
		}
	}
	c.rec.hints = append(c.rec.hints, n)
	if n > 1 {
		c.rec.bits = solver.GetHintID(f)
	}
	return out, err
}

// owner returns the gadget's function that is making a row.
func owner() string {
	var pcs [8]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		frame, more := frames.Next()
		name := frame.Function[strings.LastIndex(frame.Function, "/")+1:]
		name = name[strings.Index(name, ".")+1:]
		isInside := strings.HasPrefix(name, "(*recorder)") || name == "Decompose" || name == "AssertProduct"
		if !isInside || !more {
			return name
		}
	}
}

// isInternal reports whether Mul was called for something that is no row of its own: by
// rank1.AssertProduct, whose row is the equation that follows, or to scale a bit.
func isInternal() bool {
	pc, _, _, _ := runtime.Caller(2)
	name := runtime.FuncForPC(pc).Name()
	return strings.HasSuffix(name, "rank1.AssertProduct") || strings.Contains(name, "circuits/bits.")
}
