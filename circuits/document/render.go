package document

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Render returns the document of a token: values has one value a slot, ignored for slots
// that are not shown. Errors do not quote values.
func (t *Template) Render(id uint64, root fr.Element, values []Value) ([]byte, error) {
	if id < t.config.First || id > t.config.last() {
		return nil, fmt.Errorf("rendering: token id %d is outside %d..%d", id, t.config.First, t.config.last())
	}
	if len(values) != t.size.Slots() {
		panic(fmt.Sprintf("document: %d values for %d slots", len(values), t.size.Slots()))
	}
	doc := bytes.Clone(t.prefix)
	for i := range t.blocks {
		doc = append(doc, t.blocks[i].bytes[:]...)
		if t.blocks[i].isID {
			t.renderID(doc[len(doc)-blockBytes:], id)
		}
	}
	something := false // is there an attribute already
	for _, c := range t.cells {
		blocks := doc[len(t.prefix)+c.first*blockBytes : len(t.prefix)+(c.last+1)*blockBytes]
		v := values[c.field.Slot]
		if !v.Present {
			copy(blocks, bytes.Repeat([]byte{spaceByte}, len(blocks)))
			continue
		}
		if err := t.renderValue(blocks, c, v); err != nil {
			return nil, fmt.Errorf("rendering %s: %w", c.field, err)
		}
		if c.field.Member == "" {
			if something {
				blocks[0] = ','
			}
			something = true
		}
	}
	rootBytes := root.Bytes()
	return append(doc, rootKey+base64.RawURLEncoding.EncodeToString(rootBytes[:])+`"}`...), nil
}

// renderID writes the id into its block and moves what follows up to it.
func (t *Template) renderID(block []byte, id uint64) {
	digits := t.idText(id)
	after := bytes.Clone(block[idStart+idDigits:])
	copy(block[idStart:], digits)
	copy(block[idStart+len(digits):], string(after)+strings.Repeat(" ", idDigits))
}

// idText writes an id as the document's patterns have it.
func (t *Template) idText(id uint64) string { return fmt.Sprintf("%0*d", t.config.Width, id) }

// renderValue writes a value, right-aligned, into the last block of its cell.
func (t *Template) renderValue(blocks []byte, c cell, v Value) error {
	s, err := c.field.Shown(v)
	if err != nil {
		return err
	}
	room := MaxText
	if text := t.MaxText(c.field.Slot); text > 0 {
		room = text
	}
	end := len(blocks) - blockBytes + valueEnd
	switch isCID := c.field.touching() != ""; {
	case isCID:
		s = s[cidHead:]
	case len(s) > room:
		return fmt.Errorf("%w: %d bytes, %d fit", ErrText, len(s), room)
	case c.field.isQuoted():
		s = `"` + s
	case s == "true":
		s = " true"
	}
	copy(blocks[end-len(s):], s)
	return nil
}
