package attribute

import (
	"fmt"
	"strconv"
	"strings"
)

// A Kind is what sort of value an attribute has.
type Kind uint8

// The kinds. The numbers are part of no commitment: a schema names kinds by their text.
const (
	Uint    Kind = iota // 0 .. 2^64-1
	Int                 // -2^63 .. 2^63-1, shifted by 2^63 so that the order is kept
	Decimal             // non-negative, scaled by a power of ten
	Time                // unix seconds, 1970 to 9999
	Bool                // 0 or 1
	Text                // the hash of the text
	Digest              // the hash of 32 bytes
	Enum                // the place of a text in a public vocabulary
)

var kindNames = [...]string{"uint", "int", "decimal", "time", "bool", "text", "digest", "enum"}

// MaxScale is the most digits a decimal has after its point.
const MaxScale = 18

// A Codec says how a document shows a digest: as the CID of such bytes.
type Codec uint8

// The codecs. A digest without one is shown by no document.
const (
	NoCodec Codec = iota
	Raw           // the bytes themselves
	DagPB         // a node of a UnixFS file or directory
)

var codecNames = [...]string{"digest", "digest(raw)", "digest(dag-pb)"}

// A Type is a kind and, for a decimal, the number of digits after its point, for a digest a
// codec.
type Type struct {
	Kind  Kind
	Scale uint8
	Codec Codec
}

// String returns what [ParseType] reads: "uint", "int", "decimal(2)", "time", "bool", "text",
// "digest", "digest(raw)", "digest(dag-pb)" or "enum".
func (t Type) String() string {
	switch {
	case int(t.Kind) >= len(kindNames):
		return "kind(" + strconv.Itoa(int(t.Kind)) + ")"
	case t.Kind == Digest && int(t.Codec) < len(codecNames):
		return codecNames[t.Codec]
	case t.Kind == Decimal:
		return "decimal(" + strconv.Itoa(int(t.Scale)) + ")"
	}
	return kindNames[t.Kind]
}

// Validate reports a kind that does not exist, or a scale that its kind cannot have.
func (t Type) Validate() error {
	switch {
	case int(t.Kind) >= len(kindNames):
		return fmt.Errorf("attribute type %s does not exist", t)
	case t.Kind == Decimal && t.Scale > MaxScale:
		return fmt.Errorf("attribute type %s: at most %d digits fit after the point", t, MaxScale)
	case t.Kind != Decimal && t.Scale != 0:
		return fmt.Errorf("attribute type %s has no scale, got %d", t, t.Scale)
	case t.Kind != Digest && t.Codec != NoCodec || int(t.Codec) >= len(codecNames):
		return fmt.Errorf("attribute type %s has no codec %d", t, t.Codec)
	}
	return nil
}

// Numeric reports whether values of the type are numbers below 2^64 that keep their
// order, so that a program may compare them with less-than. An enum is one: its index is held
// below the number of its words.
func (t Type) Numeric() bool { return t.Kind <= Time || t.Kind == Enum }

// ParseType reads what [Type.String] writes, and nothing else.
func ParseType(s string) (Type, error) {
	for kind, name := range kindNames {
		if Kind(kind) != Decimal && s == name {
			return Type{Kind: Kind(kind)}, nil
		}
	}
	for codec, name := range codecNames {
		if s == name {
			return Type{Kind: Digest, Codec: Codec(codec)}, nil
		}
	}
	digits, isDecimal := strings.CutPrefix(s, "decimal(")
	digits, isClosed := strings.CutSuffix(digits, ")")
	if !isDecimal || !isClosed {
		return Type{}, fmt.Errorf("type %.20q is unknown, use uint, int, decimal(DIGITS), time, bool, text, digest or enum", s)
	}
	for scale := range uint8(MaxScale + 1) {
		if digits == strconv.Itoa(int(scale)) {
			return Type{Kind: Decimal, Scale: scale}, nil
		}
	}
	return Type{}, fmt.Errorf("type decimal(DIGITS): want 0 to %d digits after the point, written without zeros in front", MaxScale)
}
