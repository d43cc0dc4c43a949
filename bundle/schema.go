package bundle

import (
	"fmt"
	"unicode"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// chunkBytes is the most whole bytes that fit a field element.
const chunkBytes = 31

// SchemaDigest commits to the names, types and order of a drop's attributes.
// It is part of the policy's commitment and of every receipt, so neither can
// be read against another schema.
//
//	schema = Hash(schema, length, chunks)      chunks of 31 bytes, big-endian
//
// of the text that has one line for each attribute, in the order of the slots:
// section, length of the name in bytes, name, and type, as in
// "claim 7 license text\n". A trait's type is text. Visibility is the
// template's business.
func SchemaDigest(traits []Trait, claims, facts []Attribute) fr.Element {
	var text []byte
	for _, t := range traits {
		text = appendLine(text, "trait", t.Name, "text")
	}
	for _, c := range claims {
		text = appendLine(text, "claim", c.Name, c.Type)
	}
	for _, f := range facts {
		text = appendLine(text, "fact", f.Name, f.Type)
	}
	return schemaElement(text)
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

func appendLine(b []byte, section, name, kind string) []byte {
	return fmt.Appendf(b, "%s %d %s %s\n", section, len(name), name, kind)
}

// Schema is the description's SchemaDigest.
func (d *Description) Schema() fr.Element {
	return SchemaDigest(d.Traits, d.Claims, d.Facts)
}

// printable allows what unicode calls graphic: spaces, but no control or
// formatting characters, which could make a terminal show something else.
func printable(r rune) bool { return unicode.IsGraphic(r) && r != unicode.ReplacementChar }
