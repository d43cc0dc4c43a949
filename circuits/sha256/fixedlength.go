//go:build !js

package sha256

import (
	"fmt"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/uints"
)

// FixedLengthSum returns the digest of the first length bytes written, where length is a
// variable: the circuit's cost is that of all bytes, its digest that of some. It constrains
//
//	minimal length <= length <= bytes written        else there is no proof
//	byte < 256                                       for the bytes before length
//
// Bytes from length on have no influence and stay unconstrained: they need not even be
// bytes. It panics if fewer bytes are written than the minimal length, or if a constant
// length is out of range.
//
// With n bytes written, m of them beyond the minimal length: 8n + m for the bytes, up to
// 72 for the padding's, m + 2 for the length, the blocks of n bytes, and 66 for the
// digest; 8 more for each block it may end before, and 264 instead of 66 if there is one.
// No lookup, no Groth16 commitment.
func (h *Hasher) FixedLengthSum(length frontend.Variable) []uints.U8 {
	if c, ok := h.api.Compiler().ConstantValue(length); ok {
		return h.constantLengthSum(c.IsUint64(), c.Uint64())
	}
	l, err := newLength(h.api, length, h.minimalLength, len(h.in))
	if err != nil {
		panic(err)
	}
	padded := make([]byteVar, blockBytes*(1+lastBlock(l.high)))
	for i := range padded {
		padded[i] = splitByte(h.api, h.paddedByte(l, i))
	}
	states := h.states(padded)
	return h.digest(h.selectState(l, states))
}

func (h *Hasher) constantLengthSum(fits bool, length uint64) []uints.U8 {
	if !fits || length < uint64(h.minimalLength) || length > uint64(len(h.in)) {
		panic(fmt.Sprintf("sha256: a constant length is not between %d and %d bytes", h.minimalLength, len(h.in)))
	}
	return (&Hasher{api: h.api, in: h.in[:length]}).Sum()
}

// lastBlock is the index of the block in which a message of n bytes ends, padding included.
func lastBlock(n int) int { return (n + lengthBytes) / blockBytes }

// paddedByte returns byte i of the padded message, which is at most one of three: a byte of
// the message, the 0x80 after it, and a byte of its length, which ends the last block.
// One constraint for a byte that may be before or after the length.
func (h *Hasher) paddedByte(l lengthVar, i int) frontend.Variable {
	x := frontend.Variable(0)
	if i < l.high {
		x = h.api.Mul(h.in[i].Val, l.exceeds(i))
	}
	if i >= l.low && i <= l.high {
		x = h.api.Add(x, h.api.Mul(0x80, l.is(h.api, i)))
	}
	end := i/blockBytes*blockBytes + blockBytes // of the block that i is in
	if place := end - 1 - i; place < lengthBytes {
		x = h.api.Add(x, l.lookUp(h.api, end-blockBytes-lengthBytes, end-lengthBytes-1, func(length int) int {
			return length * 8 >> (8 * place) & 0xff
		}))
	}
	return x
}

// selectState returns the words of the state after the block in which the message ends:
//
//	state_first + Σ_b [the message ends in b or later]·(state_b − state_b−1)
//
// The factors fall from 1 to 0 once, so the sum is one of the states and keeps its bound.
func (h *Hasher) selectState(l lengthVar, states []StateVar) (words [8]WordVar, err error) {
	first := lastBlock(l.low)
	if first == len(states)-1 {
		return states[first].Words(h.api)
	}
	before := states[first].values(h.api)
	selected := before
	for b := first + 1; b < len(states); b++ {
		later := l.exceeds(b*blockBytes - lengthBytes - 1)
		here := states[b].values(h.api)
		for i := range selected {
			change := h.api.Mul(later, h.api.Sub(here[i].v, before[i].v))
			selected[i] = loose{h.api.Add(selected[i].v, change), max(selected[i].max, here[i].max)}
		}
		before = here
	}
	for i := range words {
		if words[i], err = reduce(h.api, selected[i]); err != nil {
			return words, err
		}
	}
	return words, nil
}
