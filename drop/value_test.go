package drop

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
)

func TestParseValue_GivesValue(t *testing.T) {
	for _, row := range []struct {
		typ  attribute.Type
		in   string
		want uint64
	}{
		{attribute.Type{Kind: attribute.Uint}, "0", 0},
		{attribute.Type{Kind: attribute.Uint}, "42", 42},
		{attribute.Type{Kind: attribute.Uint}, "18446744073709551615", math.MaxUint64},
		{attribute.Type{Kind: attribute.Int}, "0", 1 << 63},
		{attribute.Type{Kind: attribute.Int}, "-1", 1<<63 - 1},
		{attribute.Type{Kind: attribute.Int}, "1", 1<<63 + 1},
		{attribute.Type{Kind: attribute.Int}, "-9223372036854775808", 0},
		{attribute.Type{Kind: attribute.Int}, "9223372036854775807", math.MaxUint64},
		{attribute.Type{Kind: attribute.Decimal, Scale: 0}, "7", 7},
		{attribute.Type{Kind: attribute.Decimal, Scale: 0}, "7.0", 7},
		{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "0.85", 85},
		{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "0.8", 80},
		{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "0.8000", 80},
		{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "100", 10000},
		{attribute.Type{Kind: attribute.Decimal, Scale: 18}, "0.000000000000000001", 1},
		{attribute.Type{Kind: attribute.Decimal, Scale: 18}, "18.446744073709551615", math.MaxUint64},
		{attribute.Type{Kind: attribute.Time}, "1970-01-01", 0},
		{attribute.Type{Kind: attribute.Time}, "2024-02-29T12:00:01Z", 1709208001},
		{attribute.Type{Kind: attribute.Time}, "9999-12-31T23:59:59Z", 253402300799},
		{attribute.Type{Kind: attribute.Bool}, "false", 0},
		{attribute.Type{Kind: attribute.Bool}, "true", 1},
	} {
		slot, err := parseValue(row.typ, row.in)
		if err != nil {
			t.Errorf("%v %q: %v", row.typ, row.in, err)
			continue
		}
		if want := fr.NewElement(row.want); !slot.Present || !slot.Value.Equal(&want) {
			t.Errorf("%v %q = %v, want %d", row.typ, row.in, slot, row.want)
		}
		again, err := parseValue(row.typ, formatValue(row.typ, slot))
		if err != nil || again != slot {
			t.Errorf("%v %q: formatted as %q, which is read as %v, %v", row.typ, row.in, formatValue(row.typ, slot), again, err)
		}
	}
}

// Each row is a text that does not fit and what its error says of the reason.
var refused = []struct {
	typ     attribute.Type
	in, why string
}{
	{attribute.Type{Kind: attribute.Enum + 1}, "1", "does not exist"},
	{attribute.Type{Kind: attribute.Text, Scale: 2}, "1", "has no scale"},
	{attribute.Type{Kind: attribute.Uint}, "", "no digits"},
	{attribute.Type{Kind: attribute.Uint}, "-1", "character 1"},
	{attribute.Type{Kind: attribute.Uint}, "+1", "character 1"},
	{attribute.Type{Kind: attribute.Uint}, "12 ", "character 3"},
	{attribute.Type{Kind: attribute.Uint}, "1_000", "character 2 is not a digit: 10,000 is written 10000"},
	{attribute.Type{Kind: attribute.Uint}, "1e3", "character 2 is not a digit: 1e3 is written 1000"},
	{attribute.Type{Kind: attribute.Uint}, "0x1f", "character 2"},
	{attribute.Type{Kind: attribute.Uint}, "1.0", "character 2"},
	{attribute.Type{Kind: attribute.Uint}, "١", "character 1"},
	{attribute.Type{Kind: attribute.Uint}, "007", "starts with 0"},
	{attribute.Type{Kind: attribute.Uint}, "18446744073709551616", "above 18446744073709551615"},
	{attribute.Type{Kind: attribute.Uint}, strings.Repeat("9", 5000), "above 18446744073709551615"},
	{attribute.Type{Kind: attribute.Int}, "", "no digits"},
	{attribute.Type{Kind: attribute.Int}, "-", "no digits"},
	{attribute.Type{Kind: attribute.Int}, "--1", "character 1"},
	{attribute.Type{Kind: attribute.Int}, "-0", "without a sign"},
	{attribute.Type{Kind: attribute.Int}, "-01", "starts with 0"},
	{attribute.Type{Kind: attribute.Int}, "9223372036854775808", "between -9223372036854775808 and 9223372036854775807"},
	{attribute.Type{Kind: attribute.Int}, "-9223372036854775809", "between -9223372036854775808"},
	{attribute.Type{Kind: attribute.Int}, "-18446744073709551615", "between -9223372036854775808"},
	{attribute.Type{Kind: attribute.Int}, "-18446744073709551616", "between -9223372036854775808"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "", "before the point"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, ".5", "before the point"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "5.", "after the point"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "00.5", "starts with 0"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "-0.5", "use int"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "0.5.5", "after the point: character 2"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "1e2", "character 2"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "1.5e2", "after the point: character 2"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "0.851", "3 digits after the point, at most 2 fit"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, "184467440737095516.16", "above 184467440737095516.15"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 18}, "19", "above 18.446744073709551615"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 0}, "18446744073709551616", "above 18446744073709551615"},
	{attribute.Type{Kind: attribute.Decimal, Scale: 2}, strings.Repeat("9", 5000), "above 184467440737095516.15"},
	{attribute.Type{Kind: attribute.Bool}, "", "true nor false"},
	{attribute.Type{Kind: attribute.Bool}, "True", "true nor false"},
	{attribute.Type{Kind: attribute.Bool}, "1", "true nor false"},
	{attribute.Type{Kind: attribute.Text}, "\xff", "UTF-8"},
	{attribute.Type{Kind: attribute.Text}, strings.Repeat("x", attribute.MaxText+1), "65537 bytes, at most 65536"},
	{attribute.Type{Kind: attribute.Time}, "", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "1709208001", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-2-29", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024/02/29", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-02-29T12:00:01", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-02-29t12:00:01Z", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-02-29T12:00:01z", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-02-29 12:00:01Z", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-02-29T12:00:01+01:00", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "2024-02-29T12:00:01.5Z", "write a date as"},
	{attribute.Type{Kind: attribute.Time}, "1969-12-31T23:59:59Z", "before 1970"},
	{attribute.Type{Kind: attribute.Time}, "2024-00-01", "month"},
	{attribute.Type{Kind: attribute.Time}, "2024-13-01", "month"},
	{attribute.Type{Kind: attribute.Time}, "2024-01-00", "day"},
	{attribute.Type{Kind: attribute.Time}, "2023-02-29", "between 01 and 28"},
	{attribute.Type{Kind: attribute.Time}, "2100-02-29", "between 01 and 28"},
	{attribute.Type{Kind: attribute.Time}, "2024-04-31", "between 01 and 30"},
	{attribute.Type{Kind: attribute.Time}, "2024-01-01T24:00:00Z", "time of day"},
	{attribute.Type{Kind: attribute.Time}, "2024-01-01T23:60:00Z", "time of day"},
	{attribute.Type{Kind: attribute.Time}, "2016-12-31T23:59:60Z", "time of day"},
}

