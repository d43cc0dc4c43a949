package unique

import (
	"iter"
	"slices"
)

// A lemma is why a wire has no choice.
type lemma uint8

const (
	unproven lemma = iota
	input
	solved
	nonzeroProduct
	balanced
	grouped
	canonical
	tabled
	isZero
	unary
	slopes   // solved, by a slope that is not 0
	axiom    // of EdDSA: see eddsa.go
	quotient // free where a factor is 0, and read by no other row
	lowOrder // of EdDSA, as what follows
	readings
	windows
	nbLemmas
)

var lemmaNames = [nbLemmas]string{"unproven", "input", "solved", "nonzero product", "balance", "balance of groups",
	"canonical", "table", "is zero", "unary", "slope", "axiom: eddsa",
	"free: quotient", "free: low order", "free: readings", "free: windows"}

// isProof reports whether the wire is unique.
func (l lemma) isProof() bool { return l != unproven && l < quotient }

// A prover collects what follows from the rows of a system, but those left out.
type prover struct {
	s      *System
	absent []bool // by row: left out

	by       []lemma // by wire
	provenBy []int32 // by wire: the row that gives it
	values   []setID // by wire
	valuesBy []int32 // the row that says so
	deltas   []setID // by wire
	unknown  []int32 // by row: its wires that are not unique
	used     []bool  // by row: something follows from it
	trail    *trail  // of what is learnt, nil if nobody asks

	fast   []int32         // rows with one unknown wire
	slow   []int32         // rows whose wires have changed
	queued []bool          // by row: in slow
	stuck  []int32         // rows with one unknown wire that could not be solved
	open   []int32         // equations that balance leaves open
	futile map[uint64]bool // states of equations that balance found nothing in
}

// newProver returns a prover that knows the inputs, and all that follows without some rows.
func newProver(s *System, without ...int32) *prover {
	p := blankProver(s, without...)
	p.start()
	return p
}

func blankProver(s *System, without ...int32) *prover {
	p := &prover{
		s: s, absent: make([]bool, s.rows), provenBy: make([]int32, s.wires),
		by: make([]lemma, s.wires), values: make([]setID, s.wires), valuesBy: make([]int32, s.wires),
		deltas: make([]setID, s.wires), unknown: slices.Clone(s.internals),
		used: make([]bool, s.rows), queued: make([]bool, s.rows), futile: map[uint64]bool{},
	}
	for w := range s.inputs {
		p.by[w], p.deltas[w] = input, zeroSet
	}
	for _, i := range without {
		p.absent[i] = true
	}
	return p
}

func (p *prover) start() {
	for _, b := range p.s.bounded {
		if !p.absent[b.row] {
			p.begin()
			p.setValues(b.wire, b.values, b.row)
		}
	}
	for i := range p.s.rows {
		p.touch(i)
	}
	p.closure()
}

// closure applies lemmas until nothing new follows. The order of work is that of rows, so equal
// systems have equal proofs.
func (p *prover) closure() {
	for {
		switch {
		case len(p.fast) > 0:
			i := p.fast[0]
			p.fast = p.fast[1:]
			p.begin()
			p.solve(i)
		case len(p.slow) > 0:
			i := p.slow[0]
			p.slow = p.slow[1:]
			p.queued[i] = false
			p.begin()
			p.deduce(i)
		case !p.unstick():
			return
		}
	}
}

// deduce applies the lemmas that look at more than one unknown wire of a row.
func (p *prover) deduce(i int32) {
	if p.unknown[i] == 0 {
		return
	}
	switch p.s.kinds[i] {
	case shortRow:
		p.tabulate(i)
	case linear:
		p.balance(i)
		p.unaryWires(i)
	case twoRoots:
		p.canonicalBits(i)
		p.balance(i)
	}
}

// unstick tries rows that have one unknown wire and could not be solved, and then groups of
// wires in equations: the lemmas that cost most and are needed least.
func (p *prover) unstick() (any bool) {
	slices.Sort(p.stuck)
	stuck := slices.Compact(p.stuck)
	p.stuck = nil
	for _, i := range stuck {
		if p.unknown[i] != 1 {
			continue
		}
		p.begin()
		if p.isZero(i) || p.solveBySlope(i) {
			any = true
		} else {
			p.stuck = append(p.stuck, i)
		}
	}
	if any {
		return true
	}
	open := p.open
	p.open = nil
	slices.Sort(open)
	open = slices.Compact(open)
	for _, i := range open {
		p.begin()
		if p.unknown[i] > 1 && p.balanceGroups(i) {
			any = true
		}
	}
	return any
}

func (p *prover) isUnique(w int32) bool { return p.by[w].isProof() }

// rowsOf goes through the rows of an internal wire, but those left out.
func (p *prover) rowsOf(w int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for _, i := range p.s.rowsOf(w) {
			if !p.absent[i] && !yield(i) {
				return
			}
		}
	}
}

// use notes that something follows from rows.
func (p *prover) use(rows ...int32) {
	for _, i := range rows {
		p.used[i] = true
	}
	p.because(rows...)
}

// useValues notes that something follows from what a wire's values are.
func (p *prover) useValues(w int32) {
	if w != 0 && p.values[w] != anything {
		p.used[p.valuesBy[w]] = true
	}
}

// learn notes that a wire is unique, and the first of the rows that it follows from.
func (p *prover) learn(w int32, by lemma, rows ...int32) {
	p.use(rows...)
	if p.isUnique(w) {
		return
	}
	p.note(fact{wire: w, kind: oneValue, by: by})
	if len(rows) > 0 {
		p.provenBy[w] = rows[0]
	}
	p.by[w], p.deltas[w] = by, zeroSet
	for _, i := range p.s.rowsOf(w) {
		p.unknown[i]--
		p.touch(i)
	}
}

// narrow notes what a wire may differ by.
func (p *prover) narrow(w int32, to setID, by lemma, i int32) {
	if p.isUnique(w) {
		return
	}
	left := p.s.sets.both(p.deltas[w], to)
	if left == p.deltas[w] {
		return
	}
	if left == zeroSet {
		p.learn(w, by, i)
		return
	}
	p.use(i)
	p.note(fact{wire: w, kind: differsBy, to: to})
	p.deltas[w] = left
	p.touchRowsOf(w)
}

// setValues notes that a wire's values are among some. Values that leave none say that there
// is no solution, which is not asked.
func (p *prover) setValues(w int32, v setID, by int32) {
	left := p.s.sets.both(p.values[w], v)
	if left == p.values[w] || len(p.s.sets.list[left]) == 0 {
		return
	}
	p.useValues(w)
	p.because(by)
	p.note(fact{wire: w, kind: hasValues, to: v})
	p.values[w], p.valuesBy[w] = left, by
	if !p.isUnique(w) {
		p.deltas[w] = p.s.sets.both(p.deltas[w], p.s.sets.differences(left))
	}
	if p.touchRowsOf(w); p.deltas[w] == zeroSet {
		p.learn(w, tabled, by)
	}
}

func (p *prover) touchRowsOf(w int32) {
	for _, i := range p.s.rowsOf(w) {
		p.touch(i)
	}
}

// touch puts a row on the work list.
func (p *prover) touch(i int32) {
	if p.absent[i] || p.unknown[i] == 0 {
		return
	}
	if p.unknown[i] == 1 {
		p.fast = append(p.fast, i)
	}
	if k := p.s.kinds[i]; (k == shortRow || k == linear || k == twoRoots) && !p.queued[i] {
		p.queued[i] = true
		p.slow = append(p.slow, i)
	}
}
