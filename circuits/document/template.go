package document

import (
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"
)

// A Template is the public shape of a drop's documents.
type Template struct {
	size   statement.Size
	config Config
	prefix []byte  // whole blocks
	blocks []block // as many as the size has
	cells  []cell  // where each field is
}

// A block is 64 bytes of the template and what a token adds to them.
type block struct {
	index   int    // 0, or 1 + the slot whose presence the block has
	opening bool   // the block starts an attribute: a comma may stand in front
	isID    bool   // the token's id is in it
	shows   *Field // nil if the block shows no value
	bytes   [blockBytes]byte
}

// A cell is a field's blocks: those from first on, of which the last one shows the value.
type cell struct {
	field       *Field
	first, last int
}

// ErrConfig is wrapped by the errors of [New].
var ErrConfig = errors.New("document template")

// New returns the template of c for circuits of the given size. Its errors name the part
// of c that does not fit and by how much.
func New(size statement.Size, c Config) (*Template, error) {
	c.Constants, c.Fields = slices.Clone(c.Constants), slices.Clone(c.Fields)
	t := &Template{size: size, config: c}
	if err := t.config.check(size); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	if err := t.lay(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return t, nil
}

// Size returns the size the template was made for.
func (t *Template) Size() statement.Size { return t.size }

// Width returns the digits that ids are padded to, 0 for none.
func (t *Template) Width() int { return t.config.Width }

// Fields returns what the template shows, in the document's order.
func (t *Template) Fields() []Field { return slices.Clone(t.config.Fields) }

// Shows reports whether documents show a slot.
func (t *Template) Shows(slot int) bool {
	return slices.ContainsFunc(t.config.Fields, func(f Field) bool { return f.Slot == slot })
}

// MaxText is the most bytes a text of the slot may have, 0 if no document shows it as a text.
func (t *Template) MaxText(slot int) int {
	for _, c := range t.cells {
		if c.field.Slot == slot && c.field.Type.Kind == attribute.Text {
			return c.field.MaxText()
		}
	}
	return 0
}

// Commitment returns the commitment to the template: Hash(template, body).
func (t *Template) Commitment() fr.Element { return CommitmentOf(t.BodyHash()) }

// CommitmentOf returns the commitment to a template by the hash of its text.
func CommitmentOf(body fr.Element) fr.Element { return poseidon.Hash(poseidon.Template, body) }

// BodyHash returns the hash of the midstate after the prefix, the document's length, the
// blocks' flags and the blocks' bytes.
func (t *Template) BodyHash() fr.Element {
	high, low := t.midstate()
	in := append([]fr.Element{high, low, t.lengthElement()}, t.flagElements()...)
	return poseidon.Hash(poseidon.Body, append(in, t.chunks()...)...)
}

// chunks are the blocks' bytes: three integers a block, big-endian.
func (t *Template) chunks() []fr.Element {
	var chunks []fr.Element
	for i := range t.blocks {
		for _, part := range chunksOf(t.blocks[i].bytes[:]) {
			var e fr.Element
			e.SetBytes(part)
			chunks = append(chunks, e)
		}
	}
	return chunks
}

// chunksOf cuts a block.
func chunksOf[T any](block []T) [3][]T {
	return [3][]T{block[:frontEnd], block[frontEnd:middleEnd], block[middleEnd:]}
}

// length is the document's length in bytes.
func (t *Template) length() int {
	return len(t.prefix) + len(t.blocks)*blockBytes + endBytes
}

// lengthBits is the number of bits of a document's length in bits.
const lengthBits = 32

// lengthElement packs the document's length in bits, and which digits of an id are always shown.
func (t *Template) lengthElement() fr.Element {
	e := uint64(t.length()) * 8
	for i := 1; i < t.config.Width; i++ {
		e |= 1 << (lengthBits + i - 1)
	}
	return fr.NewElement(e)
}

// midstate returns SHA-256's state after the prefix, as two 128-bit halves.
func (t *Template) midstate() (high, low fr.Element) {
	state := sha256.IV
	for i := 0; i < len(t.prefix); i += blockBytes {
		state = sha256.Compress(state, (*[blockBytes]byte)(t.prefix[i:]))
	}
	return statement.Limbs(state.Bytes())
}
