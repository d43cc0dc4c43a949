package attribute

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func TestParse_GivesValue(t *testing.T) {
	for _, row := range []struct {
		typ  Type
		in   string
		want uint64
	}{
		{Type{Kind: Uint}, "0", 0},
		{Type{Kind: Uint}, "42", 42},
		{Type{Kind: Uint}, "18446744073709551615", math.MaxUint64},
		{Type{Kind: Int}, "0", 1 << 63},
		{Type{Kind: Int}, "-1", 1<<63 - 1},
		{Type{Kind: Int}, "1", 1<<63 + 1},
		{Type{Kind: Int}, "-9223372036854775808", 0},
		{Type{Kind: Int}, "9223372036854775807", math.MaxUint64},
		{Type{Decimal, 0}, "7", 7},
		{Type{Decimal, 0}, "7.0", 7},
		{Type{Decimal, 2}, "0.85", 85},
		{Type{Decimal, 2}, "0.8", 80},
		{Type{Decimal, 2}, "0.8000", 80},
		{Type{Decimal, 2}, "100", 10000},
		{Type{Decimal, 18}, "0.000000000000000001", 1},
		{Type{Decimal, 18}, "18.446744073709551615", math.MaxUint64},
		{Type{Kind: Time}, "1970-01-01", 0},
		{Type{Kind: Time}, "2024-02-29T12:00:01Z", 1709208001},
		{Type{Kind: Time}, "9999-12-31T23:59:59Z", maxTime},
		{Type{Kind: Bool}, "false", 0},
		{Type{Kind: Bool}, "true", 1},
	} {
		slot, err := Parse(row.typ, row.in)
		if err != nil {
			t.Errorf("%v %q: %v", row.typ, row.in, err)
			continue
		}
		if want := fr.NewElement(row.want); !slot.Present || !slot.Value.Equal(&want) {
			t.Errorf("%v %q = %v, want %d", row.typ, row.in, slot, row.want)
		}
		again, err := Parse(row.typ, Format(row.typ, slot))
		if err != nil || again != slot {
			t.Errorf("%v %q: formatted as %q, which is read as %v, %v", row.typ, row.in, Format(row.typ, slot), again, err)
		}
	}
}

// Each row is a text that does not fit and what its error says of the reason.
var refused = []struct {
	typ     Type
	in, why string
}{
	{Type{Kind: Uint}, "", "no digits"},
	{Type{Kind: Uint}, "-1", "character 1"},
	{Type{Kind: Uint}, "+1", "character 1"},
	{Type{Kind: Uint}, "12 ", "character 3"},
	{Type{Kind: Uint}, "1_000", "character 2"},
	{Type{Kind: Uint}, "1e3", "character 2"},
	{Type{Kind: Uint}, "0x1f", "character 2"},
	{Type{Kind: Uint}, "1.0", "character 2"},
	{Type{Kind: Uint}, "١", "character 1"},
	{Type{Kind: Uint}, "007", "starts with 0"},
	{Type{Kind: Uint}, "18446744073709551616", "above 18446744073709551615"},
	{Type{Kind: Uint}, strings.Repeat("9", 5000), "above 18446744073709551615"},
	{Type{Kind: Int}, "", "no digits"},
	{Type{Kind: Int}, "-", "no digits"},
	{Type{Kind: Int}, "--1", "character 1"},
	{Type{Kind: Int}, "-0", "without a sign"},
	{Type{Kind: Int}, "-01", "starts with 0"},
	{Type{Kind: Int}, "9223372036854775808", "between -9223372036854775808 and 9223372036854775807"},
	{Type{Kind: Int}, "-9223372036854775809", "between -9223372036854775808"},
	{Type{Kind: Int}, "-18446744073709551615", "between -9223372036854775808"},
	{Type{Kind: Int}, "-18446744073709551616", "between -9223372036854775808"},
	{Type{Decimal, 2}, "", "before the point"},
	{Type{Decimal, 2}, ".5", "before the point"},
	{Type{Decimal, 2}, "5.", "after the point"},
	{Type{Decimal, 2}, "00.5", "starts with 0"},
	{Type{Decimal, 2}, "-0.5", "use int"},
	{Type{Decimal, 2}, "0.5.5", "after the point: character 2"},
	{Type{Decimal, 2}, "1e2", "character 2"},
	{Type{Decimal, 2}, "1.5e2", "after the point: character 2"},
	{Type{Decimal, 2}, "0.851", "3 digits after the point, at most 2 fit"},
	{Type{Decimal, 2}, "184467440737095516.16", "above 184467440737095516.15"},
	{Type{Decimal, 18}, "19", "above 18.446744073709551615"},
	{Type{Decimal, 0}, "18446744073709551616", "above 18446744073709551615"},
	{Type{Decimal, 2}, strings.Repeat("9", 5000), "above 184467440737095516.15"},
	{Type{Kind: Bool}, "", "true nor false"},
	{Type{Kind: Bool}, "True", "true nor false"},
	{Type{Kind: Bool}, "1", "true nor false"},
	{Type{Kind: Text}, "\xff", "UTF-8"},
	{Type{Kind: Text}, strings.Repeat("x", MaxText+1), "65537 bytes, at most 65536"},
	{Type{Kind: Time}, "", "write a date as"},
	{Type{Kind: Time}, "1709208001", "write a date as"},
	{Type{Kind: Time}, "2024-2-29", "write a date as"},
	{Type{Kind: Time}, "2024/02/29", "write a date as"},
	{Type{Kind: Time}, "2024-02-29T12:00:01", "write a date as"},
	{Type{Kind: Time}, "2024-02-29t12:00:01Z", "write a date as"},
	{Type{Kind: Time}, "2024-02-29T12:00:01z", "write a date as"},
	{Type{Kind: Time}, "2024-02-29 12:00:01Z", "write a date as"},
	{Type{Kind: Time}, "2024-02-29T12:00:01+01:00", "write a date as"},
	{Type{Kind: Time}, "2024-02-29T12:00:01.5Z", "write a date as"},
	{Type{Kind: Time}, "1969-12-31T23:59:59Z", "before 1970"},
	{Type{Kind: Time}, "2024-00-01", "month"},
	{Type{Kind: Time}, "2024-13-01", "month"},
	{Type{Kind: Time}, "2024-01-00", "day"},
	{Type{Kind: Time}, "2023-02-29", "between 01 and 28"},
	{Type{Kind: Time}, "2100-02-29", "between 01 and 28"},
	{Type{Kind: Time}, "2024-04-31", "between 01 and 30"},
	{Type{Kind: Time}, "2024-01-01T24:00:00Z", "time of day"},
	{Type{Kind: Time}, "2024-01-01T23:60:00Z", "time of day"},
	{Type{Kind: Time}, "2016-12-31T23:59:60Z", "time of day"},
}

