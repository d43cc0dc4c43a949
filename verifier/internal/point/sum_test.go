package point

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Few and many points, the same one twice, opposite ones, infinity, and scalars at the edges add up as gnark-crypto
// adds them.
func TestSum_IsThatOfGnarkCrypto(t *testing.T) {
	_, _, g, _ := bn254.Generators()
	edges := []fr.Element{{}, fr.One()}
	for _, n := range []int64{-1, 15, 16, -16, 1 << 40} {
		var e fr.Element
		edges = append(edges, *e.SetInt64(n))
	}
	for n := range 40 {
		points, scalars := make([]bn254.G1Affine, n), make([]fr.Element, n)
		for i := range n {
			scalars[i].MustSetRandom()
			if i%3 == 0 {
				scalars[i] = edges[i/3%len(edges)]
			}
			points[i].ScalarMultiplication(&g, big.NewInt(int64(i/2)))
			if i%5 == 4 {
				points[i].Neg(&points[i])
			}
		}
		var want bn254.G1Affine
		if n > 0 {
			if _, err := want.MultiExp(points, scalars, ecc.MultiExpConfig{}); err != nil {
				t.Fatal(err)
			}
		}
		got, err := Sum(points, scalars)
		if again := interleaved(points, scalars); err != nil || !got.Equal(&want) || !again.Equal(&want) {
			t.Errorf("%d points: got %v and %v, want %v (%v)", n, got, again, want, err)
		}
	}
	if _, err := Sum(make([]bn254.G1Affine, 2), make([]fr.Element, 1)); err == nil {
		t.Error("a scalar is missing, and they are added")
	}
}
