package value

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
)

func typeOf(t *testing.T, name string, words ...string) Type {
	t.Helper()
	kind, err := attribute.ParseType(name)
	if err != nil {
		t.Fatal(err)
	}
	return Type{kind, words}
}

// Each value has one text: the slot is that of circuits/attribute, and the text comes back.
func TestParse_ReadsTheOneForm(t *testing.T) {
	day, err := attribute.OfTime(86399)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		kind Type
		text string
		want attribute.Slot
	}{
		{typeOf(t, "uint"), "0", attribute.OfUint(0)},
		{typeOf(t, "uint"), "18446744073709551615", attribute.OfUint(1<<64 - 1)},
		{typeOf(t, "int"), "-9223372036854775808", attribute.OfInt(-1 << 63)},
		{typeOf(t, "int"), "7", attribute.OfInt(7)},
		{typeOf(t, "decimal(2)"), "0.97", attribute.OfUint(97)},
		{typeOf(t, "decimal(0)"), "97", attribute.OfUint(97)},
		{typeOf(t, "decimal(18)"), "18.446744073709551615", attribute.OfUint(1<<64 - 1)},
		{typeOf(t, "time"), "1970-01-01T23:59:59Z", day},
		{typeOf(t, "bool"), "true", attribute.OfBool(true)},
		{typeOf(t, "bool"), "false", attribute.OfBool(false)},
		{typeOf(t, "text"), "", attribute.Slot{Value: attribute.TextHash(""), Present: true}},
		{typeOf(t, "digest"), "0x" + strings.Repeat("0f", 32), attribute.OfDigest([32]byte([]byte(strings.Repeat("\x0f", 32))))},
		{typeOf(t, "enum", "Laser", "Bored"), "Bored", attribute.OfUint(1)},
	} {
		got, err := Parse(row.kind, row.text)
		if err != nil || got != row.want {
			t.Errorf("%s %q: %v, %v", row.kind, row.text, got, err)
		}
		if row.kind.Kind == attribute.Text || row.kind.Kind == attribute.Digest {
			continue
		}
		if text, err := Format(row.kind, got); err != nil || text != row.text {
			t.Errorf("%s %q: written as %q (%v)", row.kind, row.text, text, err)
		}
	}
}

func TestParse_RefusesEveryOtherForm(t *testing.T) {
	for name, texts := range map[string][]string{
		"uint":       {"", "-1", "+1", "01", "1.0", " 1", "1e3", "18446744073709551616", "0x1", "1_000"},
		"int":        {"", "-0", "+1", "01", "9223372036854775808", "-9223372036854775809"},
		"decimal(2)": {"", "1", "1.0", "1.000", "01.00", ".50", "1.", "-0.50", "0.5.0", "184467440737095516.16", "1e2", "+0.50", "0,50"},
		"decimal(0)": {"1.", "1.0", "01"},
		"time":       {"", "0", "1970-01-01", "1970-01-01T00:00:00+00:00", "1970-01-01T00:00:00.0Z", "1970-01-01t00:00:00z", "1969-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "1970-01-01T02:00:00+02:00"},
		"bool":       {"", "TRUE", "1", "yes"},
		"digest":     {"", strings.Repeat("0f", 32), "0x" + strings.Repeat("0F", 32), "0x0f", "0x" + strings.Repeat("0f", 33), "0x" + strings.Repeat("zz", 32)},
		"enum":       {"", "laser", "Laser ", "0"},
		"text":       {"\xff", strings.Repeat("a", attribute.MaxText+1)},
	} {
		kind := typeOf(t, name)
		if name == "enum" {
			kind.Words = []string{"Laser"}
		}
		for _, text := range texts {
			if slot, err := Parse(kind, text); err == nil {
				t.Errorf("%s %q is %v", name, text, slot)
			} else if len(text) > 3 && len(text) < 100 && strings.Contains(err.Error(), text) {
				t.Errorf("%s: the error quotes the value", name)
			}
		}
	}
}
