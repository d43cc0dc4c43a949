package bundle

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
)

// DocumentConfig returns what the drop's template is made from, with
// document.New.
func (d *Description) DocumentConfig() document.Config {
	c := document.Config{Image: d.Template.Image, Name: d.Template.Name, Supply: d.Supply}
	for _, m := range d.Template.Static {
		c.Static = append(c.Static, document.Member(m))
	}
	for _, t := range d.Traits {
		c.Traits = append(c.Traits, document.Trait{Name: t.Name, Visible: t.Visibility == Shown})
	}
	return c
}

// NewOpenings picks what a bundle of this drop publishes of a token's leaves and
// salts, given one of each for every slot: no openings at all if the circuit
// binds the document, else all leaves and the shown traits' salts, no other
// salt. It panics if the lengths are not the circuit's.
func (d *Description) NewOpenings(leaves, salts []fr.Element) (*Openings, error) {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		return nil, fmt.Errorf("description: $.circuit: %w", err)
	}
	if n := id.Size.Slots(); len(leaves) != n || len(salts) != n {
		panic(fmt.Sprintf("bundle: %d leaves and %d salts for %d slots", len(leaves), len(salts), n))
	}
	if id.Binding != statement.Root {
		return nil, nil
	}
	o := &Openings{Leaves: leaves}
	for i, t := range d.Traits {
		if t.Visibility == Shown {
			o.Salts = append(o.Salts, Salt{Slot: uint64(i), Salt: salts[i]})
		}
	}
	return o, nil
}
