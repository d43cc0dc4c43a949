package attribute

import (
	"strings"
	"testing"
)

func TestParseType_ReadsWhatStringWrites(t *testing.T) {
	types := []Type{{Kind: Uint}, {Kind: Int}, {Kind: Time}, {Kind: Bool}, {Kind: Text}, {Kind: Digest}, {Kind: Digest, Codec: Raw}, {Kind: Digest, Codec: DagPB}, {Kind: Enum}}
	for scale := range uint8(MaxScale + 1) {
		types = append(types, Type{Kind: Decimal, Scale: scale})
	}
	for _, want := range types {
		got, err := ParseType(want.String())
		if err != nil || got != want {
			t.Errorf("ParseType(%q) = %v, %v", want.String(), got, err)
		}
		if err := want.Validate(); err != nil {
			t.Errorf("%v: %v", want, err)
		}
	}
}

func TestParseType_RefusesOthers(t *testing.T) {
	for _, s := range []string{
		"", "Uint", "uint ", "number", "decimal", "decimal()", "decimal(2", "decimal 2", "decimal(02)", "decimal(-1)",
		"decimal(19)", "decimal(256)", "decimal(99999999999999999999)", "decimal(2))", "text(1)", "digest()", "digest(cbor)", "digest(raw) ", strings.Repeat("x", 1<<20),
	} {
		got, err := ParseType(s)
		if err == nil {
			t.Errorf("ParseType(%.40q) = %v, want an error", s, got)
		} else if len(err.Error()) > 200 {
			t.Errorf("ParseType(%.40q): error of %d bytes", s, len(err.Error()))
		}
	}
}

func TestType_ValidateRefusesWhatHasNoText(t *testing.T) {
	for _, typ := range []Type{{Kind: Enum + 1}, {Kind: 255}, {Kind: Decimal, Scale: MaxScale + 1}, {Kind: Uint, Scale: 1}, {Kind: Text, Scale: 2},
		{Kind: Text, Codec: Raw}, {Kind: Digest, Codec: DagPB + 1}, {Kind: Digest, Scale: 1}} {
		if typ.Validate() == nil {
			t.Errorf("%+v is valid", typ)
		}
		if typ.Check(OfUint(1)) == nil {
			t.Errorf("a slot is of type %+v", typ)
		}
	}
}

func TestType_NumericKeepsOrder(t *testing.T) {
	want := map[Kind]bool{Uint: true, Int: true, Decimal: true, Time: true, Bool: false, Text: false}
	for kind, isNumeric := range want {
		if got := (Type{Kind: kind}).Numeric(); got != isNumeric {
			t.Errorf("%v numeric: %v", Type{Kind: kind}, got)
		}
	}
}
