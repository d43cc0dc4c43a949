//go:build !js

package document

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"
)

// A TemplateVar is a [Template] inside a circuit. The template is public data: whoever
// relies on a proof recomputes the commitment from the template's text, so its form is
// not constrained, only that everything comes from the committed one.
type TemplateVar struct {
	MidstateHigh, MidstateLow frontend.Variable
	Length                    frontend.Variable // of the document in bits, and the width of ids
	Blocks                    []BlockVar
}

// A DocumentVar is what the prover knows of a document. The circuit hashes the blocks after
// the prefix, whose bytes are those of the template, spaces where an attribute is absent, plus
// what the token adds:
//
//	bytes         the template has                     the token adds
//	64·b..        block b
//	  0             a space                              the comma between two attributes
//	  0..           ,{"trait_type":"Eyes","value":
//	  ..61          spaces, of a bool false              the value, with its opening quote
//	  62..63        a closing quote or a space, } or ,
//	64·b..        a block with the token's id
//	  0..32         ,"name":"Nebula Foxes #
//	  33..63        0x00 ten times, then 21 bytes after  the id's digits; what is after moves up to them
//	64·B..        the end block
//	  0..9          ],"root":"
//	  10..52                                             43 characters of the root
//	  53..54        "}
//	  55..63        0x80, length in bits                 SHA-256's padding
//
// The prefix is in the template's midstate.
type DocumentVar struct {
	Template TemplateVar
	Shown    []ShownVar // one a block
}

// Placeholder sizes a [DocumentVar].
func Placeholder(size statement.Size) DocumentVar {
	d := DocumentVar{Template: TemplateVar{Blocks: make([]BlockVar, size.Blocks)}, Shown: make([]ShownVar, size.Blocks)}
	for i := range d.Template.Blocks {
		d.Template.Blocks[i].Index = make([]frontend.Variable, indexBits(size))
	}
	return d
}

// ValueOf returns the assignment of a template and the values of a token, one a slot,
// which [Template.Render] must have accepted.
func ValueOf(t *Template, values []Value) DocumentVar {
	d := Placeholder(t.size)
	d.Template.MidstateHigh, d.Template.MidstateLow = valuesOf(t.midstate())
	d.Template.Length = t.lengthElement()
	chunks := t.chunks()
	for i := range t.blocks {
		d.Template.Blocks[i] = valueOfBlock(&t.blocks[i], t.size)
		for k := range d.Template.Blocks[i].Chunks {
			d.Template.Blocks[i].Chunks[k] = chunks[3*i+k]
		}
		d.Shown[i] = valueOfNothing()
		if f := t.blocks[i].shows; f != nil && values[f.Slot].Present {
			d.Shown[i] = valueOfShown(f, values[f.Slot])
		}
	}
	return d
}

func valuesOf(a, b fr.Element) (x, y frontend.Variable) { return a, b }

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// BodyVar returns the hash of the template's text; native mirror: [Template.BodyHash].
func (t TemplateVar) BodyVar(api frontend.API, size statement.Size) frontend.Variable {
	in := []frontend.Variable{t.MidstateHigh, t.MidstateLow, t.Length}
	per := flagsPerElement(size)
	for i := 0; i < len(t.Blocks); i += per {
		var flags []frontend.Variable
		for _, b := range t.Blocks[i:min(i+per, len(t.Blocks))] {
			flags = append(flags, b.flags()...)
		}
		in = append(in, bits.Number(api, flags))
	}
	for _, b := range t.Blocks {
		in = append(in, b.Chunks[:]...)
	}
	return poseidon.HashVar(api, poseidon.Body, in...)
}

// CommitmentVar returns the commitment to a template; native mirror:
// [Template.Commitment]. 264 constraints.
func CommitmentVar(api frontend.API, body frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Template, body)
}

// DigestVar returns the two halves of the SHA-256 of the document that d's template makes
// of the token id, the root and the slots, and constrains what every block shows to be the
// value of its slot; native mirror: [Template.Render]. Slots must be those that
// [attribute.AssertSlots] has seen.
//
//	flags are booleans
//	id = Σ digit_i·10^i, digits 0..9, of which as many are shown as the template or the id has
//	the characters of the root are its canonical 256 bits in base64url
//	each block = template, or spaces if its slot is absent, + comma + value + id, byte by byte
//	each value is in its one form and is that of its slot
//	digest = SHA-256 continued from the midstate over the blocks
func DigestVar(api frontend.API, size statement.Size, d DocumentVar, id, root frontend.Variable, slots []attribute.SlotVar) (high, low frontend.Variable, err error) {
	length, widths := splitLength(api, d.Template.Length)
	text, err := newIDVar(api, id, widths)
	if err != nil {
		return nil, nil, err
	}
	choices := newSlotChoice(slots, len(d.Template.Blocks[0].Index))
	var bytes []byteVar
	var seen frontend.Variable = 0 // is there an attribute already
	for i, b := range d.Template.Blocks {
		assertFlags(api, b)
		value, present := choices.at(api, b.Index)
		comma := commaVar(api, b.Opening, present, &seen)
		shown := newValueVar(api, b, d.Shown[i], value, present)
		shown.canDigest = size.ShowsDigest(i)
		block := assertBytes(api, b.chunksVar(api, present, comma, text, shown.additions(api)))
		if err := shown.assert(api, block); err != nil {
			return nil, nil, err
		}
		bytes = append(bytes, block...)
	}
	return digest(api, d.Template, append(bytes, endVar(api, root, length)...))
}

// endVar returns the bytes of the end block.
func endVar(api frontend.API, root frontend.Variable, length []frontend.Variable) []byteVar {
	end := constantBytes(rootKey)
	for _, character := range base64Var(api, root) {
		end = append(end, bytesOf(api, character, 1)...)
	}
	end = append(end, constantBytes("\"}\x80")...)
	for i := 7; i >= 0; i-- {
		var b byteVar
		for j := range b {
			b[j] = 0
			if k := 8*i + j; k < len(length) {
				b[j] = length[k]
			}
		}
		end = append(end, b)
	}
	return end
}

// digest compresses the blocks from the template's midstate.
func digest(api frontend.API, t TemplateVar, bytes []byteVar) (high, low frontend.Variable, err error) {
	var start [8]sha256.WordVar
	for i, half := range []frontend.Variable{t.MidstateHigh, t.MidstateLow} {
		for j, word := range wordsOf(bytesOf(api, half, 16)) {
			start[4*i+j] = word
		}
	}
	state := sha256.NewState(api, start)
	for i := 0; i < len(bytes); i += blockBytes {
		block := [16]sha256.WordVar(wordsOf(bytes[i : i+blockBytes]))
		if state, err = sha256.CompressVar(api, state, block); err != nil {
			return nil, nil, err
		}
	}
	return state.Digest(api)
}
