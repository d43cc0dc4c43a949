package bundle

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// Check holds an attribute's own form. Its errors begin with the key they are about.
func (a *DeckAttribute) Check() error {
	t, err := attribute.ParseType(a.Type)
	switch {
	case a.Visibility != Shown && a.Visibility != Hidden:
		return fmt.Errorf(".visibility: got %.40q, want %q or %q", a.Visibility, Shown, Hidden)
	case err != nil:
		return fmt.Errorf(".type: %w", err)
	case t.Codec != attribute.NoCodec:
		return fmt.Errorf(".type: a deck's digests have no codec, want digest")
	case CheckName(a.Name) != nil:
		return fmt.Errorf(".name: %w", CheckName(a.Name))
	case checkLabel(a.Label) != nil:
		return fmt.Errorf(".label: %w", checkLabel(a.Label))
	case a.Section != SectionTrait && a.Label != a.Name:
		return fmt.Errorf(".label: a %s stands in no document, so its label is its name", a.Section)
	case t.Kind == attribute.Enum && (len(a.Words) == 0 || len(a.Words) > maxWords):
		return fmt.Errorf(".words: an enum has 1 to %d, got %d", maxWords, len(a.Words))
	case t.Kind != attribute.Enum && len(a.Words) > 0:
		return fmt.Errorf(".words: type %s has none", a.Type)
	}
	seen := map[string]bool{}
	for i, w := range a.Words {
		if seen[w] {
			return fmt.Errorf(".words[%d]: given twice", i)
		}
		seen[w] = true
	}
	return nil
}

// maxLabel bounds a label of a document, in bytes.
const maxLabel = 256

// checkLabel allows what a document may call an attribute: even nothing.
func checkLabel(s string) error {
	if len(s) > maxLabel {
		return fmt.Errorf("%d bytes, want at most %d", len(s), maxLabel)
	}
	return nil
}

// ValueType returns the attribute's type and vocabulary. The attribute must be valid.
func (a *DeckAttribute) ValueType() value.Type {
	t, err := attribute.ParseType(a.Type)
	if err != nil {
		panic("bundle: the type of an attribute that was not validated: " + err.Error())
	}
	return value.Type{Type: t, Words: a.Words}
}

// Slots returns the slot of each attribute of a valid description, in the order of
// Attributes: traits and claims from 0, facts behind all slots of a card.
func (d *Deck) Slots() []int {
	size, err := d.Size()
	if err != nil {
		panic("bundle: the slots of a description that was not validated: " + err.Error())
	}
	slots, card, fact := make([]int, len(d.Attributes)), 0, size.CardSlots()
	for i, a := range d.Attributes {
		if a.Section == SectionFact {
			slots[i], fact = fact, fact+1
		} else {
			slots[i], card = card, card+1
		}
	}
	return slots
}

// BySlot returns the attribute of each slot, nil where none is. The description must be valid.
func (d *Deck) BySlot() []*DeckAttribute {
	size, _ := d.Size()
	all := make([]*DeckAttribute, size.Slots())
	for i, slot := range d.Slots() {
		all[slot] = &d.Attributes[i]
	}
	return all
}

// SchemaText is what the schema's element is the hash of: everything that a description could
// otherwise exchange. One line for the deck, one for each attester, one for each attribute;
// strings that a person chose have their length in bytes before them.
func (d *Deck) SchemaText() []byte {
	_, size, _ := strings.Cut(d.Circuit, "/")
	b := fmt.Appendf(nil, "deck %s %d %d %s %s %s\n", size, d.Cards, d.FirstID, d.Assignment, d.Documents, d.Spelling)
	for _, a := range d.Attesters {
		b = fmt.Appendf(b, "attester %s %d %d", counted(a.Role), a.Threshold, len(a.Identities))
		for _, id := range a.Identities {
			b = fmt.Appendf(b, " %s", counted(id))
		}
		b = append(b, '\n')
	}
	for _, a := range d.Attributes {
		b = fmt.Appendf(b, "%s %s %s %s %s %d", a.Section, a.Visibility, a.Type, counted(a.Name), counted(a.Label), len(a.Words))
		for _, w := range a.Words {
			b = fmt.Appendf(b, " %s", counted(w))
		}
		b = append(b, '\n')
	}
	return b
}

func counted(s string) string { return strconv.Itoa(len(s)) + " " + s }

// Schema is the element that the deck and the policy commit to: Hash(schema, length, chunks)
// of [Deck.SchemaText].
func (d *Deck) Schema() fr.Element { return schemaElement(d.SchemaText()) }

func (d *Deck) validateAttesters(statement.Size) error {
	for i, a := range d.Attesters {
		at := fmt.Sprintf("$.attesters[%d]", i)
		if err := CheckName(a.Role); err != nil {
			return fmt.Errorf("%s.role: %w", at, err)
		}
		if a.Threshold < 1 || a.Threshold > uint64(len(a.Identities)) {
			return fmt.Errorf("%s.threshold: got %d, want 1 to %d, the number of its identities", at, a.Threshold, len(a.Identities))
		}
		seen := map[Identity]bool{}
		for j, text := range a.Identities {
			id, err := ParseIdentity(text)
			if err == nil && seen[id.Holder()] {
				err = errors.New("one key is given twice: an address has the same key on every chain")
			}
			if err != nil {
				return fmt.Errorf("%s.identities[%d]: %w", at, j, err)
			}
			seen[id.Holder()] = true
		}
	}
	return nil
}
