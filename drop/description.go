package drop

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
)

// Description is all that is public about the drop. key names the verifying
// key of its proofs.
func (d *Drop) Description(key bundle.Key) *bundle.Description {
	out := d.Schema.description()
	out.Version, out.Name, out.FirstID, out.Supply, out.Circuit = bundle.Version, d.Name, d.IDs.First, d.IDs.Supply, d.Circuit.String()
	out.Authority = bundle.Authority{Key: d.Authority.Bytes(), SelfAsserted: d.SelfAsserted}
	out.Template = d.definition.document
	out.Policy, out.Program = d.Policy.Text, d.program
	out.Commitments, out.Beacon, out.Key = d.Commitments, d.Beacon, key
	return out
}

// description returns a description with the schema of a drawn drop alone.
func (s *Schema) description() *bundle.Description {
	list := func(from []Attribute) []bundle.Attribute {
		out := make([]bundle.Attribute, len(from))
		for i, a := range from {
			out[i] = a.published()
		}
		return out
	}
	d := &bundle.Description{
		Circuit: string(s.binding()) + "/" + s.Size.Name, IDWidth: s.IDWidth,
		Traits: list(s.Traits), Claims: list(s.Claims), Facts: list(s.Facts),
	}
	if s.Size.HasNetwork() {
		scores := list(s.Scores)
		d.Scores = &scores
	}
	d.SpellAs(s.Spelled)
	return d
}

// binding is one whose circuits have the schema's size.
func (s *Schema) binding() statement.Binding {
	if s.Size.IsArt() {
		return statement.Art
	}
	return statement.Root
}

// Digest commits to what the attributes are and what documents show of them.
func (s *Schema) Digest() fr.Element {
	if s.Deck != nil {
		return s.Deck.Schema()
	}
	return s.description().Schema()
}

// SchemaOf reads the schema back from a description, so that anybody can
// compile its policy with CompilePolicy or read its receipts.
func SchemaOf(d *bundle.Description) (*Schema, error) {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	if err := d.CheckSchema(); err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	s := &Schema{Size: id.Size, IDWidth: d.IDWidth, Spelled: d.SpelledAs()}
	for to, from := range map[*[]Attribute][]bundle.Attribute{&s.Traits: d.Traits, &s.Claims: d.Claims, &s.Facts: d.Facts} {
		for _, a := range from {
			*to = append(*to, attributeOf(a, s.Spelled))
		}
	}
	if d.Scores != nil {
		for _, a := range *d.Scores {
			s.Scores = append(s.Scores, attributeOf(a, s.Spelled))
		}
	}
	return s, nil
}
