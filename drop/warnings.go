package drop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/circuits/policy"
)

// warnOfDrawing tells of texts that no token has, by their places, and of another order of
// drawing than the file's.
func (d *Drop) warnOfDrawing(drawn *drawing) {
	for _, at := range drawn.never {
		d.Warnings = append(d.Warnings, fmt.Sprintf("%s: the rules never let this row be drawn", at))
	}
	if drawn.order == nil {
		return
	}
	names := make([]string, len(drawn.order))
	for trait, layer := range drawn.order {
		names[layer] = d.definition.traits[trait].Name
	}
	d.Warnings = append(d.Warnings, fmt.Sprintf("%s: the rules need fewer tables in another order, so the traits are drawn in the order %s", ModelFile, strings.Join(names, ", ")))
}

// warnOfAbsence names each rule that compares a trait which a token may not have, and does not
// ask for it by has(): there such a comparison is false, negated or not, so the token may be
// rejected where the author thought of another text.
func (d *Drop) warnOfAbsence() {
	for slot, possibly := range d.possibly {
		if !possibly {
			continue
		}
		told := map[string]bool{}
		for _, c := range d.Policy.comparisons {
			name := d.Policy.Rules[c.rule].Name
			if c.slot != slot || c.guarded || slices.Contains(d.Policy.required, slot) || told[name] {
				continue
			}
			told[name] = true
			trait := d.Schema.SlotName(slot)
			d.Warnings = append(d.Warnings, fmt.Sprintf("%s: rule %q compares %s, which a token may not have: there it is false, whatever it compares with. Write has(%s) && …, or !has(%s) || …",
				PolicyFile, name, trait, trait, trait))
		}
	}
}

// compared is a literal of a rule as it is written, before it is simplified.
type compared struct {
	rule    int // of Policy.Rules
	slot    int
	guarded bool // has() of the slot is asked in the same rule
}

// noteComparisons keeps what a rule compares, for warnings. A rule that says has() and nothing
// else guards all of them.
func (p *Policy) noteComparisons(rule int, f *formula) {
	asked, slots := map[int]bool{}, map[int]bool{}
	f.each(func(l policy.Literal) {
		if l.Op == policy.Present {
			asked[l.Slot] = true
		} else {
			slots[l.Slot] = true
		}
	})
	for slot := range slots {
		p.comparisons = append(p.comparisons, compared{rule, slot, asked[slot]})
	}
	if f.form == single && f.literal.Op == policy.Present && !f.literal.Negate {
		p.required = append(p.required, f.literal.Slot)
	}
}
