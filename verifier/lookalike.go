package verifier

import (
	"slices"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/circuits/policy"
)

// maxLookAlikes bounds how many texts of documents a report tells of.
const maxLookAlikes = 16

// A slotText is a text that some document shows of a slot.
type slotText struct {
	slot int
	text string
}

// sayTexts tells of texts that documents show, and that only look like one the rule compares with:
// a reader takes them for it, and the rule does not. Each is told once, of the first token that shows it.
func (r *reservations) sayTexts(d *drop, entries []entry) {
	compared := d.comparedTexts()
	seen := map[slotText]bool{}
	told := 0
	for _, e := range entries {
		for slot := range e.parsed.Values {
			shown := e.parsed.Values[slot].Text
			if e.reason != "" || shown == "" || seen[slotText{slot, shown}] {
				continue
			}
			seen[slotText{slot, shown}] = true
			for _, text := range compared[slot] {
				if shown != text && spelling.Alike(shown, text) && told < maxLookAlikes {
					r.say("spelling", "Token %d shows %s as %q, which looks like the rule's %q: to the rule it is another text.", e.bundle.Statement.ID, d.infos[slot], shown, text)
					told++
				}
			}
		}
	}
}

// comparedTexts returns, by slot, the texts that the rule compares with.
func (d *drop) comparedTexts() map[int][]string {
	out := map[int][]string{}
	for _, c := range d.Program.Clauses {
		for _, l := range c.Literals {
			if l.Op == policy.Equals.String() && l.Slot < uint64(len(d.infos)) && d.infos[l.Slot].IsText() && !slices.Contains(out[int(l.Slot)], *l.Operand) {
				out[int(l.Slot)] = append(out[int(l.Slot)], *l.Operand)
			}
		}
	}
	return out
}
