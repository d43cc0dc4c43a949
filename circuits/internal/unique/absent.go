package unique

import "slices"

// eachAbsent calls visit for each of the rows, with a prover that knows all that follows from the
// other rows of the system.
//
// It halves: what follows without any of the rows follows without one half of them, too, so it
// adds the other half and goes on; then it takes back what it has learnt. A fact is only ever
// learnt from rows that are there, and each row is added about log2(n) times, not n.
func (s *System) eachAbsent(rows []int32, visit func(p *prover, i int32)) {
	p := blankProver(s, rows...)
	p.trail = &trail{}
	p.start()
	p.assumeEdDSA()
	p.halve(rows, visit)
}

func (p *prover) halve(rows []int32, visit func(p *prover, i int32)) {
	if len(rows) == 1 {
		visit(p, rows[0])
		return
	}
	half := len(rows) / 2
	for _, part := range [][2][]int32{{rows[:half], rows[half:]}, {rows[half:], rows[:half]}} {
		n, stuck := len(p.trail.facts), slices.Clone(p.stuck)
		for _, i := range part[1] {
			p.add(i)
		}
		p.closure()
		p.halve(part[0], visit)
		p.takeBack(n)
		p.stuck = stuck
		for _, i := range part[1] {
			p.absent[i] = true
		}
	}
}

// add puts a row back. Lemmas of other rows may use it, so its wires' rows are tried again.
func (p *prover) add(i int32) {
	p.absent[i] = false
	at, found := slices.BinarySearchFunc(p.s.bounded, i, func(b bounded, i int32) int { return int(b.row - i) })
	if found {
		p.begin()
		p.setValues(p.s.bounded[at].wire, p.s.bounded[at].values, i)
	}
	p.touch(i)
	if k := p.s.kinds[i]; k != product && k != linear {
		for _, w := range wiresOf(p.s.read(i)) {
			p.touchRowsOf(w)
		}
	}
}
