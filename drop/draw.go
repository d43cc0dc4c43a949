package drop

import (
	"errors"
	"fmt"
)

// A Drawn is one trait of a token: what the model's tables, the drop's seed and the beacon say.
type Drawn struct {
	Trait  string
	Hidden bool   // no document shows it
	Text   string // empty for none
}

// Draw returns a token's traits, hidden ones too, in the order of drop.yaml. It needs no keys
// and no receipts.
func (d *Drop) Draw(id uint64) ([]Drawn, error) {
	if !d.IDs.Contains(id) {
		return nil, fmt.Errorf("token %d: the drop has tokens %d to %d", id, d.IDs.First, d.IDs.Last())
	}
	rows, err := d.model.Draw(d.Circuit.Size, d.secrets.seed, d.Beacon.Value, id)
	if err != nil {
		return nil, errors.New("drawing traits: the model does not fit the circuit")
	}
	list := make([]Drawn, len(d.definition.traits))
	for i, t := range d.definition.traits {
		list[i] = Drawn{t.Name, t.Hidden(), rows[i].Text}
	}
	return list, nil
}
