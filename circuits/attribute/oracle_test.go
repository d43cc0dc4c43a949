package attribute

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// math/big's rationals and package time say what decimals and moments are worth.

func TestOfDecimal_MatchesRationals(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	limit := new(big.Int).Lsh(big.NewInt(1), 64)
	fits := 0
	for range 20000 {
		scale := uint8(rng.IntN(MaxScale + 1))
		s := strconv.FormatUint(rng.Uint64()>>rng.IntN(64), 10)
		if digits := rng.IntN(20); digits > 0 {
			s += "." + strconv.FormatUint(rng.Uint64()|1<<63, 10)[:digits]
		}
		if rng.IntN(2) == 0 && len(s) > 2 {
			s = s[:len(s)-1] + "0"
		}
		value, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%q is no rational", s)
		}
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		value.Mul(value, new(big.Rat).SetInt(power))
		want := value.IsInt() && value.Num().Cmp(limit) < 0
		slot, err := OfDecimal(s, scale)
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

func TestOfTime_MatchesPackageTime(t *testing.T) {
	typ := Type{Kind: Time}
	check := func(moment time.Time) {
		t.Helper()
		slot, err := OfTime(moment.Unix())
		if err != nil {
			t.Fatal(err)
		}
		text := moment.UTC().Format(time.RFC3339)
		if got := Format(typ, slot); got != text {
			t.Fatalf("%d formatted as %s, want %s", moment.Unix(), got, text)
		}
		if got, err := Parse(typ, text); err != nil || got != slot {
			t.Fatalf("%s read as %v, %v, want %v", text, got, err, slot)
		}
	}
	for day := time.Unix(0, 0); day.Unix() <= maxTime; day = day.Add(24 * time.Hour * 13) {
		check(day)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		check(time.Unix(rng.Int64N(maxTime+1), 0))
	}
}

func TestParse_KnowsWhichDaysExist(t *testing.T) {
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
				got, err := Parse(Type{Kind: Time}, s)
				if (err == nil) != (wantErr == nil) {
					t.Fatalf("%s: %v, package time says %v", s, err, wantErr)
				}
				if err == nil && got != OfUint(uint64(want.Unix())) {
					t.Fatalf("%s = %v, want %d", s, got, want.Unix())
				}
			}
		}
	}
}
