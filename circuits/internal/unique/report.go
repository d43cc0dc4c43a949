package unique

import (
	"fmt"
	"slices"
	"strings"
)

// A Report says of every wire of a system why it has no choice.
type Report struct {
	Rows, Wires, Inputs int
	counts              [nbLemmas]int
	assertions          int // rows that define no wire
	unproven            []string
	by                  []lemma
	used                []bool
}

// Unproven returns how many wires may have a choice.
func (r *Report) Unproven() int { return r.counts[unproven] }

// Proven returns how many wires lemmas prove unique, inputs and axioms aside.
func (r *Report) Proven() (n int) {
	for l := solved; l < axiom; l++ {
		n += r.counts[l]
	}
	return n
}

// Axioms returns how many wires are unique by the arithmetic of a curve.
func (r *Report) Axioms() int { return r.counts[axiom] }

// Free returns how many wires have a choice that is explained.
func (r *Report) Free() (n int) {
	for l := quotient; l < nbLemmas; l++ {
		n += r.counts[l]
	}
	return n
}

// Prove goes through a system. places names the rows by their source, as
// circuittest.Places does; without it nothing is assumed of package eddsa.
func (s *System) Prove(places []string) (*Report, error) {
	if err := s.setPlaces(places); err != nil {
		return nil, err
	}
	return s.proveWithout(places), nil
}

func (s *System) setPlaces(places []string) error {
	if places != nil && len(places) != int(s.rows) {
		return fmt.Errorf("unique: %d places for %d rows", len(places), s.rows)
	}
	if s.regions = nil; places != nil {
		s.nameRegions(places)
	}
	return nil
}

// proveWithout goes through a system without some of its rows.
func (s *System) proveWithout(places []string, rows ...int32) *Report {
	p := newProver(s, rows...)
	p.assumeEdDSA()
	return p.finish(places)
}

// finish explains wires that no other row reads, and reports.
func (p *prover) finish(places []string) *Report {
	s := p.s
	for w := s.inputs; w < s.wires; w++ {
		if p.by[w] == unproven && p.isQuotient(w) {
			p.by[w] = quotient
			p.use(slices.Collect(p.rowsOf(w))...)
		}
	}
	return p.report(places)
}

// mostListed is how many unproven wires a report names.
const mostListed = 20

func (p *prover) report(places []string) *Report {
	r := &Report{Rows: int(p.s.rows), Wires: int(p.s.wires), Inputs: int(p.s.inputs), by: p.by, used: p.used}
	for w, by := range p.by {
		r.counts[by]++
		if by == unproven && len(r.unproven) < mostListed {
			r.unproven = append(r.unproven, p.describe(int32(w), places))
		}
	}
	for _, used := range p.used {
		if !used {
			r.assertions++
		}
	}
	return r
}

// describe names a wire by who computes it and the first row that reads it.
func (p *prover) describe(w int32, places []string) string {
	text := p.s.origin(w)
	if rows := p.s.rowsOf(w); len(rows) > 0 {
		text += fmt.Sprintf(": row %d of %d", rows[0], len(rows))
		if places != nil {
			text += ", " + places[rows[0]]
		}
	}
	return text
}

// String writes the report as a table.
func (r *Report) String() string {
	var b strings.Builder
	line := func(name string, n int) { fmt.Fprintf(&b, "%-20s %8d\n", name, n) }
	line("rows", r.Rows)
	line("rows that assert", r.assertions)
	line("wires", r.Wires)
	for l := input; l < nbLemmas; l++ {
		if r.counts[l] > 0 {
			line(lemmaNames[l], r.counts[l])
		}
	}
	line(lemmaNames[unproven], r.counts[unproven])
	for _, w := range r.unproven {
		fmt.Fprintf(&b, "  %s\n", w)
	}
	return b.String()
}
