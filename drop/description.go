package drop

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// Description is all that is public about the drop. key names the verifying
// key of its proofs.
func (d *Drop) Description(key bundle.Key) *bundle.Description {
	traits, claims, facts := d.Schema.published()
	return &bundle.Description{
		Version: bundle.Version, Name: d.Name, Supply: d.Supply, Circuit: d.Circuit.String(),
		Authority: bundle.Authority{Key: d.Authority.Bytes(), SelfAsserted: d.SelfAsserted},
		Traits:    traits, Claims: claims, Facts: facts,
		Template: bundle.Template{Static: d.definition.static, Image: d.definition.image, Name: d.definition.docName},
		Policy:   d.Policy.Text, Program: d.program,
		Commitments: d.Commitments, Beacon: d.Beacon, Key: key,
	}
}

// published writes the schema as the description does.
func (s *Schema) published() ([]bundle.Trait, []bundle.Attribute, []bundle.Attribute) {
	traits := make([]bundle.Trait, len(s.Traits))
	for i, t := range s.Traits {
		traits[i] = bundle.Trait{Name: t.Name, Visibility: bundle.Shown}
		if t.Hidden {
			traits[i].Visibility = bundle.Hidden
		}
	}
	list := func(from []Attribute) []bundle.Attribute {
		out := make([]bundle.Attribute, len(from))
		for i, a := range from {
			out[i] = bundle.Attribute{Name: a.Name, Type: a.Type.String()}
		}
		return out
	}
	return traits, list(s.Claims), list(s.Facts)
}

// Digest commits to the names, types and order of the attributes.
func (s *Schema) Digest() fr.Element {
	if s.Deck != nil {
		return s.Deck.Schema()
	}
	return bundle.SchemaDigest(s.published())
}

// SchemaOf reads the schema back from a description, so that anybody can
// compile its policy with CompilePolicy or read its receipts.
func SchemaOf(d *bundle.Description) (*Schema, error) {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	s := &Schema{Size: id.Size}
	for _, t := range d.Traits {
		s.Traits = append(s.Traits, Trait{t.Name, t.Visibility == bundle.Hidden})
	}
	for to, from := range map[*[]Attribute][]bundle.Attribute{&s.Claims: d.Claims, &s.Facts: d.Facts} {
		for _, a := range from {
			t, err := attribute.ParseType(a.Type)
			if err != nil {
				return nil, fmt.Errorf("reading the schema: %.40q: %w", a.Name, err)
			}
			*to = append(*to, Attribute{Name: a.Name, Type: t})
		}
	}
	if len(s.Traits) > id.Size.Layers || len(s.Claims) > id.Size.Claims || len(s.Facts) > id.Size.Facts {
		return nil, fmt.Errorf("reading the schema: more attributes than the size %s has room for", id.Size.Name)
	}
	return s, nil
}
