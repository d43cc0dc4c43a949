package bundle

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// A Program is a policy as it is proven: all clauses hold, and of each clause one literal.
type Program struct {
	Clauses []Clause `json:"clauses"`
}

// A Clause is a list of literals, one of which holds.
type Clause struct {
	Literals []Literal `json:"literals"`
}

// A Literal is one test of one slot. Its operand is a text for text and digest slots, in
// canonical form, and else the number that the slot would hold, in decimal: so a text can be
// read, and no rule of rounding stands between the file and the commitment.
type Literal struct {
	Slot    uint64  `json:"slot"`
	Op      string  `json:"op"` // equals, less or present
	Negate  bool    `json:"negate"`
	Operand *string `json:"operand,omitempty"` // none for present
}

// A SlotInfo is what a rule has to know of a slot.
type SlotInfo struct {
	Section, Name string // "trait", "Eyes"; empty for a slot that is not used
	Type          value.Type
	Hidden        bool
}

// String names the slot as rules do: trait.Eyes.
func (s SlotInfo) String() string { return s.Section + "." + s.Name }

// isText reports whether operands of the slot are texts.
func (s SlotInfo) isText() bool {
	return s.Type.Kind == attribute.Text || s.Type.Kind == attribute.Digest
}

// Infos returns what a rule has to know of a deck's slots. The description must be valid.
func (d *Deck) Infos() []SlotInfo {
	all := d.BySlot()
	infos := make([]SlotInfo, len(all))
	for i, a := range all {
		if a != nil {
			infos[i] = SlotInfo{a.Section, a.Name, a.ValueType(), a.Visibility == Hidden}
		}
	}
	return infos
}

// Infos returns what a rule has to know of a drawn drop's slots. The description must be valid.
func (d *Description) Infos() []SlotInfo {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		panic("bundle: the circuit of a description that was not validated: " + err.Error())
	}
	infos := make([]SlotInfo, id.Size.Slots())
	first := firstSlots(id.Size)
	for _, section := range d.sections() {
		for i, a := range section.list {
			infos[first[section.name]+i] = SlotInfo{Section: section.name, Name: a.Name, Type: a.ValueType(), Hidden: a.Visibility == Hidden}
		}
	}
	return infos
}

// ProgramOf writes a compiled policy. texts has the text or digest of each operand that is a hash.
func ProgramOf(p *policy.Program, slots []SlotInfo, texts map[fr.Element]string) (Program, error) {
	out := Program{Clauses: make([]Clause, 0, len(p.Clauses))}
	for i, clause := range p.Clauses {
		var c Clause
		for _, l := range clause {
			w := Literal{Slot: uint64(l.Slot), Op: l.Op.String(), Negate: l.Negate}
			if l.Op != policy.Present {
				text := strconv.FormatUint(l.Operand.Uint64(), 10)
				if slots[l.Slot].isText() {
					var ok bool
					if text, ok = texts[l.Operand]; !ok {
						return out, fmt.Errorf("program: clause %d compares with a hash of no known text", i+1)
					}
				}
				w.Operand = &text
			}
			c.Literals = append(c.Literals, w)
		}
		out.Clauses = append(out.Clauses, c)
	}
	return out, nil
}

// Compile returns the program that the circuits know, for a schema with this element.
func (p *Program) Compile(schema fr.Element, slots []SlotInfo) (*policy.Program, error) {
	out := &policy.Program{Schema: schema, Numeric: make([]bool, len(slots))}
	for i, s := range slots {
		out.Numeric[i] = s.Name != "" && s.Type.Numeric()
	}
	for i, clause := range p.Clauses {
		var c []policy.Literal
		for j, l := range clause.Literals {
			compiled, err := l.compile(slots)
			if err != nil {
				return nil, fmt.Errorf("program: clause %d, literal %d: %w", i+1, j+1, err)
			}
			c = append(c, compiled)
		}
		out.Clauses = append(out.Clauses, c)
	}
	return out, nil
}

var opNames = []string{policy.Equals.String(), policy.Less.String(), policy.Present.String()}

func (l *Literal) compile(slots []SlotInfo) (policy.Literal, error) {
	op := slices.Index(opNames, l.Op)
	switch {
	case op < 0:
		return policy.Literal{}, fmt.Errorf("operator %.40q does not exist", l.Op)
	case l.Slot >= uint64(len(slots)) || slots[l.Slot].Name == "":
		return policy.Literal{}, fmt.Errorf("slot %d is no attribute's", l.Slot)
	case (l.Operand == nil) != (policy.Op(op) == policy.Present):
		return policy.Literal{}, errors.New("present has no operand, and every other operator has one")
	}
	out := policy.Literal{Slot: int(l.Slot), Op: policy.Op(op), Negate: l.Negate}
	if l.Operand == nil {
		return out, nil
	}
	slot := slots[l.Slot]
	if slot.isText() {
		s, err := value.Parse(slot.Type, *l.Operand)
		out.Operand = s.Value
		return out, err
	}
	u, err := strconv.ParseUint(*l.Operand, 10, 64)
	if err != nil || strconv.FormatUint(u, 10) != *l.Operand {
		return out, errors.New("operand: want a number below 2^64 in decimal")
	}
	out.Operand = fr.NewElement(u)
	return out, nil
}

// Pitfalls tells of what a reader of the rule may miss: [Program.NegatedTexts] and
// [Program.LookAlikes].
func (p *Program) Pitfalls(slots []SlotInfo) []string {
	return append(p.NegatedTexts(slots), p.LookAlikes(slots)...)
}

// NegatedTexts tells of literals that a look-alike text passes: a text or digest that must not
// equal another one. A hidden one is worse, because nobody can see what stands there instead.
func (p *Program) NegatedTexts(slots []SlotInfo) []string {
	var out []string
	for _, c := range p.Clauses {
		for _, l := range c.Literals {
			if !l.Negate || l.Op != policy.Equals.String() || l.Slot >= uint64(len(slots)) || !slots[l.Slot].isText() {
				continue
			}
			s := slots[l.Slot]
			text := fmt.Sprintf("The rule says that %s.%s is not %q: any other text passes, one that only looks like it too.", s.Section, s.Name, *l.Operand)
			if s.Hidden {
				text = fmt.Sprintf("The rule says that the hidden %s.%s is not %q: any other text passes, one that only looks like it too, and NOBODY CAN SEE which stands there.", s.Section, s.Name, *l.Operand)
			}
			out = append(out, text)
		}
	}
	return out
}

// LookAlikes tells of texts in the rule that look like one of ASCII's letters and are another:
// what a reader takes for "CC0-1.0" may be a text that no honest attribute has, or one that
// only this author's attributes have.
func (p *Program) LookAlikes(slots []SlotInfo) []string {
	var out []string
	for _, c := range p.Clauses {
		for _, l := range c.Literals {
			if l.Operand == nil || l.Slot >= uint64(len(slots)) {
				continue
			}
			s := slots[l.Slot]
			if r, ok := spelling.Foreign(*l.Operand); ok && s.isText() {
				out = append(out, fmt.Sprintf("The rule compares %s.%s with %q, which only looks like letters of ASCII: it has %U.", s.Section, s.Name, *l.Operand, r))
			}
		}
	}
	return out
}
