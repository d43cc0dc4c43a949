package unique

import (
	"container/heap"
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"

	"github.com/genproof/genproof/circuits/internal/hint"
)

// A Forger looks for assignments that all rows accept but one. It changes a wire of a real solution and
// solves again whatever reads it: rows and hints, in the order of the solver. A row that refuses then
// and has an input gets another input: that makes a solution of other inputs, which the left out row
// would have refused.
//
// What it finds is checked row by row. That it finds nothing says nothing.
type Forger struct {
	s       *System
	real    []fr.Element
	steps   []step
	readers [][]int32 // by wire: steps
	stepOf  []int32   // by row
	repair  Repair
	inputOf map[fr.Element]int32 // by real value: the last that has it

	values     []fr.Element // of the attempt
	changed    []int32      // wires, once or more
	isFixed    map[int32]bool
	moved      []int32 // inputs
	isRepaired bool
	queue      firingQueue
	queued     map[int32]bool
}

// A step of the solver is a row, which gives one wire or none, or a hint.
type step struct {
	row    int32 // −1 for a hint
	out    []int32
	hint   solver.Hint
	inputs []form
}

// A Repair makes good what linear equations cannot: it returns inputs' new values, as a signature is made
// anew when what it signs was moved. Inputs are known by their values in the real solution; now returns
// what they have become. It is asked once an attempt.
type Repair func(now func(was fr.Element) fr.Element) map[fr.Element]fr.Element

// NewForger takes a solution of the system, one value a wire. The repair may be nil.
func NewForger(s *System, r1cs *cs.R1CS, real []fr.Element, repair Repair) (*Forger, error) {
	if len(real) != int(s.wires) {
		return nil, fmt.Errorf("unique: a solution has %d values for %d wires", len(real), s.wires)
	}
	f := &Forger{s: s, real: real, repair: repair, inputOf: map[fr.Element]int32{}, values: slices.Clone(real), readers: make([][]int32, s.wires), stepOf: make([]int32, s.rows)}
	hints := map[solver.HintID]solver.Hint{}
	for _, h := range solver.GetRegisteredHints() {
		hints[solver.GetHintID(h)] = h
	}
	for _, k := range hint.All() {
		hints[k.ID] = k.Func
	}
	isSolved := make([]bool, s.wires)
	for w := range s.inputs {
		isSolved[w] = true
		f.inputOf[real[w]] = w
	}
	rows := int32(0)
	for _, in := range r1cs.Instructions {
		n := int32(len(f.steps))
		if b, ok := r1cs.Blueprints[in.BlueprintID].(*constraint.BlueprintGenericHint); ok {
			var m constraint.HintMapping
			b.DecompressHint(&m, in.Unpack(&r1cs.System))
			st := step{row: -1, hint: hints[m.HintID]}
			for w := m.OutputRange.Start; w < m.OutputRange.End; w++ {
				st.out = append(st.out, int32(w))
				isSolved[w] = true
			}
			for _, l := range m.Inputs {
				st.inputs = append(st.inputs, formOf(r1cs, l))
				f.reads(n, st.inputs[len(st.inputs)-1])
			}
			f.steps = append(f.steps, st)
			continue
		}
		r := s.read(rows)
		st := step{row: rows}
		for _, w := range wiresOf(r) {
			if !isSolved[w] {
				st.out = append(st.out, w)
				isSolved[w] = true
			}
		}
		for _, x := range r.forms() {
			f.reads(n, x)
		}
		f.stepOf[rows] = n
		f.steps = append(f.steps, st)
		if rows++; len(st.out) > 1 || !f.holds(rows-1) {
			return nil, fmt.Errorf("unique: row %d: %d new wires, or no solution", rows-1, len(st.out))
		}
	}
	return f, nil
}

// reads notes that a step reads the wires of a form.
func (f *Forger) reads(n int32, x form) {
	for _, t := range x.variable() {
		if of := f.readers[t.wire]; len(of) == 0 || of[len(of)-1] != n {
			f.readers[t.wire] = append(of, n)
		}
	}
}

