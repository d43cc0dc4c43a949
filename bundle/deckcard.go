package bundle

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// DeckOpenings are all slots of a card, or all facts of a deck: each slot stands in one of
// the three lists, in ascending order.
type DeckOpenings struct {
	Shown  []Opening `json:"shown"`  // the values that are shown
	Absent []Salt    `json:"absent"` // shown attributes that are absent
	Hidden []Leaf    `json:"hidden"` // hidden attributes, and slots that the schema leaves unused
}

// An Opening opens the leaf of one slot.
type Opening struct {
	Slot  uint64     `json:"slot"`
	Value string     `json:"value"` // in the canonical form of its type, see package value
	Salt  fr.Element `json:"salt"`
}

// A Leaf is a slot that stays closed.
type Leaf struct {
	Slot uint64     `json:"slot"`
	Leaf fr.Element `json:"leaf"`
}

// A Card is what opens one card of a deck.
type Card struct {
	Version uint64 `json:"version"`
	Card    uint64 `json:"card"` // from 0
	DeckOpenings
}

// cardFile is a card as JSON: strictjson knows no embedding.
type cardFile struct {
	Version uint64    `json:"version"`
	Card    uint64    `json:"card"`
	Shown   []Opening `json:"shown"`
	Absent  []Salt    `json:"absent"`
	Hidden  []Leaf    `json:"hidden"`
}

// Marshal writes the card in its one form.
func (c *Card) Marshal() ([]byte, error) {
	return marshal("card", &cardFile{c.Version, c.Card, c.Shown, c.Absent, c.Hidden})
}

// UnmarshalCard reads a card and accepts the form that [Card.Marshal] writes and no other.
func UnmarshalCard(data []byte) (*Card, error) {
	var f cardFile
	if err := unmarshalCanonical("card", data, &f); err != nil {
		return nil, err
	}
	if f.Version != Version {
		return nil, fmt.Errorf("card: $.version: %w", versionError(f.Version))
	}
	return &Card{f.Version, f.Card, DeckOpenings{f.Shown, f.Absent, f.Hidden}}, nil
}

// unmarshalCanonical reads a file that has one form, to the byte.
func unmarshalCanonical(what string, data []byte, v any) error {
	if err := strictjson.Unmarshal(data, v, MaxBytes); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	again, err := strictjson.Marshal(v)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if i := mismatch(data, again); i >= 0 {
		return fmt.Errorf("%s: byte %d: not in canonical form (order of keys, white space or escapes)", what, i)
	}
	return nil
}

// Values are the slots that openings open, in the order of a card's slots or of the facts.
type Values struct {
	Leaves []fr.Element
	Opened []bool
	Shown  []attribute.Slot // the zero slot where nothing is opened
	Texts  []string         // of the shown and present ones, in canonical form
}

// Open checks openings against the attributes of their slots, the first of which has the
// number first, and returns the leaves. Every shown attribute must be opened, an absent one
// too; every other slot must be closed.
func (o *DeckOpenings) Open(attributes []*DeckAttribute, first int) (*Values, error) {
	return o.open(attributes, first, func(a *DeckAttribute) (may, must bool) {
		shown := a.Visibility == Shown
		return shown, shown
	})
}

// OpenChosen is Open of openings that open what they like, hidden attributes too.
func (o *DeckOpenings) OpenChosen(attributes []*DeckAttribute, first int) (*Values, error) {
	return o.open(attributes, first, func(*DeckAttribute) (may, must bool) { return true, false })
}

// open reads each slot from the one list that it stands in. rule says which attributes may be
// opened, and which must.
func (o *DeckOpenings) open(attributes []*DeckAttribute, first int, rule func(*DeckAttribute) (may, must bool)) (*Values, error) {
	n := len(attributes)
	v := &Values{Leaves: make([]fr.Element, n), Opened: make([]bool, n), Shown: make([]attribute.Slot, n), Texts: make([]string, n)}
	shown, absent, hidden := o.Shown, o.Absent, o.Hidden
	for i, a := range attributes {
		slot, may, must := uint64(first+i), false, false
		if a != nil {
			may, must = rule(a)
		}
		switch {
		case may && len(shown) > 0 && shown[0].Slot == slot:
			s, err := shown[0].slot(a)
			if err != nil {
				return nil, err
			}
			v.Leaves[i], v.Opened[i], v.Shown[i], v.Texts[i] = attribute.Leaf(s, shown[0].Salt), true, s, shown[0].Value
			shown = shown[1:]
		case may && len(absent) > 0 && absent[0].Slot == slot:
			v.Leaves[i], v.Opened[i] = attribute.Leaf(attribute.Slot{}, absent[0].Salt), true
			absent = absent[1:]
		case must:
			return nil, fmt.Errorf("slot %d: %.40q is shown and not opened", slot, a.Name)
		case len(hidden) > 0 && hidden[0].Slot == slot:
			v.Leaves[i] = hidden[0].Leaf
			hidden = hidden[1:]
		default:
			return nil, fmt.Errorf("slot %d: there is no leaf", slot)
		}
	}
	if len(shown)+len(absent)+len(hidden) > 0 {
		return nil, errSlots
	}
	return v, nil
}

var errSlots = errors.New("a slot stands twice, out of order, or is opened and hidden")

// slot is what the opening says the attribute's slot holds.
func (o *Opening) slot(a *DeckAttribute) (attribute.Slot, error) {
	s, err := value.Parse(a.ValueType(), o.Value)
	if err == nil && a.ValueType().Kind == attribute.Text && spelling.Normal(o.Value) != o.Value {
		err = errors.New("the text is not in its normal form")
	}
	if err != nil {
		return s, fmt.Errorf("slot %d: %w", o.Slot, err)
	}
	return s, nil
}

func (d *Deck) validateFacts(size statement.Size) error {
	if _, err := d.OpenFacts(); err != nil {
		return fmt.Errorf("$.facts: %w", err)
	}
	return nil
}

// OpenFacts returns the facts' leaves and what is shown of them.
func (d *Deck) OpenFacts() (*Values, error) {
	size, err := d.Size()
	if err != nil {
		return nil, err
	}
	return d.Facts.Open(d.BySlot()[size.CardSlots():], size.CardSlots())
}
