package unique

import (
	"container/heap"
	"slices"
)

// A naming names, for a row that is left out, wires that have a choice then, such that a proof of all
// others goes through once they are given.
//
// It goes through the firings of the whole proof that the row touches, in their order, and repeats them
// without the row. A fact that does not follow again either is one value of a wire that may have a choice:
// then the wire is named, and given from there on; or it is lost, and every later firing of the wire's
// rows has to be repeated, too. All other firings stand as they are: their rows are there, and of
// those rows' wires no fact is lost that was known.
type naming struct {
	s        *System
	trail    *trail
	firings  [][]int32 // by row
	facts    [][]int32 // by wire
	scratch  *prover   // knows something of the wires of one firing's rows only
	row      int32     // the one left out
	left     *prover   // knows all that follows without it
	lost     map[int32]bool
	named    []int32
	isNamed  map[int32]bool
	queue    firingQueue
	isQueued map[int32]bool
}

func newNaming(s *System, t *trail) *naming {
	n := &naming{s: s, trail: t, firings: make([][]int32, s.rows), facts: make([][]int32, s.wires), scratch: blankProver(s)}
	for g, f := range t.firings {
		for _, i := range f.rows {
			if of := n.firings[i]; len(of) == 0 || of[len(of)-1] != int32(g) {
				n.firings[i] = append(of, int32(g))
			}
		}
	}
	for k, f := range t.facts {
		n.facts[f.wire] = append(n.facts[f.wire], int32(k))
	}
	return n
}

// name returns the wires for a row, of which left knows all that follows without it.
func (n *naming) name(left *prover, i int32) []int32 {
	n.row, n.left = i, left
	n.lost, n.isNamed, n.isQueued, n.named = map[int32]bool{}, map[int32]bool{}, map[int32]bool{}, nil
	n.scratch.absent[i] = true
	for _, g := range n.firings[i] {
		n.push(g)
	}
	for n.queue.Len() > 0 {
		n.repeat(heap.Pop(&n.queue).(int32))
	}
	n.scratch.absent[i] = false
	return n.named
}

func (n *naming) push(g int32) {
	if !n.isQueued[g] {
		n.isQueued[g] = true
		heap.Push(&n.queue, g)
	}
}

// factsOf returns the first fact of a firing, and the first of the next.
func (n *naming) factsOf(g int32) (from, to int32) {
	to = int32(len(n.trail.facts))
	if int(g)+1 < len(n.trail.firings) {
		to = n.trail.firings[g+1].first
	}
	return n.trail.firings[g].first, to
}

// repeat goes through the facts of a firing.
func (n *naming) repeat(g int32) {
	rows := n.trail.firings[g].rows
	from, to := n.factsOf(g)
	var open []int32
	for k := from; k < to; k++ {
		if !n.left.satisfies(n.trail.facts[k]) {
			open = append(open, k)
		}
	}
	for most := 1; len(open) > 0; most *= 2 {
		n.refill(rows, from)
		for _, i := range rows {
			n.scratch.retry(i)
		}
		open = slices.DeleteFunc(open, func(k int32) bool { return n.scratch.satisfies(n.trail.facts[k]) })
		n.forget(rows)
		if n.nameSome(open, slices.Contains(rows, n.row), most) == 0 {
			break
		}
	}
	for _, k := range open {
		n.lost[k] = true
		for _, i := range n.s.rowsOf(n.trail.facts[k].wire) {
			for _, later := range n.firings[i] {
				if later > g {
					n.push(later)
				}
			}
		}
	}
}

// nameSome names wires of open facts, a few more each time it is asked of one firing, and returns how
// many. Wires that still have one value without the row are not named.
func (n *naming) nameSome(open []int32, isOfRow bool, most int) (named int) {
	for _, k := range open {
		f := n.trail.facts[k]
		if f.kind != oneValue && !isOfRow || n.isNamed[f.wire] || n.left.isUnique(f.wire) {
			continue
		}
		n.isNamed[f.wire] = true
		n.named = append(n.named, f.wire)
		if named++; named == most {
			break
		}
	}
	return named
}

// refill tells the scratch prover what is known of the wires of rows before a fact.
func (n *naming) refill(rows []int32, before int32) {
	p := n.scratch
	p.fast, p.stuck, p.open = p.fast[:0], p.stuck[:0], p.open[:0]
	for _, i := range p.slow {
		p.queued[i] = false
	}
	p.slow = p.slow[:0]
	for _, i := range rows {
		p.unknown[i] = 0
		for _, w := range wiresOf(n.s.read(i)) {
			n.recall(w, before)
			if !p.isUnique(w) {
				p.unknown[i]++
			}
		}
	}
}

// forget makes the scratch prover know nothing but inputs.
func (n *naming) forget(rows []int32) {
	p := n.scratch
	for _, i := range rows {
		for _, w := range wiresOf(n.s.read(i)) {
			p.values[w] = anything
			if w >= n.s.inputs {
				p.by[w], p.deltas[w] = unproven, anything
			}
		}
	}
}

// recall tells the scratch prover what was known of a wire before a fact and is not lost, and what follows
// without the row.
func (n *naming) recall(w, before int32) {
	p := n.scratch
	p.by[w], p.values[w], p.deltas[w] = n.left.by[w], n.left.values[w], n.left.deltas[w]
	if n.isNamed[w] {
		p.by[w] = input
	}
	for _, k := range n.facts[w] {
		if k >= before {
			break
		}
		if n.lost[k] {
			continue
		}
		switch f := n.trail.facts[k]; f.kind {
		case oneValue:
			p.by[w] = f.by
		case hasValues:
			p.values[w] = n.s.sets.both(p.values[w], f.to)
			p.deltas[w] = n.s.sets.both(p.deltas[w], n.s.sets.differences(f.to))
		case differsBy:
			p.deltas[w] = n.s.sets.both(p.deltas[w], f.to)
		}
	}
	if p.isUnique(w) {
		p.deltas[w] = zeroSet
	}
}

// satisfies reports whether a prover knows as much as a fact says, or more.
func (p *prover) satisfies(f fact) bool {
	switch w := f.wire; f.kind {
	case hasValues:
		return p.values[w] != anything && p.s.sets.both(p.values[w], f.to) == p.values[w]
	case differsBy:
		return p.isUnique(w) || p.deltas[w] != anything && p.s.sets.both(p.deltas[w], f.to) == p.deltas[w]
	}
	return p.isUnique(f.wire)
}

// retry applies all lemmas to a row, once.
func (p *prover) retry(i int32) {
	if p.absent[i] || p.unknown[i] == 0 {
		return
	}
	if p.unknown[i] == 1 && (p.solve(i) || p.isZero(i) || p.solveBySlope(i)) {
		return
	}
	p.deduce(i)
	if p.unknown[i] > 1 {
		p.balanceGroups(i)
	}
}

// A firingQueue is a heap of firings, the first first.
type firingQueue []int32

func (q firingQueue) Len() int           { return len(q) }
func (q firingQueue) Less(a, b int) bool { return q[a] < q[b] }
func (q firingQueue) Swap(a, b int)      { q[a], q[b] = q[b], q[a] }
func (q *firingQueue) Push(g any)        { *q = append(*q, g.(int32)) }
func (q *firingQueue) Pop() any {
	last := len(*q) - 1
	g := (*q)[last]
	*q = (*q)[:last]
	return g
}
