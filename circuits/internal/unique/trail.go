package unique

// A fact is one thing that a prover has learnt of a wire.
type fact struct {
	wire int32
	kind factKind
	to   setID   // of hasValues and differsBy
	by   lemma   // of oneValue
	rows []int32 // that it follows from, with what was known then of their wires
}

type factKind uint8

const (
	hasValues factKind = iota
	differsBy
	oneValue
)

// A trail is what a prover has learnt, in order, so that it can be taken back.
type trail struct {
	facts []fact
	was   []known // by fact: what was known of its wire before
	cause []int32 // the rows that the lemma at work has used so far
}

// known is all that a prover knows of a wire.
type known struct {
	by                 lemma
	provenBy, valuesBy int32
	values, deltas     setID
}

// begin says that a lemma is tried: what follows from rows that were used before, it does not use.
func (p *prover) begin() {
	if p.trail != nil {
		p.trail.cause = nil
	}
}

// because notes that what is learnt next follows from rows.
func (p *prover) because(rows ...int32) {
	if p.trail != nil {
		p.trail.cause = append(p.trail.cause, rows...)
	}
}

// note writes down what is about to be learnt.
func (p *prover) note(f fact) {
	if t := p.trail; t != nil {
		f.rows = t.cause[:len(t.cause):len(t.cause)]
		t.facts = append(t.facts, f)
		t.was = append(t.was, known{p.by[f.wire], p.provenBy[f.wire], p.valuesBy[f.wire], p.values[f.wire], p.deltas[f.wire]})
	}
}

// takeBack forgets all but the first n facts, of a prover that has nothing left to do.
func (p *prover) takeBack(n int) {
	t := p.trail
	for k := len(t.facts) - 1; k >= n; k-- {
		w, was := t.facts[k].wire, t.was[k]
		if t.facts[k].kind == oneValue {
			for _, i := range p.s.rowsOf(w) {
				p.unknown[i]++
			}
		}
		p.by[w], p.provenBy[w], p.valuesBy[w] = was.by, was.provenBy, was.valuesBy
		p.values[w], p.deltas[w] = was.values, was.deltas
	}
	t.facts, t.was = t.facts[:n], t.was[:n]
}
