package drop

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
)

// math/big's rationals say what decimals are worth, package time which moments exist and
// how many seconds they are from 1970.

func TestParseValue_MatchesRationals(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	limit := new(big.Int).Lsh(big.NewInt(1), 64)
	fits := 0
	for range 20000 {
		scale := uint8(rng.IntN(attribute.MaxScale + 1))
		s := strconv.FormatUint(rng.Uint64()>>rng.IntN(64), 10)
		if digits := rng.IntN(20); digits > 0 {
			s += "." + strconv.FormatUint(rng.Uint64()|1<<63, 10)[:digits]
		}
		if rng.IntN(2) == 0 && len(s) > 2 {
			s = s[:len(s)-1] + "0"
		}
		value, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%q is not a rational", s)
		}
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		value.Mul(value, new(big.Rat).SetInt(power))
		want := value.IsInt() && value.Num().Cmp(limit) < 0
		slot, err := parseValue(attribute.Type{Kind: attribute.Decimal, Scale: scale}, s)
		if want != (err == nil) {
			t.Fatalf("%q at scale %d: %v, want fit %v", s, scale, err, want)
		}
		if !want {
			continue
		}
		fits++
		if element := new(fr.Element).SetBigInt(value.Num()); !slot.Value.Equal(element) {
			t.Fatalf("%q at scale %d = %v, want %v", s, scale, slot.Value.String(), value)
		}
	}
	if fits < 1000 {
		t.Errorf("only %d cases fit", fits)
	}
}

func TestParseValue_ReadsEveryMoment(t *testing.T) {
	typ := attribute.Type{Kind: attribute.Time}
	check := func(moment time.Time) {
		t.Helper()
		slot, err := attribute.OfTime(moment.Unix())
		if err != nil {
			t.Fatal(err)
		}
		text := moment.UTC().Format(time.RFC3339)
		if got, err := parseValue(typ, text); err != nil || got != slot {
			t.Fatalf("%s read as %v, %v, want %v", text, got, err, slot)
		}
	}
	const maxTime = 253402300799 // 9999-12-31T23:59:59Z
	for day := time.Unix(0, 0); day.Unix() <= maxTime; day = day.Add(24 * time.Hour * 13) {
		check(day)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		check(time.Unix(rng.Int64N(maxTime+1), 0))
	}
}

func TestParseValue_KnowsWhichDaysExist(t *testing.T) {
	digits := func(n, width int) string {
		s := strconv.Itoa(n)
		for len(s) < width {
			s = "0" + s
		}
		return s
	}
	for _, year := range []int{1970, 1972, 2000, 2023, 2024, 2100, 2400, 9999} {
		for month := range 14 {
			for day := range 33 {
				s := digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2)
				want, wantErr := time.Parse("2006-01-02", s)
				got, err := parseValue(attribute.Type{Kind: attribute.Time}, s)
				if (err == nil) != (wantErr == nil) {
					t.Fatalf("%s: %v, package time says %v", s, err, wantErr)
				}
				if err == nil && got != attribute.OfUint(uint64(want.Unix())) {
					t.Fatalf("%s = %v, want %d", s, got, want.Unix())
				}
			}
		}
	}
}
