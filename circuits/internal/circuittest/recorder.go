package circuittest

import (
	"fmt"
	"math/big"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/schema"
)

// A Recording is what a recorder saw of one assignment.
type Recording struct {
	Refused  []Row // the rows that do not hold, in the order the circuit makes them
	Rows     int   // all rows
	Products int   // products of two variables, which Forge counts
	Hints    []Call

	stacks  [][]uintptr // of all rows, if asked for
	methods []string
}

// A Call is one question to a hint.
type Call struct {
	ID      solver.HintID
	Outputs int
}

// A Twist changes one thing of a recording, as a prover could who writes wires by hand.
type Twist struct {
	Hint    int // index of the hint's call to change, -1 for none
	Change  func(in, out []*big.Int)
	Product int // index of the product to forge, -1 for none
	Forge   func(truth *big.Int) *big.Int
}

// Straight twists nothing.
var Straight = Twist{Hint: -1, Product: -1}

// Record runs the circuit over the assignment's values and notes which rows do not hold. A
// malformed assignment is fatal.
func (c *Circuit) Record(t testing.TB, assignment frontend.Circuit, lies ...Lie) *Recording {
	t.Helper()
	return c.record(t, assignment, Straight, false, lies...)
}

// RecordTwisted is Record with one wire written by hand. It is for tests that go through a
// gadget row by row.
func (c *Circuit) RecordTwisted(t testing.TB, assignment frontend.Circuit, twist Twist) *Recording {
	t.Helper()
	return c.record(t, assignment, twist, false)
}

// RecordAll is Record that can name every row, not only those that refuse: see Row.
func (c *Circuit) RecordAll(t testing.TB, assignment frontend.Circuit) *Recording {
	t.Helper()
	return c.record(t, assignment, Straight, true)
}

// Row returns the row of an index, of a recording by RecordAll.
func (r *Recording) Row(i int) Row { return Row{i, pathOf(r.stacks[i], r.methods[i])} }

func (c *Circuit) record(t testing.TB, assignment frontend.Circuit, twist Twist, all bool, lies ...Lie) *Recording {
	t.Helper()
	r := &recorder{twist: twist, all: all, lies: map[solver.HintID]solver.Hint{}}
	for _, l := range lies {
		r.lies[solver.GetHintID(l.hint.Func)] = l.f
	}
	if err := r.run(clone(c.placeholder), assignment); err != nil {
		t.Fatalf("the circuit cannot be recorded: %v", err)
	}
	return &r.Recording
}

func (r *recorder) run(circuit, assignment frontend.Circuit) (err error) {
	if err := fill(circuit, assignment); err != nil {
		return err
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v\n%s", p, debug.Stack())
		}
	}()
	return circuit.Define(r)
}

// fill copies the assignment's values into the circuit's variables.
func fill(circuit, assignment frontend.Circuit) error {
	leaf := reflect.TypeFor[frontend.Variable]()
	var values []*wire
	take := func(info schema.LeafInfo, v reflect.Value) error {
		if v.IsNil() {
			return fmt.Errorf("%s has no value", info.FullName())
		}
		values = append(values, valueOf(v.Interface()).variable())
		return nil
	}
	if _, err := schema.Walk(field, assignment, leaf, take); err != nil {
		return err
	}
	n := 0
	give := func(info schema.LeafInfo, v reflect.Value) error {
		if n++; n > len(values) {
			return fmt.Errorf("the assignment has %d values, and none for %s", len(values), info.FullName())
		}
		v.Set(reflect.ValueOf(values[n-1]))
		return nil
	}
	if _, err := schema.Walk(field, circuit, leaf, give); err != nil {
		return err
	}
	if n != len(values) {
		return fmt.Errorf("the assignment has %d values, the circuit %d", len(values), n)
	}
	return nil
}

// A wire is a value that the recorder made. Other values are constants of the gadget.
type wire struct {
	v       fr.Element
	isConst bool
	isBool  bool // constrained to be, so not again
}

func (w *wire) variable() *wire { w.isConst = false; return w }

// valueOf returns a variable or a constant as a wire.
func valueOf(v frontend.Variable) *wire {
	if w, ok := v.(*wire); ok {
		return w
	}
	w := &wire{isConst: true}
	if _, err := w.v.SetInterface(v); err != nil {
		panic(fmt.Sprintf("circuittest: a %T is not a variable of the recorder's: %v", v, err))
	}
	return w
}

// A recorder is a frontend.API and its own Compiler. It knows what this repository's
// gadgets ask for; the rest panics.
type recorder struct {
	compiler // none: for the methods of frontend.Compiler that are not implemented
	Recording
	twist Twist
	all   bool
	blind bool // ask no hints: see Places
	lies  map[solver.HintID]solver.Hint
	pairs map[uintptr]bool // by call: whether a product is one half of a row, see isHalf
}

type compiler = frontend.Compiler

// row notes a row, made by a method of the API.
func (r *recorder) row(method string, holds bool) {
	if r.all || !holds {
		stack := callers()
		if r.all {
			r.stacks, r.methods = append(r.stacks, stack), append(r.methods, method)
		}
		if !holds {
			r.Refused = append(r.Refused, Row{r.Rows, pathOf(stack, method)})
		}
	}
	r.Rows++
}

// isHalf reports whether a product was asked for by rank1.AssertProduct, whose row is the
// equation that follows.
func (r *recorder) isHalf() bool {
	var pc [1]uintptr
	runtime.Callers(3, pc[:])
	half, known := r.pairs[pc[0]]
	if !known {
		frame, _ := runtime.CallersFrames(pc[:]).Next()
		half = strings.HasSuffix(frame.Function, "rank1.AssertProduct")
		if r.pairs == nil {
			r.pairs = map[uintptr]bool{}
		}
		r.pairs[pc[0]] = half
	}
	return half
}

// ask answers a hint, with the lies that are told.
func (r *recorder) ask(f solver.Hint, n int, inputs []frontend.Variable) ([]frontend.Variable, error) {
	if r.blind {
		return blanks(n), nil
	}
	id := solver.GetHintID(f)
	if lie, ok := r.lies[id]; ok {
		f = lie
	}
	in, out := make([]*big.Int, len(inputs)), make([]*big.Int, n)
	for i := range in {
		in[i] = valueOf(inputs[i]).v.BigInt(new(big.Int))
	}
	for i := range out {
		out[i] = new(big.Int)
	}
	if err := f(new(big.Int).Set(field), in, out); err != nil {
		return nil, err
	}
	if len(r.Hints) == r.twist.Hint {
		r.twist.Change(in, out)
	}
	r.Hints = append(r.Hints, Call{id, n})
	wires := make([]frontend.Variable, n)
	for i := range wires {
		w := new(wire)
		w.v.SetBigInt(out[i])
		wires[i] = w
	}
	return wires, nil
}

// blanks returns n wires.
func blanks(n int) []frontend.Variable {
	wires := make([]frontend.Variable, n)
	for i := range wires {
		wires[i] = new(wire)
	}
	return wires
}
