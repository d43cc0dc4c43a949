package comb

import (
	"context"
	"errors"
	"math/big"
	"runtime"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func scalar(n *big.Int) (e fr.Element) { return *e.SetBigInt(n) }

func random(t testing.TB, n int) []fr.Element {
	s := make([]fr.Element, n)
	for i := range s {
		if _, err := s[i].SetRandom(); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// meets returns r - 2(r mod 2^k), with k the first bit of the last digit: the sum of the digits before
// it is -(r mod 2^k), and the last digit's multiple is r - (r mod 2^k), the same point. It is not such
// scalar where r mod 2^k has no negative digits.
func meets(c int) (s fr.Element, ok bool) {
	k := uint(c * (places(c) - 1))
	rest := new(big.Int).Mod(fr.Modulus(), new(big.Int).Lsh(big.NewInt(1), k))
	ok = rest.BitLen() < int(k)
	return scalar(rest.Sub(fr.Modulus(), rest.Lsh(rest, 1))), ok
}

// edges are scalars with digits at their limits, for digits of c bits.
func edges(c int) []fr.Element {
	one := big.NewInt(1)
	var full, half, above big.Int // every digit all ones; 2^(c-1), the largest; 2^(c-1) + 1, which carries
	for at := 0; at+c < fr.Bits; at += c {
		full.Or(&full, new(big.Int).Lsh(new(big.Int).Sub(new(big.Int).Lsh(one, uint(c)), one), uint(at)))
		half.Or(&half, new(big.Int).Lsh(one, uint(at+c-1)))
		above.Add(&above, new(big.Int).Lsh(new(big.Int).Add(new(big.Int).Lsh(one, uint(c-1)), one), uint(at)))
	}
	meeting, _ := meets(c)
	list := []fr.Element{{}, fr.One(), scalar(big.NewInt(-1)), scalar(big.NewInt(-2)), scalar(&full), scalar(&half), scalar(&above), meeting}
	for k := uint(0); k < fr.Bits; k += 5 {
		power := new(big.Int).Lsh(one, k)
		list = append(list, scalar(power), scalar(new(big.Int).Sub(power, one)), scalar(new(big.Int).Neg(power)))
	}
	return list
}

// TestAccumulator_MatchesGnarkCrypto multiplies edges and random scalars with digits of every width.
func TestAccumulator_MatchesGnarkCrypto(t *testing.T) {
	_, _, g1, g2 := bn254.Generators()
	met := 0
	for c := 2; c <= widest; c++ {
		scalars := append(edges(c), random(t, 50)...)
		if len(scalars) > batch {
			t.Fatal("more than a batch")
		}
		one, err := newTable[fp.Element](t.Context(), point[fp.Element](g1), c)
		if err != nil {
			t.Fatal(err)
		}
		two, err := newTable[bn254.E2](t.Context(), point[bn254.E2](g2), c)
		if err != nil {
			t.Fatal(err)
		}
		a1, a2 := newAccumulator(one), newAccumulator(two)
		for range 2 { // what a batch leaves behind is not in the next one
			a1.multiply(scalars)
			a2.multiply(scalars)
		}
		meeting, _ := meets(c)
		for i := range scalars {
			k := scalars[i].BigInt(new(big.Int))
			var want bn254.G1Affine
			var want2 bn254.G2Affine
			want.ScalarMultiplicationBase(k)
			want2.ScalarMultiplicationBase(k)
			switch {
			case a1.equal[i] != a2.equal[i] || a1.equal[i] && scalars[i] != meeting:
				t.Fatalf("width %d: %v is said to meet itself", c, k)
			case a1.equal[i]:
				met++
			case bn254.G1Affine(a1.sums[i]) != want || bn254.G2Affine(a2.sums[i]) != want2:
				t.Fatalf("width %d: wrong multiple of %v", c, k)
			}
		}
	}
	if met == 0 {
		t.Error("equal points never met: that case is not tested")
	}
}

// TestG1_MatchesGnarkCrypto, and so does G2: for numbers of scalars that take tables of every width,
// where equal points meet, and around the ends of batches.
func TestG1_MatchesGnarkCrypto(t *testing.T) {
	_, _, g1, g2 := bn254.Generators()
	for _, n := range []int{0, 1, 2, 33, 300, batch - 1, batch, batch + 1, 2*batch + 7} {
		scalars := random(t, n)
		if n > 100 {
			scalars[n-1], _ = meets(width(n))
			copy(scalars[5:], edges(width(n))[:40])
		}
		done := 0
		got, err := G1(t.Context(), scalars, func(more int) { done += more })
		if err != nil || done != n {
			t.Fatalf("%d scalars: %d reported, %v", n, done, err)
		}
		got2, err := G2(t.Context(), scalars, nil)
		if err != nil || len(got) != n || len(got2) != n {
			t.Fatal(err)
		}
		if n == 0 {
			continue
		}
		want, want2 := bn254.BatchScalarMultiplicationG1(&g1, scalars), bn254.BatchScalarMultiplicationG2(&g2, scalars)
		for i := range want {
			if got[i] != want[i] || got2[i] != want2[i] {
				t.Errorf("%d scalars: number %d is wrong", n, i)
			}
		}
	}
}

func TestWidth_GrowsToTheWidest(t *testing.T) {
	for n, want := range map[int]int{0: 2, 1: 2, 100: 6, 10_000: 11, 1_000_000: widest} {
		if got := width(n); got != want {
			t.Errorf("%d scalars: got width %d, want %d", n, got, want)
		}
	}
}

// TestG1_StopsWithItsContext, within some batches.
func TestG1_StopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	batches, cores := 0, runtime.GOMAXPROCS(0)
	_, err := G1(ctx, random(t, 4*cores*batch), func(int) { batches++; cancel() })
	if !errors.Is(err, context.Canceled) || batches > 2*cores {
		t.Errorf("got %v after %d batches", err, batches)
	}
	if _, err := G2(ctx, random(t, 1), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkG1 compares with gnark-crypto; ns/op are for 2^16 scalars.
func BenchmarkG1(b *testing.B) {
	scalars := random(b, 1<<16)
	_, _, g1, _ := bn254.Generators()
	b.Run("comb", func(b *testing.B) {
		for b.Loop() {
			if _, err := G1(b.Context(), scalars, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gnark-crypto", func(b *testing.B) {
		for b.Loop() {
			bn254.BatchScalarMultiplicationG1(&g1, scalars)
		}
	})
}
