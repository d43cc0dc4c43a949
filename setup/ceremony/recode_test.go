package ceremony

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// coefficients are those of gnark's first ids, then edges of both ways to recode, then some of full size.
func coefficients(t testing.TB) []fr.Element {
	list := make([]fr.Element, 5)
	for i, n := range []int64{0, 1, 2, -1, -2} {
		list[i].SetInt64(n)
	}
	one := big.NewInt(1)
	for _, k := range []uint{3, 5, 23, 24, 25, 63, 64, 65, 126, 127, 128, 129, 200, 252, 253} {
		power := new(big.Int).Lsh(one, k)
		for _, n := range []*big.Int{power, new(big.Int).Sub(power, one), new(big.Int).Add(power, one)} {
			list = append(list, *new(fr.Element).SetBigInt(n), *new(fr.Element).SetBigInt(n.Neg(n)))
		}
	}
	half := new(big.Int).Rsh(fr.Modulus(), 1)
	list = append(list, *new(fr.Element).SetBigInt(half), *new(fr.Element).SetBigInt(half.Add(half, one)),
		*new(fr.Element).SetBigInt(endomorphism.lambda))
	for range 20 {
		var e fr.Element
		if _, err := e.SetRandom(); err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	return list
}

// TestRecode_IsTheCoefficient: digits add up to it, are odd and few.
func TestRecode_IsTheCoefficient(t *testing.T) {
	list := coefficients(t)
	split := 0
	for i, code := range recode(list) {
		sum, factor := new(big.Int), big.NewInt(1)
		limit, apart := 1, 2
		if code.large {
			limit, apart = 1<<(window-1)-1, window
		}
		for _, digits := range code.digits {
			last := -apart
			for at, d := range digits {
				if d == 0 {
					continue
				}
				if d%2 == 0 || int(max(d, -d)) > limit || at-last < apart {
					t.Fatalf("%s: digit %d at %d", list[i].String(), d, at)
				}
				last = at
				term := new(big.Int).Lsh(big.NewInt(int64(d)), uint(at))
				sum.Add(sum, term.Mul(term, factor))
			}
			if len(digits) > 130 {
				t.Errorf("%s: %d digits", list[i].String(), len(digits))
			}
			factor = endomorphism.lambda
		}
		if len(code.digits[1]) > 0 {
			split++
		}
		if got := new(fr.Element).SetBigInt(sum); !got.Equal(&list[i]) {
			t.Errorf("%s: the digits are of %s", list[i].String(), got.String())
		}
	}
	if split < 20 {
		t.Errorf("%d coefficients were split", split)
	}
}

// TestEndomorphism_MultipliesByLambda in both groups, and not by 1.
func TestEndomorphism_MultipliesByLambda(t *testing.T) {
	_, _, g1, g2 := bn254.Generators()
	one, two := g1, g2
	one.X.Mul(&one.X, &endomorphism.one)
	two.X.MulByElement(&two.X, &endomorphism.two)
	g1.ScalarMultiplicationBase(endomorphism.lambda)
	g2.ScalarMultiplicationBase(endomorphism.lambda)
	if one != g1 || two != g2 || endomorphism.lambda.Cmp(big.NewInt(1)) == 0 {
		t.Error("it multiplies by something else")
	}
}
