package unique

import (
	"fmt"
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
	for _, i := range rows {
		switch {
		case s.regions != nil && s.regions[i] != outside:
			score.OfAxiom++
		case s.internals[i] == 0 || !whole.used[i]:
			score.Assertions++
		default:
			left := s.proveWithout(i, places)
			lost, isRead := s.lost(i, whole, left)
			switch {
			case isRead:
				score.Killed++
			case lost:
				score.Assertions++
			default:
				score.Survivors = append(score.Survivors, fmt.Sprintf("row %d, %s", i, place(places, i)))
			}
		}
	}
	return score, nil
}

func place(places []string, i int32) string {
	if places == nil {
		return "of no known place"
	}
	return places[i]
}

// lost reports whether wires have a choice that had none, and whether another row reads one.
func (s *System) lost(i int32, whole, left *Report) (any, isRead bool) {
	for w := s.inputs; w < s.wires; w++ {
		if left.by[w] == whole.by[w] || left.by[w].isProof() {
			continue
		}
		any = true
		if whole.by[w].isProof() && len(s.rowsOf(w)) > 1 {
			isRead = true
		}
	}
	return any, isRead
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
