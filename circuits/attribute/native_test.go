package attribute

import (
	"math"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

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
