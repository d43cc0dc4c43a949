package bundle

import "github.com/genproof/genproof/bundle/metadata"

// Labels returns what documents of the deck's cards are compared with.
func (d *Deck) Labels() *metadata.Schema {
	size, _ := d.Size()
	slots := make([]metadata.Slot, size.CardSlots())
	for i, a := range d.BySlot()[:len(slots)] {
		if a != nil {
			slots[i] = metadata.Slot{Name: a.Name, Label: a.Label, Type: a.ValueType(), Shown: a.Visibility == Shown, Listed: a.Section == SectionTrait}
		}
	}
	return metadata.NewSchema(slots)
}
