package drop

import (
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// An Attribute is what the public knows of a trait, a claim or a fact: a name and a type, and
// in a drawn drop how documents show it.
type Attribute struct {
	Name   string
	Type   attribute.Type
	Words  []string         // an enum's
	Public bundle.Attribute // as the schema's text has it; nameless for one that is hidden

	spelled string // how a text that documents show is spelled: bundle.AsPublished, or bundle.Strict, which empty is too
}

// Hidden reports whether no document shows it.
func (a Attribute) Hidden() bool { return a.published().Visibility == bundle.Hidden }

// published returns what the schema's text says of it.
func (a Attribute) published() bundle.Attribute {
	if a.Public.Name != "" {
		return a.Public
	}
	p := bundle.HiddenAttribute(a.Name, a.Type.String())
	p.Words = append(p.Words, a.Words...)
	return p
}

// attributeOf reads a published attribute, which must be valid, back.
func attributeOf(p bundle.Attribute, spelled string) Attribute {
	return Attribute{Name: p.Name, Type: p.ValueType().Type, Words: p.Words, Public: p, spelled: spelled}
}

// checkSpelling reports a text of the attribute that is not spelled as it has to be. What no document shows
// was published nowhere, so it is spelled strictly in any drop.
func (a Attribute) checkSpelling(s string) error {
	if a.Hidden() {
		return bundle.CheckText(bundle.Strict, s)
	}
	return bundle.CheckText(a.spelled, s)
}

// A Schema names a drop's attributes and gives each its slot: traits from 0,
// claims from Size.Layers, facts behind them. It is public; values are not in it.
//
// A deck's schema is its description: then Traits, Claims and Facts are empty, a card's
// attributes have the slots from 0, and facts those behind all that a card can have.
type Schema struct {
	Size    statement.Size
	IDWidth uint64 // digits of an id in documents, 0 for plain ones
	Spelled string // of a drawn drop: bundle.Strict or bundle.AsPublished
	Traits  []Attribute
	Claims  []Attribute
	Facts   []Attribute
	Scores  []Attribute  // of a network
	Deck    *bundle.Deck // nil for a drawn drop
}

// The three rooms of attributes, as a policy writes them.
const (
	traitRoom = "trait"
	claimRoom = "claim"
	factRoom  = "fact"

	pictureRoom = bundle.SectionPicture // of a circuit that proves a picture
	netRoom     = bundle.SectionNet     // of one with a network
)

// rooms lists the rooms that the drop has.
func (s *Schema) rooms() []string {
	list := []string{traitRoom, claimRoom, factRoom}
	if s.Size.IsArt() {
		list = append(list, pictureRoom)
	}
	if s.Size.HasNetwork() {
		list = append(list, netRoom)
	}
	return list
}

// lookup finds room.name: its slot and type.
func (s *Schema) lookup(room, name string) (slot int, t attribute.Type, ok bool) {
	if s.Deck != nil {
		return s.lookupInDeck(room, name)
	}
	list, slot := s.room(room)
	for i, a := range list {
		if a.Name == name {
			return slot + i, a.Type, true
		}
	}
	return 0, t, false
}

// room lists the attributes of a room and the slot of its first.
func (s *Schema) room(room string) ([]Attribute, int) {
	if s.Deck != nil {
		return s.roomOfDeck(room)
	}
	switch room {
	case traitRoom:
		return s.Traits, 0
	case claimRoom:
		return s.Claims, s.Size.Layers
	case factRoom:
		return s.Facts, s.Size.Layers + s.Size.Claims
	case netRoom:
		return s.Scores, s.Size.ImageSlot() + 1
	case pictureRoom:
		if s.Size.IsArt() {
			return []Attribute{attributeOf(bundle.ImageAttribute(), s.Spelled)}, s.Size.ImageSlot()
		}
	}
	return nil, 0
}

// attributeAt is the inverse of lookup.
func (s *Schema) attributeAt(slot int) (room string, a Attribute, ok bool) {
	for _, room := range s.rooms() {
		list, first := s.room(room)
		if slot >= first && slot < first+len(list) {
			return room, list[slot-first], true
		}
	}
	return "", Attribute{}, false
}

// numeric says for each slot whether it holds a number, which a proof then
// keeps below 2^64 and lets a policy compare by size.
func (s *Schema) numeric() []bool {
	out := make([]bool, s.Size.Slots())
	for i := range out {
		_, a, ok := s.attributeAt(i)
		out[i] = ok && a.Type.Numeric()
	}
	return out
}

// infos returns what a rule has to know of the slots.
func (s *Schema) infos() []bundle.SlotInfo {
	if s.Deck != nil {
		return s.Deck.Infos()
	}
	infos := make([]bundle.SlotInfo, s.Size.Slots())
	for i := range infos {
		if room, a, ok := s.attributeAt(i); ok {
			infos[i] = bundle.SlotInfo{Section: room, Name: a.Name, Type: value.Type{Type: a.Type, Words: a.Words}, Hidden: a.Hidden()}
		}
	}
	return infos
}

// lookupInDeck is lookup in a deck, whose rooms are its sections.
func (s *Schema) lookupInDeck(room, name string) (slot int, t attribute.Type, ok bool) {
	for i, slot := range s.Deck.Slots() {
		if a := &s.Deck.Attributes[i]; a.Section == room && a.Name == name {
			return slot, a.ValueType().Type, true
		}
	}
	return 0, t, false
}

// roomOfDeck is room in a deck. Sections are contiguous, and so are their slots.
func (s *Schema) roomOfDeck(room string) (list []Attribute, first int) {
	slots := s.Deck.Slots()
	for i := range s.Deck.Attributes {
		a := &s.Deck.Attributes[i]
		if a.Section != room {
			continue
		}
		if len(list) == 0 {
			first = slots[i]
		}
		list = append(list, Attribute{Name: a.Name, Type: a.ValueType().Type, Words: a.Words})
	}
	return list, first
}

// holdsNormal reports whether a text in the slot is in its normal form: a deck's are, and so is all in a drawn
// drop but what its documents show as published.
func (s *Schema) holdsNormal(slot int) bool {
	_, a, ok := s.attributeAt(slot)
	return !ok || a.Hidden() || a.spelled != bundle.AsPublished
}

// words returns the vocabulary of a slot, nil where it holds no enum.
func (s *Schema) words(slot int) []string {
	if _, a, ok := s.attributeAt(slot); ok && a.Type.Kind == attribute.Enum {
		return a.Words
	}
	return nil
}
