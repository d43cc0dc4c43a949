package ceremony

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
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

// TestCombine_MatchesMultiExp: random wires, of none, one and many terms, on one side and on three.
func TestCombine_MatchesMultiExp(t *testing.T) {
	list := coefficients(t)
	codes := recode(list)
	srs := knownSRS(t, 32)
	source := rand.New(rand.NewPCG(1, 2))
	pick := func(n int) (terms []term) {
		for range n {
			terms = append(terms, term{source.IntN(len(list)), source.IntN(32)})
		}
		slices.SortFunc(terms, func(a, b term) int { return a.coefficient - b.coefficient })
		return terms
	}
	var wires []terms
	for j := range 70 {
		wires = append(wires, terms{pick(j % 7), pick(j % 5), pick(j % 3)})
	}
	for id := range list { // alone, and with its opposite on another side
		wires = append(wires, terms{l: []term{{id, 3}}, r: []term{{id, 3}}})
	}
	basis := srs.Lagrange
	sum := func(to *bn254.G1Affine, list []fr.Element, terms []term, points []bn254.G1Affine) {
		for _, x := range terms {
			var p bn254.G1Affine
			p.ScalarMultiplication(&points[x.constraint], list[x.coefficient].BigInt(new(big.Int)))
			to.Add(to, &p)
		}
	}
	all := newCombinerG1(codes, side[bn254.G1Affine]{sideL, basis.G1.BetaTau},
		side[bn254.G1Affine]{sideR, basis.G1.AlphaTau}, side[bn254.G1Affine]{sideO, basis.G1.Tau})
	twisted := newCombinerG2(codes, side[bn254.G2Affine]{sideR, basis.G2.Tau})
	for range 2 { // nothing is left of the first time
		got, got2 := all.combine(wires), twisted.combine(wires)
		for j := range wires {
			var want bn254.G1Affine
			sum(&want, list, wires[j].l, basis.G1.BetaTau)
			sum(&want, list, wires[j].r, basis.G1.AlphaTau)
			sum(&want, list, wires[j].o, basis.G1.Tau)
			var want2 bn254.G2Affine
			var points []bn254.G2Affine
			var scalars []fr.Element
			for _, x := range wires[j].r {
				points, scalars = append(points, basis.G2.Tau[x.constraint]), append(scalars, list[x.coefficient])
			}
			if len(points) > 0 {
				if _, err := want2.MultiExp(points, scalars, ecc.MultiExpConfig{}); err != nil {
					t.Fatal(err)
				}
			}
			if got[j] != want || got2[j] != want2 {
				t.Errorf("wire %d: another sum", j)
			}
		}
	}
}
