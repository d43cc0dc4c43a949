package unique

// A fact is one thing that a prover has learnt of a wire.
type fact struct {
	wire int32
	kind factKind
	to   setID // of hasValues and differsBy
	by   lemma // of oneValue
}

type factKind uint8

const (
	hasValues factKind = iota
	differsBy
	oneValue
)

// A firing is what a lemma finds in rows at a time: facts that follow from them, and from what was
// known of their wires before.
type firing struct {
	rows  []int32
	first int32 // of the facts; the last is before the next firing's first
}

// A trail is what a prover has learnt, in order, so that it can be taken back, or repeated.
type trail struct {
	facts   []fact
	was     []known // by fact: what was known of its wire before
	firings []firing
	isNew   bool    // the lemma at work has found nothing yet
	cause   []int32 // the rows that it has used
}

// known is all that a prover knows of a wire.
type known struct {
	by                 lemma
	provenBy, valuesBy int32
	values, deltas     setID
}

// begin says that a lemma is tried.
func (p *prover) begin() {
	if p.trail != nil {
		p.trail.cause, p.trail.isNew = nil, true
	}
}

// because notes that what the lemma finds follows from rows.
func (p *prover) because(rows ...int32) {
	if p.trail == nil {
		return
	}
	for _, i := range rows {
		if c := p.trail.cause; len(c) == 0 || c[len(c)-1] != i {
			p.trail.cause = append(c, i)
		}
	}
}

// note writes down what is about to be learnt.
func (p *prover) note(f fact) {
	t := p.trail
	if t == nil {
		return
	}
	if t.isNew {
		t.firings = append(t.firings, firing{first: int32(len(t.facts))})
		t.isNew = false
	}
	t.firings[len(t.firings)-1].rows = t.cause
	t.facts = append(t.facts, f)
	t.was = append(t.was, known{p.by[f.wire], p.provenBy[f.wire], p.valuesBy[f.wire], p.values[f.wire], p.deltas[f.wire]})
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
	for len(t.firings) > 0 && int(t.firings[len(t.firings)-1].first) >= n {
		t.firings = t.firings[:len(t.firings)-1]
	}
}
