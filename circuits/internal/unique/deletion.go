package unique

import (
	"fmt"
	"slices"
	"strings"
)

// A Score says what happens when one row after the other is left out. A row is
//
//   - killed if a wire that was unique, and that another row reads, may then have a choice. Wires that
//     have one are named, and once they are given, the proof of all others goes through;
//   - unread if what may have a choice then is read by no other row;
//   - an assertion if nothing has a choice then, and the proof does not use it: it says something of wires
//     that others determine, and tests of lies have to see it;
//   - of the axiom if package eddsa makes it, hashes apart: see eddsa.go;
//   - a survivor if nothing has a choice then, though the proof uses it.
type Score struct {
	Rows, Killed, Unread, Assertions, OfAxiom int

	One, Few, Many int // killed rows that name one wire, two to ten, more
	Survivors      []string
}

// Delete leaves out each of the rows, alone.
func (s *System) Delete(places []string, rows []int32) (*Score, error) {
	if err := s.setPlaces(places); err != nil {
		return nil, err
	}
	s.remember()
	p := blankProver(s)
	p.trail = &trail{}
	p.start()
	p.assumeEdDSA()
	n, whole := newNaming(s, p.trail), p.finish(places)
	score := &Score{Rows: len(rows)}
	rows = slices.DeleteFunc(slices.Clone(rows), func(i int32) bool {
		isAxiom := s.regions != nil && s.regions[i] != outside
		if isAxiom {
			score.OfAxiom++
		}
		return isAxiom
	})
	var err error
	s.eachAbsent(rows, func(p *prover, i int32) {
		lost := p.lost(whole)
		named := n.name(p, i)
		switch {
		case (len(lost) == 0) != (len(named) == 0):
			err = fmt.Errorf("unique: row %d: %d wires have a choice, %d are named", i, len(lost), len(named))
		case slices.ContainsFunc(lost, func(w int32) bool { return len(s.rowsOf(w)) > 1 }):
			score.kill(named)
		case len(lost) > 0:
			score.Unread++
		case !whole.used[i] || s.internals[i] == 0:
			score.Assertions++
		default:
			score.Survivors = append(score.Survivors, fmt.Sprintf("row %d, %s", i, place(places, i)))
		}
	})
	return score, err
}

func (s *Score) kill(named []int32) {
	s.Killed++
	switch {
	case len(named) == 1:
		s.One++
	case len(named) <= 10:
		s.Few++
	default:
		s.Many++
	}
}

// lost returns the wires that have one value in the whole system, and may have a choice here.
func (p *prover) lost(whole *Report) (wires []int32) {
	for w, by := range p.by {
		if !by.isProof() && whole.by[w].isProof() {
			wires = append(wires, int32(w))
		}
	}
	return wires
}

func place(places []string, i int32) string {
	if places == nil {
		return "of no known place"
	}
	return places[i]
}

// String writes the score as a table.
func (s *Score) String() string {
	var b strings.Builder
	line := func(name string, n int) { fmt.Fprintf(&b, "%-20s %8d\n", name, n) }
	line("rows left out", s.Rows)
	line("killed", s.Killed)
	line("  by one wire", s.One)
	line("  by 2 to 10 wires", s.Few)
	line("  by more", s.Many)
	line("unread", s.Unread)
	line("assertions", s.Assertions)
	line("of the axiom", s.OfAxiom)
	line("survivors", len(s.Survivors))
	for _, row := range s.Survivors {
		fmt.Fprintf(&b, "  %s\n", row)
	}
	return b.String()
}
