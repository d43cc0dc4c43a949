package document

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Parsed is what a document says of its token.
type Parsed struct {
	ID     uint64
	HasID  bool // the template shows the id; else ID is 0, which is an id too
	Root   fr.Element
	Values []Value // one a slot, absent for slots that are not shown
}

// ErrDocument is wrapped by the errors of [Template.Parse].
var ErrDocument = errors.New("not a document of this template")

// Parse reads a document strictly: it must be exactly what [Template.Render] writes. Where the
// template shows no id, all of them are one.
func (t *Template) Parse(document []byte) (Parsed, error) {
	if want := t.length(); len(document) != want {
		return Parsed{}, fmt.Errorf("%w: %d bytes, want %d", ErrDocument, len(document), want)
	}
	p := Parsed{Values: make([]Value, t.size.Slots())}
	if err := t.parseID(document, &p); err != nil {
		return Parsed{}, err
	}
	if err := p.parseRoot(document); err != nil {
		return Parsed{}, err
	}
	for _, c := range t.cells {
		v, err := t.parseCell(document, c)
		if err != nil {
			return Parsed{}, fmt.Errorf("%w: %s has no plain value", ErrDocument, c.field)
		}
		p.Values[c.field.Slot] = v
	}
	return p, t.same(document, p)
}

// at returns block i of a document.
func (t *Template) at(document []byte, i int) []byte {
	return document[len(t.prefix)+i*blockBytes:][:blockBytes]
}

// parseID reads the id in the first block that shows one. What follows it may be a digit too, but
// one id alone gives the block's bytes.
func (t *Template) parseID(document []byte, p *Parsed) error {
	i := slices.IndexFunc(t.blocks, func(b block) bool { return b.isID })
	if i < 0 {
		return nil
	}
	got := t.at(document, i)
	for n := 1; n <= idDigits; n++ {
		id, err := strconv.ParseUint(string(got[idStart:idStart+n]), 10, 64)
		if err != nil {
			break
		}
		want := t.blocks[i].bytes
		t.renderID(want[:], id)
		if bytes.Equal(got, want[:]) {
			p.ID, p.HasID = id, true
			return nil
		}
	}
	return fmt.Errorf("%w: it shows no token id", ErrDocument)
}

func (p *Parsed) parseRoot(document []byte) error {
	end := document[len(document)-endBytes:]
	b, err := base64.RawURLEncoding.Strict().DecodeString(string(end[len(rootKey) : len(rootKey)+rootChars]))
	if err != nil {
		return fmt.Errorf("%w: its root is not base64url", ErrDocument)
	}
	if err := p.Root.SetBytesCanonical(b); err != nil {
		return fmt.Errorf("%w: its root is not a field element", ErrDocument)
	}
	return nil
}

// parseCell reads the value in a field's last block. An absent field's is spaces.
func (t *Template) parseCell(document []byte, c cell) (Value, error) {
	block := t.at(document, c.last)
	if len(bytes.Trim(block, " ")) == 0 {
		return Value{}, nil
	}
	text := string(block[:valueEnd])
	switch {
	case c.field.touching() != "":
		text = cidOf(c.field.codec(), [32]byte{})[:cidHead] + text[cidStart:]
	case c.field.isQuoted():
		text = text[strings.LastIndexByte(text, quoteByte)+1:]
	default:
		text = text[strings.LastIndexAny(text, " :")+1:]
	}
	return c.field.parse(text)
}

// digestOf reads the digest of a CID.
func digestOf(cid string) (digest [32]byte, err error) {
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(strings.TrimPrefix(cid, "b")))
	if err == nil && len(raw) != 4+len(digest) {
		err = fmt.Errorf("%w: no CID of 32 bytes", ErrDocument)
	}
	if err == nil {
		copy(digest[:], raw[4:])
	}
	return digest, err
}

// same reports whether rendering p gives the document back.
func (t *Template) same(document []byte, p Parsed) error {
	id := p.ID
	if !p.HasID {
		id = t.config.First // any: none is shown
	}
	again, err := t.Render(id, p.Root, p.Values)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDocument, err)
	}
	for i := range again {
		if again[i] != document[i] {
			return fmt.Errorf("%w: byte %d differs", ErrDocument, i)
		}
	}
	if !isJSON(document) {
		return fmt.Errorf("%w: not JSON", ErrDocument)
	}
	return nil
}
