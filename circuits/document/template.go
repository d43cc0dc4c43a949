package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"
)

// A Trait is a layer as the document shows it.
type Trait struct {
	Name    string
	Visible bool
}

// A Member is a text member of the document that is the same for every token.
type Member struct {
	Key, Value string
}

// A Config describes a template. Image and Name are texts with at most one {id}, which a
// token's id replaces in fixed-width decimal; an empty Image is left out.
type Config struct {
	Static        []Member
	Image, Name   string
	Traits        []Trait // in drawing order; layers beyond them are unused
	First, Supply uint64  // ids run from First to First + Supply - 1
}

// A Template is the public shape of a drop's documents.
type Template struct {
	size    statement.Size
	config  Config
	prefix  []byte // whole blocks
	body    []byte // the blocks after them
	imageID bool
	nameID  bool
	width   int // digits of an id
}

// ErrConfig is wrapped by the errors of [New].
var ErrConfig = errors.New("document template")

// New returns the template of c for circuits of the given size. Its errors name the part
// of c that does not fit and by how much.
func New(size statement.Size, c Config) (*Template, error) {
	c.Static, c.Traits = slices.Clone(c.Static), slices.Clone(c.Traits)
	t := &Template{size: size, config: c, width: len(strconv.FormatUint(c.First+max(1, c.Supply)-1, 10))}
	for _, step := range []func() error{t.check, t.layIDs, t.layTraits, t.layEnd} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrConfig, err)
		}
	}
	return t, nil
}

// Size returns the size the template was made for.
func (t *Template) Size() statement.Size { return t.size }

// Width returns the digits of an id.
func (t *Template) Width() int { return t.width }

// contains reports whether id is one of the drop's.
func (t *Template) contains(id uint64) bool {
	return id >= t.config.First && id-t.config.First < t.config.Supply
}

// Visible reports whether documents show layer l.
func (t *Template) Visible(l int) bool {
	return l < len(t.config.Traits) && t.config.Traits[l].Visible
}

func (t *Template) check() error {
	c := t.config
	if c.Supply < 1 || c.First > MaxID || c.Supply-1 > MaxID-c.First {
		return fmt.Errorf("a supply of %d from id %d, want 1 or more, up to id %d", c.Supply, c.First, uint64(MaxID))
	}
	if len(c.Traits) > t.size.Layers {
		return fmt.Errorf("%d traits, the %s circuits have room for %d", len(c.Traits), t.size.Name, t.size.Layers)
	}
	if err := checkNames(c); err != nil {
		return err
	}
	for _, s := range append([]string{c.Image, c.Name}, texts(c)...) {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%q is not valid UTF-8", s)
		}
	}
	return nil
}

// checkNames refuses names that some reader would take for each other: members in another
// case are the same to those who fold it.
func checkNames(c Config) error {
	members := []string{"", "image", "name", "attributes", "root"}
	for _, m := range c.Static {
		if slices.ContainsFunc(members, func(s string) bool { return strings.EqualFold(s, m.Key) }) {
			return fmt.Errorf("member %q is there already, or has no name", m.Key)
		}
		members = append(members, m.Key)
	}
	traits := []string{""}
	for _, trait := range c.Traits {
		if slices.Contains(traits, trait.Name) {
			return fmt.Errorf("trait %q is there already, or has no name", trait.Name)
		}
		traits = append(traits, trait.Name)
	}
	return nil
}

// texts lists the texts of c that may hold no {id}.
func texts(c Config) (all []string) {
	for _, m := range c.Static {
		all = append(all, m.Key, m.Value)
	}
	for _, trait := range c.Traits {
		all = append(all, trait.Name)
	}
	return all
}

// cut splits a pattern, as a JSON string, around its {id}.
func cut(what, pattern string) (before, after string, found bool, err error) {
	before, after, found = strings.Cut(quote(pattern), "{id}")
	if strings.Contains(after, "{id}") {
		return "", "", false, fmt.Errorf("%s %q holds {id} twice, once is the most", what, pattern)
	}
	return before, after, found, nil
}

// layIDs fills the prefix and the ids blocks.
func (t *Template) layIDs() error {
	imageBefore, imageAfter, imageID, err := cut("image", t.config.Image)
	if err != nil {
		return err
	}
	nameBefore, nameAfter, nameID, err := cut("name", t.config.Name)
	if err != nil {
		return err
	}
	t.imageID, t.nameID = imageID, nameID

	members := "{"
	for _, m := range t.config.Static {
		members += quote(m.Key) + ":" + quote(m.Value) + ","
	}
	if !nameID {
		members += `"name":` + nameBefore + ","
	}
	if t.config.Image != "" && !imageID {
		members += `"image":` + imageBefore + ","
	}
	ids := bytes.Repeat([]byte{spaceByte}, idsBytes)
	copy(ids[idsBytes-len(attributes):], attributes)
	last := ""
	if imageID {
		last = `"image":` + imageBefore
	}
	if nameID {
		if err := t.layName(ids, imageAfter, nameBefore, nameAfter); err != nil {
			return err
		}
	} else if imageID {
		if room := idsBytes - len(attributes) - imageIDEnd; len(imageAfter)+1 > room {
			return fmt.Errorf("image has %d bytes after {id}, %d fit", len(imageAfter)-1, room-2)
		}
	}
	if imageID {
		copy(ids[imageIDEnd:], imageAfter+",")
	}
	return t.layPrefix(members, last, ids)
}

