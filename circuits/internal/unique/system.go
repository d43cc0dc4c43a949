package unique

import (
	"fmt"

	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// A System is a constraint system as the prover reads it. It is not changed by proofs but
// for what they remember of rows that look alike.
type System struct {
	inputs, wires int32 // inputs are wires 0 to inputs − 1, the constant one among them
	rows          int32
	read          func(i int32) row
	origin        func(wire int32) string // who computes it
	isHint        func(wire int32) bool

	starts, uses []int32 // the rows of wire w: uses[starts[w]:starts[w+1]]
	internals    []int32 // by row: its internal wires
	kinds        []kind
	roots        map[int32]rootRow // of the rows of kind oneWire and twoRoots
	bounded      []bounded         // what rows of kind oneWire say
	inputRoots   map[int32][]int32 // by input, its rows of kind twoRoots
	sets         *sets
	tables       map[string]table
	regions      []region // by row, once they are named: see eddsa.go
}

// A kind is what a row is good for.
type kind uint8

const (
	product   kind = iota // too many wires to go through their values
	shortRow              // a product of few wires: see table.go
	linear                // one factor is constant: see balance.go
	oneWire               // two values of one wire: see roots.go
	twoRoots              // two values of a form: see roots.go and balance.go
	mostShort = 7         // wires of a short row
)

// A bounded wire has the values that a row of its own leaves it.
type bounded struct {
	row, wire int32
	values    setID
}

// New reads an R1CS. It is an error if a row or a hint has a form that the product's
// circuits do not use.
func New(r1cs *cs.R1CS) (*System, error) {
	inputs := r1cs.GetNbPublicVariables() + r1cs.GetNbSecretVariables()
	var instructions []int32
	origins := map[int32]string{} // of the first output of each hint
	hintOf := make([]int32, r1cs.GetNbInternalVariables())
	for i, in := range r1cs.Instructions {
		switch b := r1cs.Blueprints[in.BlueprintID].(type) {
		case *constraint.BlueprintGenericR1C:
			instructions = append(instructions, int32(i))
		case *constraint.BlueprintGenericHint:
			var h constraint.HintMapping
			b.DecompressHint(&h, in.Unpack(&r1cs.System))
			origins[int32(h.OutputRange.Start)] = r1cs.MHintsDependencies[h.HintID]
			for w := h.OutputRange.Start; w < h.OutputRange.End; w++ {
				hintOf[int(w)-inputs] = int32(h.OutputRange.Start)
			}
		default:
			return nil, fmt.Errorf("unique: instruction %d is of blueprint %T, want a row or a hint", i, b)
		}
	}
	if got, want := len(instructions), r1cs.GetNbConstraints(); got != want {
		return nil, fmt.Errorf("unique: read %d rows, the system has %d", got, want)
	}
	read := func(i int32) row {
		in := r1cs.Instructions[instructions[i]]
		var c constraint.R1C
		r1cs.Blueprints[in.BlueprintID].(*constraint.BlueprintGenericR1C).DecompressR1C(&c, in.Unpack(&r1cs.System))
		return row{formOf(r1cs, c.L), formOf(r1cs, c.R), formOf(r1cs, c.O)}
	}
	s := newSystem(inputs, inputs+r1cs.GetNbInternalVariables(), len(instructions), read)
	s.isHint = func(w int32) bool { return int(w) >= inputs && hintOf[int(w)-inputs] != 0 }
	s.origin = func(w int32) string {
		if !s.isHint(w) {
			return fmt.Sprintf("wire %d", w)
		}
		first := hintOf[int(w)-inputs]
		return fmt.Sprintf("wire %d, output %d of %s", w, w-first, origins[first])
	}
	return s, nil
}

func formOf(r1cs *cs.R1CS, l constraint.LinearExpression) form {
	f := make(form, 0, len(l))
	for _, t := range l {
		w := int32(0)
		if !t.IsConstant() {
			w = int32(t.WireID())
		}
		f = append(f, term{w, r1cs.Coefficients[t.CoeffID()]})
	}
	return tidy(f)
}

// newSystem indexes rows. Its memory is a few numbers a wire and one for each wire of each
// row; forms are read again whenever they are needed.
func newSystem(inputs, wires, rows int, read func(int32) row) *System {
	s := &System{
		inputs: int32(inputs), wires: int32(wires), rows: int32(rows), read: read,
		origin: func(w int32) string { return fmt.Sprintf("wire %d", w) },
		isHint: func(int32) bool { return false },
		starts: make([]int32, wires+1), internals: make([]int32, rows),
		kinds: make([]kind, rows), roots: map[int32]rootRow{}, inputRoots: map[int32][]int32{},
		sets: newSets(), tables: map[string]table{},
	}
	var pairs [][]int32 // by row, its wires, until they are sorted by wire
	seen := make([]int32, wires)
	for i := range s.rows {
		r := read(i)
		var of []int32
		for _, f := range r.forms() {
			for _, t := range f {
				if t.wire == 0 || seen[t.wire] == i+1 {
					continue
				}
				seen[t.wire] = i + 1
				of = append(of, t.wire)
				s.starts[t.wire+1]++
				if t.wire >= s.inputs {
					s.internals[i]++
				}
			}
		}
		pairs = append(pairs, of)
		s.classify(i, r, len(of))
	}
	for w := range len(s.starts) - 1 {
		s.starts[w+1] += s.starts[w]
	}
	s.uses = make([]int32, s.starts[len(s.starts)-1])
	next := append([]int32(nil), s.starts...)
	for i, of := range pairs {
		for _, w := range of {
			s.uses[next[w]] = int32(i)
			next[w]++
		}
	}
	return s
}

// classify notes what a row of n wires is good for.
func (s *System) classify(i int32, r row, n int) {
	switch {
	case r.l.isConstant() || r.r.isConstant():
		s.kinds[i] = linear
	case n <= mostShort:
		s.kinds[i] = shortRow
	}
	if roots, ok := rootsOf(r); ok {
		s.roots[i] = roots
		s.kinds[i] = twoRoots
		if len(roots.form) == 1 {
			s.kinds[i] = oneWire
			if v, isSmall := roots.values(); isSmall {
				s.bounded = append(s.bounded, bounded{i, roots.form[0].wire, s.sets.id(v)})
			}
			return
		}
		for _, t := range roots.form {
			if t.wire < s.inputs {
				s.inputRoots[t.wire] = append(s.inputRoots[t.wire], i)
			}
		}
	}
}

// rowsOf returns the rows of a wire, increasing.
func (s *System) rowsOf(w int32) []int32 { return s.uses[s.starts[w]:s.starts[w+1]] }

// remember keeps all rows in memory, for systems that are proven many times.
func (s *System) remember() {
	all := make([]row, s.rows)
	for i := range all {
		all[i] = s.read(int32(i))
	}
	s.read = func(i int32) row { return all[i] }
}

// linearForm returns the form that a linear row makes zero.
func linearForm(r row) form {
	if r.l.isConstant() {
		return combine(r.l.constant(), r.r, minusOne(), r.o)
	}
	return combine(r.r.constant(), r.l, minusOne(), r.o)
}
