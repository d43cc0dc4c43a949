package metadata

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
)

// A Slot is what a comparison has to know of an attribute of a card.
type Slot struct {
	Name   string
	Label  string // what documents call it
	Type   value.Type
	Shown  bool
	Listed bool // it is a trait: documents may show it. A claim's label is only kept out of them
}

// A Schema is the slots of a deck's cards, ready to compare documents with.
type Schema struct {
	slots     []Slot
	shown     map[string][]int // slots that documents show, by the normal form of their label
	hidden    map[string]bool  // labels of hidden attributes
	skeletons map[string]string
}

// NewSchema returns what documents are compared with.
func NewSchema(slots []Slot) *Schema {
	s := &Schema{slots: slots, shown: map[string][]int{}, hidden: map[string]bool{}, skeletons: map[string]string{}}
	for i, slot := range slots {
		if slot.Name == "" {
			continue
		}
		label := spelling.Normal(slot.Label)
		if slot.Shown && slot.Listed {
			s.shown[label] = append(s.shown[label], i)
		} else {
			s.hidden[label] = true
		}
		s.skeletons[spelling.Skeleton(label)] = label
	}
	return s
}

// A Comparison is what a document shows of a card.
type Comparison struct {
	Contradictions []string // why the card is rejected; quotes public labels only
	Proven         []Shown  // entries whose values the card holds, in the document's order
	Words          []string // labels of entries that are the author's words
	Differs        []string // labels and values that differ from their normal form
}

// Shown is an entry of a document that its card holds.
type Shown struct{ Label, Value string }

// Compare judges a document against the texts that its card opens, in canonical form: one a
// slot, empty and not present where the card has none.
//
// For each label the multiset of the document's values must equal that of the opened, present
// slots. An entry under a schema's label that nothing can be proven of contradicts, and so does
// a hidden attribute's label, and one that only looks like a label of the schema. All other
// entries are the author's words.
func (s *Schema) Compare(d *Document, texts []string, present []bool) *Comparison {
	c := &Comparison{}
	open := make([]bool, len(s.slots)) // slots that no entry has shown yet
	copy(open, present)
	for _, a := range d.Attributes {
		s.entry(c, a, texts, open)
	}
	for i, left := range open {
		if left && s.slots[i].Shown && s.slots[i].Listed {
			c.contradict("it leaves out %.60q, which the card holds", s.slots[i].Label)
		}
	}
	return c
}

func (c *Comparison) contradict(format string, args ...any) {
	c.Contradictions = append(c.Contradictions, fmt.Sprintf(format, args...))
}

func (s *Schema) entry(c *Comparison, a Attribute, texts []string, open []bool) {
	label := spelling.Normal(a.Label)
	slots, isShown := s.shown[label]
	switch {
	case a.HasLabel && isShown && a.Odd != "":
		c.contradict("it has %s under %.60q", a.Odd, a.Label)
	case a.HasLabel && isShown:
		s.match(c, a, slots, texts, open)
	case a.HasLabel && s.hidden[label]:
		c.contradict("it shows %.60q, which the deck keeps hidden", a.Label)
	case a.HasLabel && s.skeletons[spelling.Skeleton(label)] != "":
		c.contradict("its label %.60q only looks like the deck's %.60q", a.Label, s.skeletons[spelling.Skeleton(label)])
	default:
		c.Words = append(c.Words, a.Label)
	}
}

// match takes the entry for the first open slot of its label that holds its value.
func (s *Schema) match(c *Comparison, a Attribute, slots []int, texts []string, open []bool) {
	for _, i := range slots {
		if !open[i] || !Holds(s.slots[i].Type, texts[i], a.Value) {
			continue
		}
		open[i] = false
		c.Proven = append(c.Proven, Shown{a.Label, texts[i]})
		if spelling.Normal(a.Label) != a.Label {
			c.Differs = append(c.Differs, fmt.Sprintf("label %.60q", a.Label))
		}
		if a.Value.Kind == Text && texts[i] != a.Value.Text {
			c.Differs = append(c.Differs, fmt.Sprintf("value of %.60q", a.Label))
		}
		return
	}
	c.contradict("it shows a value of %.60q that the card does not hold", a.Label)
}

// Holds reports whether a document's value is the one that a slot was opened to: texts by their
// normal form, numbers exactly, true and false. Nothing is turned into anything else: "7" is
// not 7.
func Holds(t value.Type, text string, v Value) bool {
	switch t.Kind {
	case attribute.Text, attribute.Enum, attribute.Digest:
		return v.Kind == Text && spelling.Normal(v.Text) == text
	case attribute.Bool:
		return v.Kind == Bool && v.Text == text
	}
	slot, err := value.Parse(t, text)
	shown, ok := v.Rat()
	if err != nil || !ok {
		return false
	}
	return shown.Cmp(numberOf(t, slot.Value.Uint64())) == 0
}

// numberOf returns the number that a slot stands for.
func numberOf(t value.Type, u uint64) *big.Rat {
	n := new(big.Rat).SetUint64(u)
	switch t.Kind {
	case attribute.Int:
		n.Sub(n, new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 63)))
	case attribute.Decimal:
		n.Quo(n, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Scale)), nil)))
	}
	return n
}

// SlotOf returns the canonical text and the slot that a document's value is of a type, and
// whether it is one: the inverse of [Holds].
func SlotOf(t value.Type, v Value) (text string, slot attribute.Slot, ok bool) {
	switch t.Kind {
	case attribute.Text, attribute.Enum, attribute.Digest:
		text = spelling.Normal(v.Text)
		ok = v.Kind == Text && (t.Kind != attribute.Enum || slices.Contains(t.Words, text))
	case attribute.Bool:
		text, ok = v.Text, v.Kind == Bool
	default:
		text, ok = numberText(t, v)
	}
	if !ok {
		return "", slot, false
	}
	slot, err := value.Parse(t, text)
	return text, slot, err == nil
}

// numberText is the canonical text of a number, if the type holds it exactly.
func numberText(t value.Type, v Value) (string, bool) {
	n, ok := v.Rat()
	if !ok {
		return "", false
	}
	switch t.Kind {
	case attribute.Int:
		n.Add(n, new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), 63)))
	case attribute.Decimal:
		n.Mul(n, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Scale)), nil)))
	}
	if !n.IsInt() || !n.Num().IsUint64() {
		return "", false
	}
	text, err := value.Number(t, n.Num().Uint64())
	return text, err == nil
}
