// Package metadata reads a card's document and compares it with what the card shows.
//
// A document may be any bytes. What is read of it is read strictly, so that nobody can find
// more in it than was judged: FORMAT.md, section 12, has the rules. A document that is not
// strict JSON is not wrong; nothing of it is proven but its bytes.
package metadata

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxBytes is the most bytes of a document.
const MaxBytes = 1<<18 - 1

// A Document is what a token's metadata says, as far as it concerns anybody here.
type Document struct {
	Attributes []Attribute
	Name       string
	Addresses  []Address // of the members that hold addresses, in the document's order
	Others     []string  // keys of all other members
}

// An Attribute is an entry of the document's attributes.
type Attribute struct {
	Label    string // its trait_type, as it is written
	HasLabel bool
	Value    Value
	Display  string // its display_type
	// Odd says why nothing can be proven of the entry; empty if something can.
	Odd string
}

// A Kind is what sort of JSON a value is.
type Kind byte

// The kinds of values that can be proven.
const (
	Text   Kind = 'T'
	Number Kind = 'N'
	Bool   Kind = 'B'
)

// A Value is a value of a document: a text unescaped, a number as it is written, true or false.
type Value struct {
	Kind Kind
	Text string
}

// An Address is where a document says that something is.
type Address struct {
	Member     string // image, animation_url or external_url
	Text       string
	Start, End int // of the JSON string in the document's bytes, with its quotes
}

// addressMembers hold addresses; other members are the author's words.
var addressMembers = []string{"image", "animation_url", "external_url"}

// Parse reads a document. The error is an *[Error]: then nothing of the document can be proven.
func Parse(data []byte) (*Document, error) {
	root, err := parse(data, 3)
	if err != nil {
		return nil, err
	}
	d := &Document{}
	for i, key := range root.keys {
		d.member(key, root.values[i])
	}
	return d, nil
}

// NotUTF8 is the cause of an [Error] about bytes that are no text at all.
const NotUTF8 = "it is not UTF-8 text"

// parse reads a document and keeps so many levels of it.
func parse(data []byte, keep int) (root node, err error) {
	switch {
	case len(data) > MaxBytes:
		return root, &Error{MaxBytes, fmt.Sprintf("a document has at most %d bytes", MaxBytes)}
	case !utf8.Valid(data):
		return root, &Error{0, NotUTF8}
	}
	s := &scanner{b: data}
	if s.blank() != '{' {
		return root, s.fail("a document is a JSON object")
	}
	if root, err = s.value(keep); err != nil {
		return root, err
	}
	if s.blank(); s.i < len(data) {
		return root, s.fail("there is something behind the end")
	}
	return root, nil
}

// A Member is a member of a document's outermost object.
type Member struct {
	Key        string // unescaped
	Kind       byte   // of its value: '{', '[', '"', 't', 'f', 'n', or '0' for a number
	Text       string // its value, unescaped, if that is a string
	Start, End int    // in the document's bytes: of its key, with the quotes, to behind its value
	Value      int    // where its value begins
}

// Members returns the members of a document in its order. It reads what [Parse] reads, with
// the same errors.
func Members(data []byte) ([]Member, error) {
	root, err := parse(data, 1)
	if err != nil {
		return nil, err
	}
	list := make([]Member, len(root.keys))
	for i, key := range root.keys {
		v := root.values[i]
		list[i] = Member{Key: key, Kind: v.kind, Start: root.starts[i], End: v.end, Value: v.start}
		if v.kind == '"' {
			list[i].Text = v.text
		}
	}
	return list, nil
}

func (d *Document) member(key string, v node) {
	switch {
	case key == "attributes" && v.kind == '[':
		for _, entry := range v.values {
			d.Attributes = append(d.Attributes, attributeOf(entry))
		}
	case key == "name" && v.kind == '"':
		d.Name = v.text
	case slices.Contains(addressMembers, key) && v.kind == '"':
		d.Addresses = append(d.Addresses, Address{key, v.text, v.start, v.end})
	default:
		d.Others = append(d.Others, key)
	}
}

// attributeOf reads an entry. What is odd about one is kept: under a label that the deck has it
// contradicts.
func attributeOf(n node) Attribute {
	if n.kind != '{' {
		return Attribute{Odd: "an entry that is no object"}
	}
	a := Attribute{Odd: "an entry without a value"}
	var others []string
	strange := ""
	for i, key := range n.keys {
		v := n.values[i]
		switch {
		case key == "trait_type" && v.kind == '"':
			a.Label, a.HasLabel = v.text, true
		case key == "value":
			a.Value, a.Odd = valueOf(v)
		case key == "display_type" && v.kind == '"':
			a.Display = v.text
		case key == "max_value" && v.kind == '0':
		case key == "trait_type" || key == "display_type" || key == "max_value":
			strange = key
		default:
			others = append(others, key)
		}
	}
	switch {
	case strange != "" && len(others) == 0:
		a.Odd = "an entry whose " + strange + " is of another kind than readers take"
	case len(others) > 0:
		a.Odd = "an entry with other members than trait_type, value, display_type and max_value"
	case !a.HasLabel && a.Odd == "":
		a.Odd = "an entry without a trait_type"
	}
	return a
}

func valueOf(v node) (Value, string) {
	switch v.kind {
	case '"':
		return Value{Text, v.text}, ""
	case '0':
		return Value{Number, v.text}, ""
	case 't', 'f':
		return Value{Bool, map[byte]string{'t': "true", 'f': "false"}[v.kind]}, ""
	case 'n':
		return Value{}, "an entry whose value is null"
	}
	return Value{}, "an entry whose value is a list or an object"
}

// maxDigits bounds the digits of a number before and behind its point: more than any slot holds.
const maxDigits = 40

// Rat returns a number's exact value, and whether it is one that an attribute could hold:
// numbers of more than 40 digits or with larger exponents are none.
func (v Value) Rat() (*big.Rat, bool) {
	if v.Kind != Number || len(v.Text) > 2*maxDigits {
		return nil, false
	}
	if i := strings.IndexAny(v.Text, "eE"); i >= 0 {
		exponent := strings.TrimLeft(strings.TrimLeft(v.Text[i+1:], "+-"), "0")
		if len(exponent) > 2 || len(exponent) == 2 && exponent > "40" {
			return nil, false
		}
	}
	return new(big.Rat).SetString(v.Text)
}
