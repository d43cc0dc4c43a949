package bundle

import (
	"iter"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/circuits/policy"
)

// Alike are the texts that a rule compares one slot with, by their skeletons.
type Alike map[string][]string

// To returns a text of the rule that another text looks like, empty if there is none, or if the other
// text stands in the rule too.
func (a Alike) To(text string) string {
	found := ""
	for _, of := range a[spelling.Skeleton(text)] {
		if of == text {
			return ""
		}
		found = of
	}
	return found
}

// Alike goes through the slots that a rule compares with texts, in their order.
func (p *Program) Alike(slots []SlotInfo) iter.Seq2[int, Alike] {
	return func(yield func(int, Alike) bool) {
		for slot := range slots {
			if a := p.alike(slots, slot); len(a) > 0 && !yield(slot, a) {
				return
			}
		}
	}
}

func (p *Program) alike(slots []SlotInfo, slot int) Alike {
	a := Alike{}
	for _, c := range p.Clauses {
		for _, l := range c.Literals {
			if l.Slot == uint64(slot) && l.Op == policy.Equals.String() && slots[slot].isText() && l.Operand != nil {
				key := spelling.Skeleton(*l.Operand)
				a[key] = append(a[key], *l.Operand)
			}
		}
	}
	return a
}