func (f *Forger) sum(x form) (sum fr.Element) {
	for i := range x {
		var t fr.Element
		sum.Add(&sum, t.Mul(&x[i].coeff, &f.values[x[i].wire]))
	}
	return sum
}

// holds reports whether a row accepts the values.
func (f *Forger) holds(i int32) bool {
	r := f.s.read(i)
	a, b, c := f.sum(r.l), f.sum(r.r), f.sum(r.o)
	return *a.Mul(&a, &b) == c
}

// A Forgery is what a Forger found.
type Forgery uint8

const (
	NoForgery   Forgery = iota
	OtherInputs         // the other rows accept it, and some input is another one
	EqualInputs         // the same, of the same inputs: a second solution
)

// Forge looks for values that all rows accept but i, with another value in the wire.
func (f *Forger) Forge(i, w int32) Forgery {
	for _, change := range f.changes(i, w) {
		found := f.attempt(i, change)
		isOther := f.values[w] != f.real[w]
		found = f.check(i, found, isOther)
		f.reset()
		if found != NoForgery {
			return found
		}
	}
	return NoForgery
}

// check goes through all rows of the wires that have changed: the others hold as before.
func (f *Forger) check(i int32, found Forgery, isOther bool) Forgery {
	if found == NoForgery || !isOther || f.holds(i) {
		return NoForgery
	}
	seen := map[int32]bool{i: true}
	for _, w := range f.changed {
		for _, j := range f.s.rowsOf(w) {
			if seen[j] {
				continue
			}
			seen[j] = true
			if !f.holds(j) {
				return NoForgery
			}
		}
	}
	return found
}

func (f *Forger) reset() {
	for _, w := range f.changed {
		f.values[w] = f.real[w]
	}
	f.changed, f.moved, f.queue = f.changed[:0], nil, f.queue[:0]
}

// A change gives wires new values.
type change map[int32]fr.Element

// changes returns what is tried of a wire: the other bit, one more, something large, and, where the row
// left out bounds it, two bits at once that leave a sum as it is.
func (f *Forger) changes(i, w int32) (all []change) {
	v, one := f.real[w], fr.One()
	var flipped, more, large fr.Element
	if flipped.Sub(&one, &v); v.IsZero() || v.IsOne() {
		all = append(all, change{w: flipped})
	}
	more.Add(&v, &one)
	large.SetUint64(0x9e3779b97f4a7c15).Square(&large).Add(&large, &v)
	all = append(all, change{w: more}, change{w: large})
	if f.s.kinds[i] == oneWire {
		for _, j := range f.s.rowsOf(w) {
			if c := f.pair(j, w); j != i && c != nil {
				return append([]change{c}, all...)
			}
		}
	}
	return all
}

// pair flips another bit of a row's sum and makes up for it in w, nil if there is none.
func (f *Forger) pair(j, w int32) change {
	var x form
	if roots, ok := f.s.roots[j]; ok {
		x = roots.form
	} else if f.s.kinds[j] == linear {
		x = linearForm(f.s.read(j))
	}
	own := x.coeff(w)
	for _, t := range slices.Backward(x.variable()) {
		v := f.real[t.wire]
		if t.wire < f.s.inputs || t.wire == w || own.IsZero() || !f.s.isHint(t.wire) || !v.IsZero() && !v.IsOne() {
			continue
		}
		one, flipped := fr.One(), fr.Element{}
		flipped.Sub(&one, &v)
		var step, value fr.Element
		step.Sub(&v, &flipped).Mul(&step, &t.coeff).Div(&step, &own)
		return change{t.wire: flipped, w: *value.Add(&f.real[w], &step)}
	}
	return nil
}

// mostSteps bounds an attempt, by the number of steps that there are.
const mostSteps = 3