func TestParseValue_RefusesWhatDoesNotFit(t *testing.T) {
	for _, row := range refused {
		slot, err := parseValue(row.typ, row.in)
		if err == nil {
			t.Errorf("%v %.40q = %v, want an error", row.typ, row.in, slot)
			continue
		}
		if !strings.Contains(err.Error(), row.why) {
			t.Errorf("%v %.40q: error %q does not say %q", row.typ, row.in, err, row.why)
		}
		if slot != (attribute.Slot{}) {
			t.Errorf("%v %.40q: a slot came with the error", row.typ, row.in)
		}
	}
}

func TestParseValue_ErrorsQuoteNoValue(t *testing.T) {
	const canary = "73195482615948372615"
	for _, typ := range []attribute.Type{{Kind: attribute.Uint}, {Kind: attribute.Int}, {Kind: attribute.Decimal, Scale: 2}, {Kind: attribute.Time}, {Kind: attribute.Bool}, {Kind: attribute.Text}} {
		for _, in := range []string{canary, "-" + canary, canary + ".123", "1." + canary, canary + "\xff"} {
			if _, err := parseValue(typ, in); err != nil && strings.Contains(err.Error(), canary[:8]) {
				t.Errorf("%v: the error quotes the value: %v", typ, err)
			}
		}
	}
}

// formatValue writes a slot as [parseValue] reads it, but for a text, of which only the hash
// is known.
func formatValue(t attribute.Type, s attribute.Slot) string {
	u := s.Value.Uint64()
	switch t.Kind {
	case attribute.Int:
		return strconv.FormatInt(int64(u^1<<63), 10)
	case attribute.Decimal:
		return formatDecimal(u, t.Scale)
	case attribute.Time:
		return time.Unix(int64(u), 0).UTC().Format(time.RFC3339)
	case attribute.Bool:
		return strconv.FormatBool(u == 1)
	}
	return strconv.FormatUint(u, 10)
}

func FuzzParseValue_RoundTrips(f *testing.F) {
	for _, row := range refused {
		if len(row.in) < 100 {
			f.Add(uint8(row.typ.Kind), row.typ.Scale, row.in)
		}
	}
	f.Add(uint8(attribute.Decimal), uint8(3), "12.340")
	f.Fuzz(func(t *testing.T, kind, scale uint8, in string) {
		typ := attribute.Type{Kind: attribute.Kind(kind), Scale: scale}
		slot, err := parseValue(typ, in)
		if err != nil {
			return
		}
		if err := typ.Check(slot); err != nil {
			t.Fatalf("%v %q: %v", typ, in, err)
		}
		if typ.Kind == attribute.Text {
			return
		}
		again, err := parseValue(typ, formatValue(typ, slot))
		if err != nil || again != slot {
			t.Fatalf("%v %q: formatted as %q, read as %v, %v", typ, in, formatValue(typ, slot), again, err)
		}
	})
}
