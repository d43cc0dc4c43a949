package bundle

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// chunkBytes is the most whole bytes that fit a field element.
const chunkBytes = 31

// SchemaText is what the schema's element is the hash of: all that is fixed before the beacon
// about what slots mean and what documents show of them. One line for the drop, one for each
// attribute in the order of the slots; strings that a person chose have their length in bytes
// before them.
//
//	drawn SIZE ID_WIDTH                 SIZE with art/ before it where a picture is proven, and as-published behind the width, if spelling is
//	SECTION VISIBILITY PLACE TYPE FORM NAME LABEL DISPLAY_TYPE MAX_VALUE n WORDS
func (d *Description) SchemaText() []byte {
	binding, size, _ := strings.Cut(d.Circuit, "/")
	size, _, _ = strings.Cut(size, "/") // the proof system is the key's business
	if binding == string(statement.Art) {
		size = binding + "/" + size
	}
	b := fmt.Appendf(nil, "drawn %s %d", size, d.IDWidth)
	if d.SpelledAs() == AsPublished {
		b = append(b, " "+AsPublished...)
	}
	b = append(b, '\n')
	for _, section := range d.sections() {
		for _, a := range section.list {
			form := "plain"
			if a.Quoted {
				form = "quoted"
			}
			b = fmt.Appendf(b, "%s %s %s %s %s %s %s %s %s %d", section.name, a.Visibility, a.Place, a.Type, form,
				counted(a.Name), counted(a.Label), counted(a.DisplayType), counted(a.MaxValue), len(a.Words))
			for _, w := range a.Words {
				b = fmt.Appendf(b, " %s", counted(w))
			}
			b = append(b, '\n')
		}
	}
	return b
}

// Schema is the element that the policy commits to: Hash(schema, length, chunks), chunks of 31
// bytes, big-endian, of [Description.SchemaText]. Every receipt signs the policy, so neither
// can be read against another schema.
func (d *Description) Schema() fr.Element { return schemaElement(d.SchemaText()) }

// PolicyOf returns the commitment to the policy that the program is, for these ids and this
// schema. The description must be valid.
func (d *Description) PolicyOf() (fr.Element, error) {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		return fr.Element{}, err
	}
	program, err := d.Program.Compile(d.Schema(), d.Infos())
	if err != nil {
		return fr.Element{}, err
	}
	commitment, err := program.Drawn(id.Size, d.IDs())
	if err != nil {
		return commitment, fmt.Errorf("program: %w", err)
	}
	return commitment, nil
}

// schemaElement hashes a schema's text.
func schemaElement(text []byte) fr.Element {
	in := []fr.Element{fr.NewElement(uint64(len(text)))}
	for len(text) > 0 {
		n := min(chunkBytes, len(text))
		var chunk fr.Element
		chunk.SetBytes(text[:n]) // 248 bits: no reduction
		in = append(in, chunk)
		text = text[n:]
	}
	return poseidon.Hash(poseidon.Schema, in...)
}

// printable allows what unicode calls graphic: spaces, but no control or
// formatting characters, which could make a terminal show something else.
func printable(r rune) bool { return unicode.IsGraphic(r) && r != unicode.ReplacementChar }
