package poseidon

import (
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Tag separates the domains of the protocol: hashes under different tags, or of
// different lengths, are unrelated functions. This table is all there are (SPEC §3.1).
type Tag struct{ name string }

var (
	Text      = Tag{"text"}      // the value of a text attribute
	Slot      = Tag{"slot"}      // a leaf of the root
	Salts     = Tag{"salts"}     // the salts of a token's slots
	Root      = Tag{"root"}      // the commitment to all slots
	Seeds     = Tag{"seeds"}     // the commitment to the drop's two secrets
	Draws     = Tag{"draws"}     // the randomness of a token's traits
	Rows      = Tag{"rows"}      // eight rows of a trait table
	Table     = Tag{"table"}     // a trait table
	Layer     = Tag{"layer"}     // the tables of a layer, by state
	Model     = Tag{"model"}     // the commitment to a model
	Artifact  = Tag{"artifact"}  // the digest of the model's artifact
	Receipt   = Tag{"receipt"}   // the message an authority signs
	Eddsa     = Tag{"eddsa"}     // the challenge of a signature
	Authority = Tag{"authority"} // the commitment to an authority's key
	Policy    = Tag{"policy"}    // the commitment to a policy's program
	Schema    = Tag{"schema"}    // the digest of a drop's attribute names and types
	Template  = Tag{"template"}  // the commitment to a document template
	Body      = Tag{"body"}      // the digest of a template's text
)

// version is the protocol's version, part of every tag.
const version = "1"

// element returns the tag as a field element: the big-endian integer of the ASCII
// string genproof/VERSION/NAME/INPUTS/OUTPUTS, which is shorter than 31 bytes.
func (t Tag) element(nbIn, nbOut int) fr.Element {
	s := "genproof/" + version + "/" + t.name + "/" + strconv.Itoa(nbIn) + "/" + strconv.Itoa(nbOut)
	if len(s) > 31 {
		panic("poseidon: tag longer than 31 bytes: " + s)
	}
	var e fr.Element
	e.SetBytes([]byte(s))
	return e
}
