package groth16

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// scalars are of every kind, at the borders between them too.
func scalars(t *testing.T) []fr.Element {
	t.Helper()
	var list []fr.Element
	for _, b := range factors {
		var x fr.Element
		list = append(list, *x.SetBigInt(b))
	}
	for range 40 {
		var x, bit, word fr.Element
		x.MustSetRandom()
		bits := x.Bits()
		bit.SetUint64(bits[0] & 1)
		word.SetUint64(bits[1])
		list = append(list, x, bit, word)
	}
	return list
}

func TestKindOf_TellsWhatAScalarCosts(t *testing.T) {
	for i, want := range []kind{zero, one, short, short, long, long, long} {
		var x fr.Element
		if got := kindOf(x.SetBigInt(factors[i])); got != want {
			t.Errorf("%d: got %d, want %d", factors[i], got, want)
		}
	}
}

// TestMultiExp_IsTheSumOfMultiples computes each multiple alone, in both groups; every third
// wire has no point, and a point is at infinity.
func TestMultiExp_IsTheSumOfMultiples(t *testing.T) {
	list := scalars(t)
	absent := make([]bool, len(list))
	var g1 []bn254.G1Affine
	var g2 []bn254.G2Affine
	var want1 bn254.G1Jac
	var want2 bn254.G2Jac
	for i := range list {
		if absent[i] = i%3 == 2; absent[i] {
			continue
		}
		var p bn254.G1Affine
		var q bn254.G2Affine
		if i != 30 {
			p.ScalarMultiplicationBase(big.NewInt(int64(i + 5)))
			q.ScalarMultiplicationBase(big.NewInt(int64(i + 7)))
		}
		g1, g2 = append(g1, p), append(g2, q)
		x := list[i].BigInt(new(big.Int))
		p.ScalarMultiplication(&p, x)
		q.ScalarMultiplication(&q, x)
		want1.AddMixed(&p)
		want2.AddMixed(&q)
	}
	w := sortWires(list)
	if got, err := multiExp[bn254.G1Affine, bn254.G1Jac](g1, w, absent); err != nil || !got.Equal(&want1) {
		t.Errorf("G1: %v", err)
	}
	if got, err := multiExp[bn254.G2Affine, bn254.G2Jac](g2, w, absent); err != nil || !got.Equal(&want2) {
		t.Errorf("G2: %v", err)
	}
	none := sortWires(make([]fr.Element, len(list)))
	if got, err := multiExp[bn254.G1Affine, bn254.G1Jac](g1, none, absent); err != nil || !got.Z.IsZero() {
		t.Errorf("zeros: %v", err)
	}
	all := make([]bn254.G1Affine, len(list))
	for i := range all {
		all[i].ScalarMultiplicationBase(big.NewInt(int64(i + 5)))
	}
	var want bn254.G1Jac
	for i := 3; i < len(list); i++ {
		var p bn254.G1Affine
		want.AddMixed(p.ScalarMultiplication(&all[i-3], list[i].BigInt(new(big.Int))))
	}
	if got, err := multiExp[bn254.G1Affine, bn254.G1Jac](all[:len(all)-3], w.from(3), nil); err != nil || !got.Equal(&want) {
		t.Errorf("without absent wires: %v", err)
	}
}
