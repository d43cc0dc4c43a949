package document

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// ErrText is wrapped by the errors of [ValidateText].
var ErrText = errors.New("trait text")

// ValidateText reports whether a document may show s: valid UTF-8 of 1 to 31 bytes that
// needs no escapes in JSON, so no quote, no backslash and no byte below space.
func ValidateText(s string) error {
	switch {
	case len(s) < 1 || len(s) > maxText:
		return fmt.Errorf("%w: %d bytes, want 1 to %d", ErrText, len(s), maxText)
	case !utf8.ValidString(s):
		return fmt.Errorf("%w: not valid UTF-8", ErrText)
	}
	for _, r := range s {
		if r == quoteByte || r == escapeByte || r < spaceByte {
			return fmt.Errorf("%w: %q cannot be shown", ErrText, r)
		}
	}
	return nil
}

// Render returns the document of a token: texts has one text a layer, ignored for layers
// that are not shown. Errors do not quote texts.
func (t *Template) Render(id uint64, root fr.Element, texts []string) ([]byte, error) {
	if !t.contains(id) {
		return nil, fmt.Errorf("rendering: token id %d is not one of the drop's %d from %d", id, t.config.Supply, t.config.First)
	}
	if len(texts) != t.size.Layers {
		panic(fmt.Sprintf("document: %d texts for %d layers", len(texts), t.size.Layers))
	}
	body := bytes.Clone(t.body)
	digits := fmt.Sprintf("%0*d", t.width, id)
	if t.imageID {
		copy(body[imageIDEnd-t.width:], digits)
	}
	if t.nameID {
		copy(body[nameIDEnd-t.width:], digits)
	}
	for l, text := range texts {
		if !t.Visible(l) {
			continue
		}
		if n := len(text); n > t.MaxText(l) {
			return nil, fmt.Errorf("rendering trait %q: text has %d bytes, %d fit", t.config.Traits[l].Name, n, t.MaxText(l))
		}
		if err := ValidateText(text); err != nil {
			return nil, fmt.Errorf("rendering trait %q: %w", t.config.Traits[l].Name, ErrText)
		}
		end := traitOffset(l) + textEnd
		copy(body[end-len(text)-1:], `"`+text)
	}
	rootBytes := root.Bytes()
	copy(body[endOffset(t.size)+len(rootKey):], base64.RawURLEncoding.EncodeToString(rootBytes[:]))
	return append(bytes.Clone(t.prefix), body[:endOffset(t.size)+endBytes]...), nil
}

// Parsed is what a document says of its token.
type Parsed struct {
	ID    uint64
	HasID bool // the template shows it
	Root  fr.Element
	Texts []string // one a layer, empty for layers that are not shown
}

// ErrDocument is wrapped by the errors of [Template.Parse].
var ErrDocument = errors.New("not a document of this template")

// Parse reads a document strictly: it must be exactly what [Template.Render] writes.
func (t *Template) Parse(document []byte) (Parsed, error) {
	if want := len(t.prefix) + endOffset(t.size) + endBytes; len(document) != want {
		return Parsed{}, fmt.Errorf("%w: %d bytes, want %d", ErrDocument, len(document), want)
	}
	body := document[len(t.prefix):]
	p := Parsed{Texts: make([]string, t.size.Layers)}
	if err := t.parseID(body, &p); err != nil {
		return Parsed{}, err
	}
	if err := t.parseRoot(body, &p); err != nil {
		return Parsed{}, err
	}
	for l := range p.Texts {
		if t.Visible(l) {
			field := body[traitOffset(l)+len(head(t.config.Traits[l])) : traitOffset(l)+textEnd]
			_, text, ok := bytes.Cut(field, []byte{quoteByte})
			if !ok || ValidateText(string(text)) != nil {
				return Parsed{}, fmt.Errorf("%w: trait %q has no plain text", ErrDocument, t.config.Traits[l].Name)
			}
			p.Texts[l] = string(text)
		}
	}
	return p, t.same(document, p)
}

func (t *Template) parseID(body []byte, p *Parsed) (err error) {
	var digits []byte
	switch {
	case t.nameID:
		digits = body[nameIDEnd-t.width : nameIDEnd]
	case t.imageID:
		digits = body[imageIDEnd-t.width : imageIDEnd]
	default:
		return nil
	}
	p.HasID = true
	if p.ID, err = strconv.ParseUint(string(digits), 10, 64); err != nil {
		return fmt.Errorf("%w: its token id is not a number", ErrDocument)
	}
	return nil
}

func (t *Template) parseRoot(body []byte, p *Parsed) error {
	at := endOffset(t.size) + len(rootKey)
	b, err := base64.RawURLEncoding.Strict().DecodeString(string(body[at : at+rootChars]))
	if err != nil {
		return fmt.Errorf("%w: its root is not base64url", ErrDocument)
	}
	if err := p.Root.SetBytesCanonical(b); err != nil {
		return fmt.Errorf("%w: its root is not a field element", ErrDocument)
	}
	return nil
}

// same reports whether rendering p gives the document back.
func (t *Template) same(document []byte, p Parsed) error {
	id := p.ID
	if !p.HasID {
		id = t.config.First // any: none is shown
	}
	again, err := t.Render(id, p.Root, p.Texts)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if !bytes.Equal(again, document) {
		for i := range again {
			if again[i] != document[i] {
				return fmt.Errorf("%w: byte %d differs", ErrDocument, i)
			}
		}
	}
	if !isJSON(document) {
		return fmt.Errorf("%w: not JSON", ErrDocument)
	}
	return nil
}
