package poseidon

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

func TestPermute_IsGnarkCryptos(t *testing.T) {
	for _, w := range widths {
		reference := poseidon2.NewPermutation(w.t, fullRounds, w.partialRounds)
		got, want := inputs(w.t, 5), inputs(w.t, 5)
		for range 3 {
			w.permute(got)
			if err := reference.Permutation(want); err != nil {
				t.Fatal(err)
			}
			for i := range want {
				if !got[i].Equal(&want[i]) {
					t.Fatalf("width %d: element %d is another", w.t, i)
				}
			}
		}
	}
}

func BenchmarkHash(b *testing.B) {
	for _, n := range []int{3, 7, 11, 15} {
		in := inputs(n, 3)
		w := widthFor(n, 1)
		b.Run("own", func(b *testing.B) {
			for b.Loop() {
				Hash(Slot, in...)
			}
		})
		b.Run("gnark-crypto", func(b *testing.B) {
			state := make([]fr.Element, w.t)
			p := poseidon2.NewPermutation(w.t, fullRounds, w.partialRounds)
			for b.Loop() {
				_ = p.Permutation(state)
			}
		})
	}
}
