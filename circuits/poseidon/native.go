// Package poseidon hashes a fixed number of elements of BN254's scalar field with Poseidon2.
//
//	Hash(tag, x_1..x_n) = first output of a sponge over the Poseidon2 permutation
//	state = (tag element, 0, …, 0), capacity 1, rate t-1        SPEC §3.1
//
// The permutation is Poseidon2 (https://eprint.iacr.org/2023/323) over the scalar field of
// BN254, of widths t = 4, 8, 12, 16, with the authors' constants: gnark-crypto's and this
// package's are the same. The tag element sits in the capacity and names the domain and
// both lengths, so inputs need no padding rule.
package poseidon

import (
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// width is one size of the permutation.
type width struct {
	t             int // state elements
	partialRounds int
	constraints   int // R1CS constraints of one permutation
}

// fullRounds is the number of full rounds at every width.
const fullRounds = 8

var widths = []width{{4, 56, 264}, {8, 57, 363}, {12, 57, 459}, {16, 57, 555}}

// permutations is the number of permutations that absorb nbIn and squeeze nbOut elements.
func (w width) permutations(nbIn, nbOut int) int {
	rate := w.t - 1
	absorb := max(1, (nbIn+rate-1)/rate)
	squeeze := (nbOut + rate - 1) / rate
	return absorb + squeeze - 1
}

// widthFor returns the width with the least constraints for the lengths, the
// narrower one of two equals.
func widthFor(nbIn, nbOut int) width {
	best := widths[0]
	for _, w := range widths[1:] {
		if w.permutations(nbIn, nbOut)*w.constraints < best.permutations(nbIn, nbOut)*best.constraints {
			best = w
		}
	}
	return best
}

// computed are the constants of the widths that somebody has used.
var computed [4]struct {
	once sync.Once
	c    *constants
}

func (w width) constants() *constants {
	slot := &computed[w.t/4-1]
	slot.once.Do(func() { slot.c = newConstants(w) })
	return slot.c
}

// Hash returns the hash of in under tag. The number of inputs is part of the domain.
func Hash(tag Tag, in ...fr.Element) fr.Element {
	return Squeeze(tag, 1, in...)[0]
}

// Squeeze returns nbOut pseudorandom elements derived from in under tag. It panics if
// nbOut is not positive.
func Squeeze(tag Tag, nbOut int, in ...fr.Element) []fr.Element {
	if nbOut < 1 {
		panic("poseidon: nothing to squeeze")
	}
	w := widthFor(len(in), nbOut)
	state := make([]fr.Element, w.t)
	state[0] = tag.element(len(in), nbOut)
	for rest := in; ; {
		n := min(len(rest), w.t-1)
		for i := range n {
			state[1+i].Add(&state[1+i], &rest[i])
		}
		w.permute(state)
		if rest = rest[n:]; len(rest) == 0 {
			break
		}
	}
	out := make([]fr.Element, 0, nbOut)
	for {
		out = append(out, state[1:1+min(w.t-1, nbOut-len(out))]...)
		if len(out) == nbOut {
			return out
		}
		w.permute(state)
	}
}
