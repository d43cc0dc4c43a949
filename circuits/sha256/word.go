//go:build !js

package sha256

import (
	"encoding/binary"
	"math/bits"

	"github.com/consensys/gnark/frontend"
)

// A WordVar is a 32-bit word: boolean wires or constants, least significant first. Whoever
// makes one constrains its bits, once: see [AssertWord]. With a bit that is neither 0 nor 1
// the hash means nothing.
type WordVar [32]frontend.Variable

// ValueOfWord returns the bits of x, as a constant or for an assignment.
func ValueOfWord(x uint32) (w WordVar) {
	for i := range w {
		w[i] = x >> i & 1
	}
	return w
}

// ValueOfBlock returns the big-endian words of a block of 64 bytes, see [Pad].
func ValueOfBlock(block *[64]byte) (words [16]WordVar) {
	for t := range words {
		words[t] = ValueOfWord(binary.BigEndian.Uint32(block[4*t:]))
	}
	return words
}

// AssertWord constrains the bits of w to be 0 or 1. 32 constraints.
func AssertWord(api frontend.API, w WordVar) {
	for _, b := range w {
		api.AssertIsBoolean(b)
	}
}

// value returns the word as an integer.
func (w WordVar) value(api frontend.API) loose {
	return loose{weigh(api, w[:]), 1<<32 - 1}
}

// weigh returns Σ bits_i · 2^i, a linear form.
func weigh(api frontend.API, bits []frontend.Variable) frontend.Variable {
	terms := make([]frontend.Variable, len(bits))
	for i, b := range bits {
		terms[i] = api.Mul(uint64(1)<<i, b)
	}
	return api.Add(terms[0], terms[1], terms[2:]...)
}

// loose is a linear form whose value is an integer in [0, max], not reduced mod 2^32.
// Bounds are tracked while compiling, so that every carry has room.
type loose struct {
	v   frontend.Variable
	max uint64
}

func constant(c uint64) loose { return loose{c, c} }

// sum adds integers.
func sum(api frontend.API, terms ...loose) loose {
	total := terms[0]
	for _, t := range terms[1:] {
		total = loose{api.Add(total.v, t.v), total.max + t.max}
		if total.max > 1<<maxLooseBits {
			panic("sha256: a sum outgrew its bound")
		}
	}
	return total
}

// negative returns a multiple of 2^32 minus x: -x mod 2^32, as an integer >= 0.
func negative(api frontend.API, x loose) loose {
	multiple := (x.max + 1<<32 - 1) >> 32 << 32
	return loose{api.Sub(multiple, x.v), multiple}
}

// carryBits is the number of bits of x above the lowest 32.
func (x loose) carryBits() int { return max(1, bits.Len64(x.max)-32) }

// maxLooseBits bounds every sum, far below λ = 2^lambdaBits.
const maxLooseBits = 40

// A build error here means that the halves of a packed addition could borrow from each
// other: its two sides are below 2^(maxLooseBits+1) each.
const _ = uint(lambdaBits - maxLooseBits - 2)