// attempt solves anew what reads the changed wires, without row i.
func (f *Forger) attempt(i int32, c change) Forgery {
	f.isFixed, f.queued, f.isRepaired = map[int32]bool{}, map[int32]bool{}, f.repair == nil
	for w, v := range c {
		f.isFixed[w] = true
		f.set(w, v)
	}
	for n := 0; f.queue.Len() > 0; n++ {
		k := heap.Pop(&f.queue).(int32)
		f.queued[k] = false
		if n > mostSteps*len(f.steps) || !f.take(f.steps[k], i) {
			return NoForgery
		}
	}
	if len(f.moved) > 0 {
		return OtherInputs
	}
	return EqualInputs
}

func (f *Forger) set(w int32, v fr.Element) {
	if f.values[w] == v {
		return
	}
	f.values[w] = v
	f.changed = append(f.changed, w)
	for _, k := range f.readers[w] {
		if !f.queued[k] {
			f.queued[k] = true
			heap.Push(&f.queue, k)
		}
	}
}

// take repeats a step, and reports whether it may go on.
func (f *Forger) take(st step, without int32) bool {
	switch {
	case st.row < 0:
		return f.ask(st)
	case st.row == without:
		return true
	case len(st.out) == 1 && !f.isFixed[st.out[0]] && f.solve(st.row, st.out[0]):
		return true
	}
	return f.holds(st.row) || f.move(st.row) || f.mend()
}

// ask asks a hint.
func (f *Forger) ask(st step) bool {
	var in, out []*big.Int
	for _, x := range st.inputs {
		v := f.sum(x)
		in = append(in, v.BigInt(new(big.Int)))
	}
	for range st.out {
		out = append(out, new(big.Int))
	}
	if st.hint(modulus, in, out) != nil {
		return false
	}
	for k, w := range st.out {
		if !f.isFixed[w] {
			var v fr.Element
			v.SetBigInt(out[k])
			f.set(w, v)
		}
	}
	return true
}

// solve gives a wire the value that a row leaves it, false if there is none or more.
func (f *Forger) solve(i, w int32) bool {
	r := f.s.read(i)
	l1, r1, o1 := r.l.coeff(w), r.r.coeff(w), r.o.coeff(w)
	if !l1.IsZero() && !r1.IsZero() {
		return false
	}
	a, b, c, t := f.sum(r.l), f.sum(r.r), f.sum(r.o), fr.Element{}
	a.Sub(&a, t.Mul(&l1, &f.values[w])) // without w
	b.Sub(&b, t.Mul(&r1, &f.values[w]))
	c.Sub(&c, t.Mul(&o1, &f.values[w]))
	slope := l1
	slope.Mul(&slope, &b).Add(&slope, t.Mul(&r1, &a)).Sub(&slope, &o1)
	if slope.IsZero() {
		return false
	}
	c.Sub(&c, t.Mul(&a, &b)).Div(&c, &slope)
	f.set(w, c)
	return true
}

// move gives the input of a row that fewest steps read, and that has not been moved, the value that the
// row leaves it.
func (f *Forger) move(i int32) bool {
	best := int32(-1)
	for _, w := range wiresOf(f.s.read(i)) {
		if w < f.s.inputs && !f.isFixed[w] && (best < 0 || len(f.readers[w]) < len(f.readers[best])) {
			best = w
		}
	}
	if best < 0 || !f.solve(i, best) {
		return false
	}
	f.isFixed[best] = true
	f.moved = append(f.moved, best)
	return true
}

// mend asks for a repair. The row that refuses has to hold in the end, which check sees.
func (f *Forger) mend() bool {
	if f.isRepaired {
		return false
	}
	f.isRepaired = true
	for was, v := range f.repair(func(was fr.Element) fr.Element { return f.values[f.inputOf[was]] }) {
		w := f.inputOf[was]
		f.isFixed[w] = true
		f.moved = append(f.moved, w)
		f.set(w, v)
	}
	return true
}
