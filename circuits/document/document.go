//go:build !js

package document

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"
)

// A TemplateVar is a [Template] inside a circuit. The template is public data: whoever
// relies on a proof recomputes the commitment from the template's text, so its form is
// not constrained, only that everything comes from the committed one.
type TemplateVar struct {
	MidstateHigh, MidstateLow frontend.Variable
	ImageID, NameID           frontend.Variable   // booleans: the id is shown there
	Visible                   []frontend.Variable // booleans, one a layer
	Chunks                    []frontend.Variable // the body's bytes
}

// A TextVar is the text of one layer in its block. Position 0 is the byte before the
// closing quote, and positions count leftwards.
type TextVar struct {
	Quote [maxText]frontend.Variable  // one-hot: the opening quote is at position 1 + index
	Patch [textRoom]frontend.Variable // byte − space, from the quote on; 0 left of it
}

// A DocumentVar is what the prover knows of a document. The circuit hashes the blocks after
// the prefix, the body; its bytes are those of the template plus what the token adds:
//
//	bytes         the template has                     the token adds
//	0..127        the ids, two blocks
//	  0..9          end of the image's URI, '0' a digit  ImageID · ten digits of the id
//	  10..82        .png", spaces, "name":"Nebula Foxes #
//	  83..92        end of the name, '0' a digit         NameID · ten digits of the id
//	  93..127       ", spaces, "attributes":[
//	128+64l..     layer l's block, l < L
//	  0..           {"trait_type":"Eyes","value":
//	  ..28          spaces
//	  29..60        spaces, but for a long name          Texts[l].Patch, 31 to 0
//	  61..63        "},
//	128+64L..     the end block
//	  0..9          ],"root":"
//	  10..52        0x00                                 43 characters of the root
//	  53..54        "}
//	  55..63        0x80, length in bits                 SHA-256's padding
//
// The prefix is in the template's midstate. A chunk is 31 bytes of the body, whatever block
// they are of.
type DocumentVar struct {
	Template TemplateVar
	Texts    []TextVar // one a layer
}

// Placeholder sizes a [DocumentVar].
func Placeholder(size statement.Size) DocumentVar {
	return DocumentVar{
		Template: TemplateVar{
			Visible: make([]frontend.Variable, size.Layers),
			Chunks:  make([]frontend.Variable, nbChunks(size)),
		},
		Texts: make([]TextVar, size.Layers),
	}
}

// ValueOf returns the assignment of a template and the texts of a token, one a layer,
// which [Template.Render] must have accepted.
func ValueOf(t *Template, texts []string) DocumentVar {
	d := Placeholder(t.size)
	d.Template.MidstateHigh, d.Template.MidstateLow = valuesOf(t.midstate())
	flags := t.flagBits()
	d.Template.ImageID, d.Template.NameID = bit(flags[0]), bit(flags[1])
	for l := range d.Texts {
		d.Template.Visible[l] = bit(flags[2+l])
		shown := ""
		if t.Visible(l) {
			shown = texts[l]
		}
		d.Texts[l] = valueOfText(shown, t.Visible(l))
	}
	for i, chunk := range t.chunks() {
		d.Template.Chunks[i] = chunk
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

func valueOfText(text string, visible bool) TextVar {
	var v TextVar
	for j := range v.Quote {
		v.Quote[j] = 0
	}
	for j := range v.Patch {
		v.Patch[j] = 0
		if j < len(text) && visible {
			v.Patch[j] = int(text[len(text)-1-j]) - spaceByte
		}
	}
	if visible {
		v.Quote[len(text)-1] = 1
		v.Patch[len(text)] = quoteByte - spaceByte
	}
	return v
}

// BodyVar returns the hash of the template's text; native mirror: Template.BodyHash.
func (t TemplateVar) BodyVar(api frontend.API) frontend.Variable {
	flags := api.Add(t.ImageID, api.Mul(2, t.NameID))
	for l, visible := range t.Visible {
		flags = api.Add(flags, api.Mul(1<<(2+l), visible))
	}
	return poseidon.HashVar(api, poseidon.Body, append([]frontend.Variable{t.MidstateHigh, t.MidstateLow, flags}, t.Chunks...)...)
}

// CommitmentVar returns the commitment to a template; native mirror:
// [Template.Commitment]. 264 constraints.
func CommitmentVar(api frontend.API, body frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Template, body)
}

// DigestVar returns the two halves of the SHA-256 of the document that d's template makes
// of the token id, the root and the texts, and constrains the text of every shown layer to
// be that of the layer's value; native mirror: [Template.Render].
//
//	flags are booleans
//	id = Σ digit_i·10^i, digits 0..9
//	the characters of the root are its canonical 256 bits in base64url
//	each text is plain, ends where its block says, and hashes to the layer's value
//	body = template + digits + characters + texts, byte by byte
//	digest = SHA-256 continued from the midstate over the body
func DigestVar(api frontend.API, d DocumentVar, id, root frontend.Variable, values []frontend.Variable) (high, low frontend.Variable, err error) {
	assertFlags(api, d.Template)
	additions, err := newAdditions(api, d, id, root)
	if err != nil {
		return nil, nil, err
	}
	bytes := assertBody(api, d.Template.Chunks, additions)
	for l, text := range d.Texts {
		if err := assertText(api, d.Template.Visible[l], text, bytes[traitOffset(l):traitOffset(l+1)], values[l]); err != nil {
			return nil, nil, err
		}
	}
	return digest(api, d.Template, bytes)
}

// assertFlags constrains the template's flags to be booleans.
func assertFlags(api frontend.API, t TemplateVar) {
	api.AssertIsBoolean(t.ImageID)
	api.AssertIsBoolean(t.NameID)
	for _, visible := range t.Visible {
		api.AssertIsBoolean(visible)
	}
}

// newAdditions returns what a token adds to each byte of the template, nil for nothing.
func newAdditions(api frontend.API, d DocumentVar, id, root frontend.Variable) ([]frontend.Variable, error) {
	layers := len(d.Texts)
	additions := make([]frontend.Variable, traitOffset(layers)+blockBytes)
	digits, err := decimalVar(api, id)
	if err != nil {
		return nil, err
	}
	for i, digit := range digits {
		additions[imageIDEnd-1-i] = api.Mul(d.Template.ImageID, digit)
		additions[nameIDEnd-1-i] = api.Mul(d.Template.NameID, digit)
	}
	for l, text := range d.Texts {
		for j, patch := range text.Patch {
			additions[traitOffset(l)+textEnd-1-j] = patch
		}
	}
	for i, character := range base64Var(api, root) {
		additions[traitOffset(layers)+len(rootKey)+i] = character
	}
	return additions, nil
}

// digest compresses the body's blocks from the template's midstate.
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
