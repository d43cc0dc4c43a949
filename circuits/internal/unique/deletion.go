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
//   - a survivor if nothing has a choice then, though the proof uses it: another row gives its wires.
//
// A [Forger] looks for an assignment that only the row refuses: of killed rows for about a thousand, evenly
// spread, and of all others but the axiom's.
type Score struct {
	Rows                                      int
	Killed, Unread, Assertions, OfAxiom       int
	One, Few, Many                            int // killed rows that name one wire, two to ten, more
	Tried, Second, Moved                      int // killed rows that were tried, with a forgery of equal inputs, of others
	ForgedUnread, ForgedAssertions, ForgedFor int // of unread rows, assertions, survivors
	Survivors                                 []string
}

// Delete leaves out each of the rows, alone. The forger may be nil.
func (s *System) Delete(places []string, rows []int32, f *Forger) (*Score, error) {
	if err := s.setPlaces(places); err != nil {
		return nil, err
	}
	s.remember()
	p := blankProver(s)
	p.trail = &trail{}
	p.start()
	p.assumeEdDSA()
	d := &deletion{s: s, places: places, forger: f, naming: newNaming(s, p.trail), whole: p.finish(places), provenBy: p.provenBy, isTried: map[int32]bool{}}
	d.score.Rows = len(rows)
	rows = slices.DeleteFunc(slices.Clone(rows), func(i int32) bool { return s.regions != nil && s.regions[i] != outside })
	d.score.OfAxiom = d.score.Rows - len(rows)
	for k := 0; k < len(rows); k += 1 + len(rows)/mostTried {
		d.isTried[rows[k]] = true
	}
	s.eachAbsent(rows, d.leaveOut)
	return &d.score, d.err
}

// A deletion counts what happens.
type deletion struct {
	s        *System
	places   []string
	forger   *Forger
	naming   *naming
	whole    *Report
	provenBy []int32
	isTried  map[int32]bool // rows that are forged if they are killed
	score    Score
	err      error
}

// leaveOut counts a row, of which p knows all that follows without it.
func (d *deletion) leaveOut(p *prover, i int32) {
	lost, named := p.lost(d.whole), d.naming.name(p, i)
	switch {
	case (len(lost) == 0) != (len(named) == 0):
		d.err = fmt.Errorf("unique: row %d: %d wires have a choice, %d are named", i, len(lost), len(named))
	case slices.ContainsFunc(lost, func(w int32) bool { return len(d.s.rowsOf(w)) > 1 }):
		d.kill(i, named)
	case len(lost) > 0:
		d.score.Unread++
		count(&d.score.ForgedUnread, d.forge(i, named))
	case !d.whole.used[i] || d.s.internals[i] == 0:
		d.score.Assertions++
		count(&d.score.ForgedAssertions, d.forge(i, named))
	default:
		d.score.Survivors = append(d.score.Survivors, d.reason(p, i))
		count(&d.score.ForgedFor, d.forge(i, named))
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

// mostForged bounds the wires of a row that are forged.
const mostForged = 4

// forge looks for an assignment that only row i refuses: of another value in a named wire if there is one,
// else in a wire of its own.
func (d *deletion) forge(i int32, named []int32) Forgery {
	if d.forger == nil {
		return NoForgery
	}
	if len(named) == 0 {
		named = d.forger.own(i)
	}
	for _, w := range named[:min(mostForged, len(named))] {
		if found := d.forger.Forge(i, w); found != NoForgery {
			return found
		}
	}
	return NoForgery
}

// own returns the wire that the solver takes from a row, and its inputs.
func (f *Forger) own(i int32) []int32 {
	wires := slices.Clone(f.steps[f.stepOf[i]].out)
	for _, w := range wiresOf(f.s.read(i)) {
		if w < f.s.inputs {
			wires = append(wires, w)
		}
	}
	return wires
}

// mostTried bounds the killed rows that are forged.
const mostTried = 1000

func (d *deletion) kill(i int32, named []int32) {
	s := &d.score
	s.Killed++
	switch {
	case len(named) == 1:
		s.One++
	case len(named) <= 10:
		s.Few++
	default:
		s.Many++
	}
	if !d.isTried[i] {
		return
	}
	s.Tried++
	switch d.forge(i, named) {
	case EqualInputs:
		s.Second++
	case OtherInputs:
		s.Moved++
	}
}

func count(n *int, forgery Forgery) {
	if forgery != NoForgery {
		*n++
	}
}

// reason says which rows give a survivor's wires, if it gives any.
func (d *deletion) reason(p *prover, i int32) string {
	text := fmt.Sprintf("row %d, %s", i, place(d.places, i))
	gives := false
	for w := d.s.inputs; w < d.s.wires; w++ {
		j := p.provenBy[w]
		if d.provenBy[w] != i || j == i || !p.isUnique(w) {
			continue
		}
		gives = true
		role := "that only asserts"
		if d.whole.used[j] {
			role = "that gives another wire else"
		}
		text += fmt.Sprintf(": wire %d follows from row %d, %s, %s", w, j, place(d.places, j), role)
	}
	if !gives {
		text += ": it gives no wire, and narrows one that the proof gives without that"
	}
	return text
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
	line := func(name string, n int) { fmt.Fprintf(&b, "%-32s %8d\n", name, n) }
	line("rows left out", s.Rows)
	line("killed", s.Killed)
	line("  one wire is named", s.One)
	line("  2 to 10 are", s.Few)
	line("  more are", s.Many)
	line("  forgery tried", s.Tried)
	line("  forged, inputs equal", s.Second)
	line("  forged, an input moved", s.Moved)
	line("unread", s.Unread)
	line("  forged", s.ForgedUnread)
	line("assertions", s.Assertions)
	line("  forged", s.ForgedAssertions)
	line("of the axiom", s.OfAxiom)
	line("survivors", len(s.Survivors))
	line("  forged", s.ForgedFor)
	for _, row := range s.Survivors {
		fmt.Fprintf(&b, "  %s\n", row)
	}
	return b.String()
}
