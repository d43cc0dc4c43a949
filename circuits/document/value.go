package document

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/circuits/attribute"
)

// A Value is a slot with what its value is the hash of. Where the slot is absent, or holds a
// number, Text and Digest are empty.
type Value struct {
	attribute.Slot
	Text   string
	Digest [32]byte
}

// OfSlot returns the value of a slot that holds a number or a bool, or nothing.
func OfSlot(s attribute.Slot) Value { return Value{Slot: s} }

// OfText returns the value of a text.
func OfText(s string) Value {
	return Value{Slot: attribute.Slot{Value: attribute.TextHash(s), Present: true}, Text: s}
}

// OfDigest returns the value of 32 bytes.
func OfDigest(digest [32]byte) Value {
	return Value{Slot: attribute.OfDigest(digest), Digest: digest}
}

// The reasons why a document cannot show a value.
var (
	ErrText   = errors.New("text cannot be shown")
	ErrNumber = errors.New("number cannot be shown")
)

// ValidateText reports whether a document may show s: valid UTF-8 of 1 to 59 bytes that
// needs no escapes in JSON, so no quote, no backslash and no byte below space.
func ValidateText(s string) error {
	switch {
	case len(s) < 1 || len(s) > MaxText:
		return fmt.Errorf("%w: %d bytes, want 1 to %d", ErrText, len(s), MaxText)
	case !utf8.ValidString(s):
		return fmt.Errorf("%w: not valid UTF-8", ErrText)
	}
	for _, r := range s {
		if r == quoteByte || r == escapeByte || r < spaceByte {
			return fmt.Errorf("%w: character %q", ErrText, r)
		}
	}
	return nil
}

// Shown returns v, which is present, as the document has it, without quotes: a text, decimal
// digits, true, false, or a CID. It is an error, which does not quote v, if a document cannot show it,
// or if v is no value of the field's type.
func (f *Field) Shown(v Value) (string, error) {
	if err := f.Type.Check(v.Slot); err != nil {
		return "", err
	}
	switch f.Type.Kind {
	case attribute.Text:
		if v.Value != attribute.TextHash(v.Text) {
			return "", errors.New("the slot does not hold the text")
		}
		return v.Text, ValidateText(v.Text)
	case attribute.Digest:
		if want := attribute.OfDigest(v.Digest); v.Value != want.Value {
			return "", errors.New("the slot does not hold the digest")
		}
		return cidOf(f.codec(), v.Digest), nil
	case attribute.Bool:
		return strconv.FormatBool(!v.Value.IsZero()), nil
	}
	return f.digits(v.Value.Uint64())
}

func (f *Field) codec() byte {
	if f.Type.Codec == attribute.DagPB {
		return codecDagPB
	}
	return codecRaw
}

// digits writes a number, as JSON has it.
func (f *Field) digits(u uint64) (string, error) {
	sign := ""
	if f.Type.Kind == attribute.Int {
		if u < 1<<63 {
			sign, u = "-", 1<<63-u
		} else {
			u -= 1 << 63
		}
	}
	scale := int(f.Type.Scale)
	s := fmt.Sprintf("%0*d", scale+1, u)
	if most := f.mostDigits(); len(s) > most {
		return "", fmt.Errorf("%w: more than %d digits", ErrNumber, most)
	}
	if scale > 0 {
		s = s[:len(s)-scale] + "." + s[len(s)-scale:]
	}
	return sign + s, nil
}

func (f *Field) mostDigits() int {
	if f.Quoted {
		return maxQuotedDigits
	}
	return maxDigits
}

// parse is the inverse of Shown.
func (f *Field) parse(s string) (Value, error) {
	var v Value
	var err error
	switch f.Type.Kind {
	case attribute.Text:
		v = OfText(s)
	case attribute.Digest:
		var digest [32]byte
		if digest, err = digestOf(s); err == nil {
			v = OfDigest(digest)
		}
	case attribute.Bool:
		v = OfSlot(attribute.OfBool(s == "true"))
	default:
		v, err = f.number(s)
	}
	if err != nil {
		return Value{}, err
	}
	if again, err := f.Shown(v); err != nil || again != s {
		return Value{}, fmt.Errorf("%w: not the one form of a %s", ErrDocument, f.Type)
	}
	return v, nil
}

func (f *Field) number(s string) (Value, error) {
	if f.Type.Kind == attribute.Int {
		i, err := strconv.ParseInt(s, 10, 64)
		return OfSlot(attribute.OfInt(i)), err
	}
	u, err := strconv.ParseUint(strings.Replace(s, ".", "", 1), 10, 64)
	return OfSlot(attribute.OfUint(u)), err
}

// isShownNumber reports whether s is a JSON number of the form that documents have.
func isShownNumber(s string) bool {
	digits := strings.NewReplacer("-", "", ".", "").Replace(s)
	isMinusZero := strings.HasPrefix(s, "-") && strings.Trim(digits, "0") == ""
	return isNumber(s) && len(digits) <= maxDigits && !isMinusZero
}
