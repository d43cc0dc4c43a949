package ceremony

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// TestCombine_MatchesMultiExp: sums of none, one, many and very many terms, with every kind of scalar.
func TestCombine_MatchesMultiExp(t *testing.T) {
	s := newScalars()
	var numbers []int32
	for _, e := range coefficients(t) {
		numbers = append(numbers, s.number(&e))
	}
	p := &plan{scalars: s, codes: recode(s.list)}
	srs := knownSRS(t, 32)
	nodes, nodes2 := srs.Lagrange.G1.Tau, srs.Lagrange.G2.Tau
	nodes[7], nodes2[7] = bn254.G1Affine{}, bn254.G2Affine{} // infinity
	source := rand.New(rand.NewPCG(1, 2))
	pick := func(n int) (terms []term) {
		for range n {
			terms = append(terms, term{numbers[source.IntN(len(numbers))], int32(source.IntN(len(nodes)))})
		}
		slices.SortFunc(terms, func(a, b term) int { return int(a.scalar - b.scalar) })
		return terms
	}
	sums := [][]term{pick(veryMany), pick(veryMany + 1), pick(3 * veryMany)}
	for j := range 70 {
		sums = append(sums, pick(j%9))
	}
	for _, n := range numbers { // alone, twice, and of infinity
		sums = append(sums, []term{{n, 3}}, []term{{n, 3}, {n, 3}}, []term{{n, 7}})
	}
	one, two := newCombinerG1(p), newCombinerG2(p)
	for range 2 { // nothing is left of the first time
		got, got2 := one.combine(sums, nodes), two.combine(sums, nodes2)
		for j, terms := range sums {
			var points []bn254.G1Affine
			var points2 []bn254.G2Affine
			var factors []fr.Element
			for _, x := range terms {
				points, points2, factors = append(points, nodes[x.of]), append(points2, nodes2[x.of]), append(factors, s.list[x.scalar])
			}
			var want bn254.G1Affine
			var want2 bn254.G2Affine
			if len(terms) > 0 {
				if _, err := want.MultiExp(points, factors, ecc.MultiExpConfig{}); err != nil {
					t.Fatal(err)
				}
				if _, err := want2.MultiExp(points2, factors, ecc.MultiExpConfig{}); err != nil {
					t.Fatal(err)
				}
			}
			if got[j] != want || got2[j] != want2 {
				t.Errorf("sum %d of %d terms is another", j, len(terms))
			}
		}
	}
}
