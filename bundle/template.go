package bundle

import (
	"fmt"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
)

// Template holds what the metadata document says besides its attributes, and their order. What
// the attributes are, and how documents show them, the schema's text says.
type Template struct {
	Constants []Member `json:"constants"` // texts that are the same for all tokens, in order

	// Patterns, in which {id}, or {id:05} where ids have 5 digits, stands for the token's id; empty for none.
	Image     string `json:"image"`
	Animation string `json:"animation_url"`
	External  string `json:"external_url"`
	Name      string `json:"name"`

	Order []Placed `json:"order"` // the attributes that are shown, in the document's order
}

// Member is a text member of the document.
type Member struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Placed is where a shown attribute stands in documents, by its order.
type Placed struct {
	Slot uint64 `json:"slot"`
	Wide bool   `json:"wide"` // a text of up to document.MaxText bytes has room
}

// DocumentConfig returns what the drop's template is made from, with
// document.New. The description must be valid.
func (d *Description) DocumentConfig() document.Config {
	t := d.Template
	c := document.Config{
		First: d.FirstID, Supply: d.Supply, Width: int(d.IDWidth),
		Image: t.Image, Animation: t.Animation, External: t.External, Name: t.Name,
	}
	for _, m := range t.Constants {
		c.Constants = append(c.Constants, document.Member(m))
	}
	attributes := d.bySlot()
	for _, p := range t.Order {
		c.Fields = append(c.Fields, FieldOf(attributes[p.Slot], int(p.Slot), p.Wide))
	}
	return c
}

// FieldOf returns how documents show an attribute, by the schema's line alone.
func FieldOf(a *Attribute, slot int, wide bool) document.Field {
	f := document.Field{Slot: slot, Type: a.ValueType().Type, Quoted: a.Quoted, Wide: wide && a.ValueType().Kind == attribute.Text}
	if a.Place == PlaceMember {
		f.Member = a.Label
	} else {
		f.Label, f.DisplayType, f.MaxValue = a.Label, a.DisplayType, a.MaxValue
	}
	return f
}

// bySlot returns the attributes by their slots.
func (d *Description) bySlot() map[uint64]*Attribute {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		panic("bundle: the circuit of a description that was not validated: " + err.Error())
	}
	first := firstSlots(id.Size)
	out := map[uint64]*Attribute{}
	for _, section := range d.sections() {
		for i := range section.list {
			out[uint64(first[section.name]+i)] = &section.list[i]
		}
	}
	return out
}

// HiddenNames returns the names of the attributes that no document shows.
func HiddenNames(list []Attribute) (names []string) {
	for _, a := range list {
		if a.Visibility == Hidden {
			names = append(names, a.Name)
		}
	}
	return names
}

// checkOrder holds that documents show each shown attribute once, and no other: a template that is
// made after the draws can leave out nothing.
func (d *Description) checkOrder() error {
	left := d.bySlot()
	for i, p := range d.Template.Order {
		a := left[p.Slot]
		switch {
		case a == nil || a.Visibility != Shown:
			return fmt.Errorf("$.template.order[%d].slot: %d is no shown attribute, or stands there twice", i, p.Slot)
		case p.Wide && a.ValueType().Kind != attribute.Text:
			return fmt.Errorf("$.template.order[%d].wide: of texts alone", i)
		}
		delete(left, p.Slot)
	}
	for slot, a := range left {
		if a.Visibility == Shown {
			return fmt.Errorf("$.template.order: it leaves out slot %d, %.40q, which is shown", slot, a.Label)
		}
	}
	return nil
}
