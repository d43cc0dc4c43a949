package unique

import (
	"fmt"
	"slices"
	"strings"
)

// A Score says what happens when one row after the other is left out. A row is
//
//   - killed if a wire that was unique, and that another row reads, may then have a choice;
//   - an assertion if it is of inputs only, no proof uses it, or what it defines is read by no
//     other row: it says something of wires that others determine, and tests of lies have to
//     see it;
//   - of the axiom if package eddsa makes it, hashes apart: see eddsa.go;
//   - a survivor if it is used and the wires it defines are unique without it.
type Score struct {
	Rows, Killed, Assertions, OfAxiom int
	Survivors                         []string
}

// Delete leaves out each of the rows, alone.
func (s *System) Delete(places []string, rows []int32) (*Score, error) {
	whole, err := s.Prove(places)
	if err != nil {
		return nil, err
	}
	s.remember()
	score := &Score{Rows: len(rows)}
	rows = slices.DeleteFunc(slices.Clone(rows), func(i int32) bool {
		isAxiom := s.regions != nil && s.regions[i] != outside
		if isAxiom {
			score.OfAxiom++
		}
		return isAxiom
	})
	s.eachAbsent(rows, func(p *prover, i int32) {
		lost := p.lost(whole)
		switch {
		case slices.ContainsFunc(lost, func(w int32) bool { return len(s.rowsOf(w)) > 1 }):
			score.Killed++
		case !whole.used[i] || s.internals[i] == 0 || len(lost) > 0:
			score.Assertions++
		default:
			score.Survivors = append(score.Survivors, fmt.Sprintf("row %d, %s", i, place(places, i)))
		}
	})
	return score, nil
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
	line("assertions", s.Assertions)
	line("of the axiom", s.OfAxiom)
	line("survivors", len(s.Survivors))
	for _, row := range s.Survivors {
		fmt.Fprintf(&b, "  %s\n", row)
	}
	return b.String()
}
