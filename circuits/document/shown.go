//go:build !js

package document

import (
	"math/big"
	"strings"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/rank1"
	"github.com/genproof/genproof/circuits/statement"
)

// A ShownVar is what a token shows in a block, apart from its id. Texts and numbers are characters:
// position 0 is byte 61, and positions count leftwards.
type ShownVar struct {
	Start     [MaxText]frontend.Variable // one-hot: the characters start behind position 1 + index
	Patch     [MaxText]frontend.Variable // character − space; 0 left of them
	Negative  frontend.Variable          // of a number: a minus stands before it
	High, Low frontend.Variable          // of a digest
}

func valueOfNothing() ShownVar {
	var v ShownVar
	for j := range v.Start {
		v.Start[j], v.Patch[j] = 0, 0
	}
	v.Negative, v.High, v.Low = 0, 0, 0
	return v
}

// valueOfShown returns the assignment of a value that a document can show.
func valueOfShown(f *Field, v Value) ShownVar {
	out := valueOfNothing()
	s, err := f.Shown(v)
	switch {
	case err != nil:
		panic("document: a value that cannot be shown")
	case f.Type.Kind == attribute.Bool:
		return out
	case f.Type.Kind == attribute.Digest:
		out.High, out.Low = valuesOf(statement.Limbs(v.Digest))
		return out
	}
	if f.Type.Kind != attribute.Text && strings.HasPrefix(s, "-") {
		s, out.Negative = s[1:], 1
	}
	out.setCharacters(s)
	return out
}

func (s *ShownVar) setCharacters(characters string) {
	for j := range len(characters) {
		s.Patch[j] = int(characters[len(characters)-1-j]) - spaceByte
	}
	s.Start[len(characters)-1] = 1
}

// A valueVar is what a block shows, and what follows from it.
type valueVar struct {
	block          BlockVar
	shown          ShownVar
	value, present frontend.Variable // of the slot

	canDigest bool // the block can show a digest

	text, number, digest frontend.Variable // what the block shows, all 0 if the slot is absent

	inside [MaxText + 1]frontend.Variable // of the characters, by position; the last is 0
	lead   frontend.Variable              // what is added to the space before the characters
	quote  frontend.Variable              // and to that before a minus
	limbs  [2]frontend.Variable           // of a shown digest, or 0
}

// newValueVar returns what the block shows of the slot.
//
//	text, number = flag·present
//	start_j booleans,  Σ start_j = text + number              characters, or none
//	                                 (that each is boolean follows from the rows of the characters, too)
//	negative boolean, and 0 unless the block shows an int
func newValueVar(api frontend.API, b BlockVar, s ShownVar, value, present frontend.Variable) valueVar {
	v := valueVar{block: b, shown: s, value: value, present: present, limbs: [2]frontend.Variable{0, 0}}
	v.text, v.number, v.digest = api.Mul(b.Text, present), api.Mul(b.Number, present), 0
	v.inside[MaxText] = 0
	for j := MaxText - 1; j >= 0; j-- {
		api.AssertIsBoolean(s.Start[j])
		v.inside[j] = api.Add(v.inside[j+1], s.Start[j])
	}
	api.AssertIsEqual(v.inside[0], api.Add(v.text, v.number))
	api.AssertIsBoolean(s.Negative)
	rank1.AssertProduct(api, api.Sub(1, b.Signed), s.Negative, 0)
	v.setLead(api)
	return v
}

// setLead says what stands before the characters: a quote, a minus behind a quote, a minus, or a space.
func (v *valueVar) setLead(api frontend.API) {
	both := api.Mul(v.shown.Negative, v.block.Quoted)
	v.quote = api.Mul(quoteByte-spaceByte, both)
	v.lead = api.Add(api.Mul(quoteByte-spaceByte, api.Add(v.block.Text, v.block.Quoted)), api.Mul('-'-spaceByte, v.shown.Negative))
	v.lead = api.Sub(v.lead, v.quote)
}

// additions returns what the value adds to the block's chunks.
//
//	characters    patch_j, and at their start the lead; before a minus a quote
//	bool          true − false, at bytes 57 to 61
//	digest        52 characters of its CID − spaces, at bytes 10 to 61
//
// Where the quote before a minus stands no row looks at the template: a number's room in it has
// spaces enough for 20 digits and both.
func (v *valueVar) additions(api frontend.API) [3]frontend.Variable {
	adds := [3]frontend.Variable{0, 0, 0}
	var starts [3]frontend.Variable
	starts[1], starts[2] = 0, 0
	for j := range v.shown.Patch {
		chunk, weight := weightOf(valueEnd - 1 - j)
		adds[chunk] = api.Add(adds[chunk], api.Mul(v.shown.Patch[j], weight))
		chunk, weight = weightOf(valueEnd - 2 - j)
		starts[chunk] = api.Add(starts[chunk], api.Mul(v.shown.Start[j], weight))
	}
	adds[1] = api.Add(adds[1], api.Mul(starts[1], v.lead))
	adds[2] = api.Add(adds[2], api.Mul(starts[2], api.Add(v.lead, api.Mul(256, v.quote))))
	adds[2] = api.Add(adds[2], v.boolVar(api))
	if v.canDigest {
		for i, add := range v.digestVar(api) {
			adds[i] = api.Add(adds[i], add)
		}
	}
	return adds
}

// boolVar returns what makes false true, and constrains a bool that is shown to be 0 or 1. An
// absent slot's value is 0, and false is gone with the block. 2 constraints.
func (v *valueVar) boolVar(api frontend.API) frontend.Variable {
	isTrue := api.Mul(v.value, v.block.Bool)
	rank1.AssertProduct(api, api.Sub(1, v.value), isTrue, 0)
	difference := new(big.Int).SetBytes([]byte(" true"))
	difference.Sub(difference, new(big.Int).SetBytes([]byte("false")))
	return api.Mul(isTrue, difference.Mul(difference, power256(blockBytes-valueEnd)))
}

// assert constrains the block's bytes to be those of the value, and the value to be the slot's.
func (v *valueVar) assert(api frontend.API, block []byteVar) error {
	if err := v.assertCharacters(api, block); err != nil {
		return err
	}
	v.assertHashed(api)
	return v.assertNumber(api, block)
}