func TestParse_RefusesWhatDoesNotFit(t *testing.T) {
	for _, row := range refused {
		slot, err := Parse(row.typ, row.in)
		if err == nil {
			t.Errorf("%v %.40q = %v, want an error", row.typ, row.in, slot)
			continue
		}
		if !strings.Contains(err.Error(), row.why) {
			t.Errorf("%v %.40q: error %q does not say %q", row.typ, row.in, err, row.why)
		}
		if slot != (Slot{}) {
			t.Errorf("%v %.40q: a slot came with the error", row.typ, row.in)
		}
	}
}

func TestParse_ErrorsQuoteNoValue(t *testing.T) {
	const canary = "73195482615948372615"
	for _, typ := range []Type{{Kind: Uint}, {Kind: Int}, {Decimal, 2}, {Kind: Time}, {Kind: Bool}, {Kind: Text}} {
		for _, in := range []string{canary, "-" + canary, canary + ".123", "1." + canary, canary + "\xff"} {
			if _, err := Parse(typ, in); err != nil && strings.Contains(err.Error(), canary[:8]) {
				t.Errorf("%v: the error quotes the value: %v", typ, err)
			}
		}
	}
}

func TestFormat_GivesNothingForWhatIsNoValue(t *testing.T) {
	wide := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), 64))
	text, err := OfText("Laser")
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{
		"absent":         Format(Type{Kind: Uint}, Slot{}),
		"text":           Format(Type{Kind: Text}, text),
		"text as uint":   Format(Type{Kind: Uint}, text),
		"2^64 as uint":   Format(Type{Kind: Uint}, Slot{*wide, true}),
		"2 as bool":      Format(Type{Kind: Bool}, OfUint(2)),
		"late as time":   Format(Type{Kind: Time}, OfUint(maxTime+1)),
		"no kind":        Format(Type{Kind: 9}, OfUint(1)),
		"2^64 as int":    Format(Type{Kind: Int}, Slot{*wide, true}),
		"2^64 as scaled": Format(Type{Decimal, 2}, Slot{*wide, true}),
	} {
		if got != "" {
			t.Errorf("%s: formatted as %q", name, got)
		}
	}
}

func TestType_CheckRefusesAliases(t *testing.T) {
	minusOne := new(fr.Element).SetInt64(-1)
	wide := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), 64))
	for _, kind := range []Kind{Uint, Int, Decimal, Time, Bool} {
		for name, s := range map[string]Slot{"r-1": {*minusOne, true}, "2^64": {*wide, true}, "absent one": {fr.One(), false}} {
			if (Type{Kind: kind}).Check(s) == nil {
				t.Errorf("%s is a %v", name, Type{Kind: kind})
			}
		}
		if err := (Type{Kind: kind}).Check(Slot{}); err != nil {
			t.Errorf("absent %v: %v", Type{Kind: kind}, err)
		}
	}
}

func TestOfTime_RefusesOutOfRange(t *testing.T) {
	for _, seconds := range []int64{-1, math.MinInt64, maxTime + 1, math.MaxInt64} {
		if slot, err := OfTime(seconds); err == nil || slot != (Slot{}) {
			t.Errorf("OfTime(%d) = %v, %v", seconds, slot, err)
		}
	}
}

func FuzzParse_RoundTrips(f *testing.F) {
	for _, row := range refused {
		if len(row.in) < 100 {
			f.Add(uint8(row.typ.Kind), row.typ.Scale, row.in)
		}
	}
	f.Add(uint8(Decimal), uint8(3), "12.340")
	f.Fuzz(func(t *testing.T, kind, scale uint8, in string) {
		typ := Type{Kind(kind), scale}
		slot, err := Parse(typ, in)
		if err != nil {
			return
		}
		if err := typ.Check(slot); err != nil {
			t.Fatalf("%v %q: %v", typ, in, err)
		}
		if typ.Kind == Text {
			return
		}
		again, err := Parse(typ, Format(typ, slot))
		if err != nil || again != slot {
			t.Fatalf("%v %q: formatted as %q, read as %v, %v", typ, in, Format(typ, slot), again, err)
		}
	})
}