// layName writes the name around its id, and checks that the image's end leaves room.
func (t *Template) layName(ids []byte, imageAfter, before, after string) error {
	start := 0
	if t.imageID {
		start = imageIDEnd + len(imageAfter) + 1
	}
	name := `"name":` + before
	digits := nameIDEnd - t.width
	if len(name) > digits-start {
		return fmt.Errorf("name before {id} and image after it take %d bytes, %d fit",
			len(name)+start, digits)
	}
	copy(ids[digits-len(name):], name)
	copy(ids[digits:nameIDEnd], zeros)
	if room := idsBytes - len(attributes) - nameIDEnd; len(after)+1 > room {
		return fmt.Errorf("name has %d bytes after {id}, %d fit", len(after)-1, room-2)
	}
	copy(ids[nameIDEnd:], after+",")
	return nil
}

const zeros = "0000000000"

// layPrefix pads the members before last so that last ends where the image's digits
// start, and cuts at the block.
func (t *Template) layPrefix(members, last string, ids []byte) error {
	spill := 0 // bytes of the prefix's text in the ids blocks
	if t.imageID {
		spill = imageIDEnd - t.width
		copy(ids[spill:imageIDEnd], zeros)
	}
	text := len(members) + len(last) - spill
	padding := (blockBytes - text%blockBytes) % blockBytes
	whole := members + strings.Repeat(" ", padding) + last
	if len(whole) > maxPrefix {
		return fmt.Errorf("the constant members take %d bytes, at most %d fit", len(whole), maxPrefix)
	}
	t.prefix = []byte(whole[:len(whole)-spill])
	copy(ids, whole[len(whole)-spill:])
	t.body = ids
	return nil
}

// head is what a shown trait's block starts with.
func head(trait Trait) string { return `{"trait_type":` + quote(trait.Name) + `,"value":` }

// layTraits writes a block a layer: spaces for one that is hidden or unused.
func (t *Template) layTraits() error {
	last := -1
	for l := range t.config.Traits {
		if t.config.Traits[l].Visible {
			last = l
		}
	}
	for l := range t.size.Layers {
		block := bytes.Repeat([]byte{spaceByte}, blockBytes)
		if t.Visible(l) {
			if t.MaxText(l) < 1 {
				return fmt.Errorf("trait name %q leaves no room for a text in its block of %d bytes",
					t.config.Traits[l].Name, blockBytes)
			}
			copy(block, head(t.config.Traits[l]))
			copy(block[textEnd:], `"},`)
			if l == last {
				block[blockBytes-1] = spaceByte
			}
		}
		t.body = append(t.body, block...)
	}
	return nil
}

// layEnd writes the end block, the root's characters as zeros.
func (t *Template) layEnd() error {
	end := append([]byte(rootKey), make([]byte, rootChars)...)
	end = append(end, `"}`...)
	end = append(end, 0x80)
	length := len(t.prefix) + len(t.body) + endBytes
	t.body = append(t.body, binary.BigEndian.AppendUint64(end, uint64(length)*8)...)
	if len(t.body) != bodyBytes(t.size) {
		panic("document: the body is not whole blocks")
	}
	return nil
}

// MaxText is the most bytes a text of layer l may have, 0 for a layer that is not shown.
func (t *Template) MaxText(l int) int {
	if !t.Visible(l) {
		return 0
	}
	return max(0, min(maxText, textEnd-1-len(head(t.config.Traits[l]))))
}

// Commitment returns Hash(Template, body), where body hashes the midstate after the prefix,
// the flags and the bytes of the other blocks.
func (t *Template) Commitment() fr.Element {
	return poseidon.Hash(poseidon.Template, t.BodyHash())
}

// BodyHash returns the hash of the template's text.
func (t *Template) BodyHash() fr.Element {
	high, low := t.midstate()
	in := []fr.Element{high, low, fr.NewElement(t.flags())}
	return poseidon.Hash(poseidon.Body, append(in, t.chunks()...)...)
}

// flags packs whether the image and the name show the id, and the layers' visibility.
func (t *Template) flags() (flags uint64) {
	for i, set := range t.flagBits() {
		if set {
			flags |= 1 << i
		}
	}
	return flags
}

func (t *Template) flagBits() []bool {
	bits := []bool{t.imageID, t.nameID}
	for l := range t.size.Layers {
		bits = append(bits, t.Visible(l))
	}
	return bits
}

// chunks are the body's bytes, 31 to an element, big-endian.
func (t *Template) chunks() []fr.Element {
	chunks := make([]fr.Element, 0, nbChunks(t.size))
	for i := 0; i < len(t.body); i += chunkBytes {
		var e fr.Element
		e.SetBytes(t.body[i:min(i+chunkBytes, len(t.body))])
		chunks = append(chunks, e)
	}
	return chunks
}

// midstate returns SHA-256's state after the prefix, as two 128-bit halves.
func (t *Template) midstate() (high, low fr.Element) {
	state := sha256.IV
	for i := 0; i < len(t.prefix); i += blockBytes {
		state = sha256.Compress(state, (*[blockBytes]byte)(t.prefix[i:]))
	}
	var b [32]byte
	for i, w := range state {
		binary.BigEndian.PutUint32(b[4*i:], w)
	}
	return statement.Limbs(b)
}
