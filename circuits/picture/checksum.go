//go:build !js

package picture

import (
	"hash/crc32"
	mathbits "math/bits"

	"github.com/consensys/gnark/frontend"
	stdbits "github.com/consensys/gnark/std/math/bits"

	"github.com/genproof/genproof/circuits/bits"
)

// adlerBase is the largest prime below 2^16.
const adlerBase = 65521

// adlerVar returns the 32 bits, most significant first, of the Adler-32 of whole bytes, given
// as bits, most significant first (RFC 1950, 8.2); native mirror: adler32.Checksum.
//
//	a = 1 + Σ byte_i           mod 65,521, n bytes from i = 0
//	b = n + Σ (n-i)·byte_i     mod 65,521
//	b ‖ a                      16 bits each
//
// Both sums are linear forms of the bits, so only the two reductions cost rows, see [modulo].
func adlerVar(api frontend.API, bytes []frontend.Variable) []frontend.Variable {
	n := len(bytes) / 8
	a, b := newSum(1), newSum(int64(n))
	for i, bit := range bytes {
		if isConstant(bit) { // zeros: filter bytes
			continue
		}
		weight := int64(1) << (7 - i%8)
		a.add(api, bit, weight)
		b.add(api, bit, weight*int64(n-i/8))
	}
	return append(highFirst(modulo(api, b)), highFirst(modulo(api, a))...)
}

// A sum is a linear form of bits, as an integer between 0 and most.
type sum struct {
	terms []frontend.Variable
	most  int64
}

func newSum(constant int64) *sum { return &sum{[]frontend.Variable{constant}, constant} }

func (s *sum) add(api frontend.API, bit frontend.Variable, weight int64) {
	if weight > 1 {
		bit = api.Mul(bit, weight)
	}
	s.terms = append(s.terms, bit)
	s.most += weight
}

func (s *sum) value(api frontend.API) frontend.Variable {
	return api.Add(s.terms[0], 0, s.terms[1:]...)
}

// modulo returns the 16 bits of s mod 65,521, least significant first. With s = h·2^16 + l and
// 2^16 = 65,521 + 15,
//
//	x = 15·h + l                     x ≡ s, x < 2·65,521
//	q = bit 16 of x + 15             [x ≥ 65,521]
//	rest = x − 65,521·q              so rest < 65,521
//
// No number here has a hint of its own: each split is unique, and so is what follows from it. A
// sum that is small enough leaves out the first line, one below 65,521 the others too.
//
// 17 constraints for the rest, 17 for q, and as many as s has bits for h.
func modulo(api frontend.API, s *sum) []frontend.Variable {
	x, most := s.value(api), s.most
	if most >= 2*adlerBase {
		b := bits.Decompose(api, x, mathbits.Len64(uint64(most)))
		x = api.Add(bits.Number(api, b[:16]), api.Mul(1<<16-adlerBase, bits.Number(api, b[16:])))
		most = 1<<16 - 1 + (1<<16-adlerBase)*(most>>16)
	}
	switch {
	case most >= 2*adlerBase:
		panic("picture: a sum of more bytes than a frame has")
	case most >= adlerBase:
		q := bits.Decompose(api, api.Add(x, 1<<16-adlerBase), 17)[16]
		x = api.Sub(x, api.Mul(adlerBase, q))
	}
	return wires(api, x, 16)
}

// wires returns the n bits of x, each a wire of its own. Package bits would save a constraint
// by a bit that is a linear form, and SHA-256, which reads each bit in many rows, would have
// that form copied into all of them. Of one bit gnark would return x itself, a form as well: so
// it is split in two, of which the other is 0.
func wires(api frontend.API, x frontend.Variable, n int) []frontend.Variable {
	b := stdbits.ToBinary(api, x, stdbits.WithNbDigits(max(2, n)))
	if n == 1 {
		api.AssertIsEqual(b[1], 0)
	}
	return b[:n]
}

// crcVar returns the 32 bits, most significant first, of the CRC-32 of head and bytes, the
// latter given as bits, most significant first; native mirror: crc32.ChecksumIEEE.
//
//	crc_k = parity(c_k + Σ of the bits that change crc_k)
//
// CRC-32 is affine over GF(2): c is that of head and zeros, and flipping one bit of the
// message flips the same bits of the CRC whatever else the message holds. A sum of n bits is
// split in as many bits as n has, and its lowest is the parity.
//
// For each bit of the CRC as many constraints as its number of terms has bits.
func crcVar(api frontend.API, head []byte, bytes []frontend.Variable) []frontend.Variable {
	message := append(head[:len(head):len(head)], make([]byte, len(bytes)/8)...)
	constant := crc32.ChecksumIEEE(message)
	var sums [32]*sum
	for k := range sums {
		sums[k] = newSum(int64(constant >> k & 1))
	}
	for i, bit := range bytes {
		if isConstant(bit) {
			continue
		}
		at, mask := len(head)+i/8, byte(0x80)>>(i%8)
		message[at] ^= mask
		flips := crc32.ChecksumIEEE(message) ^ constant
		message[at] ^= mask
		for k := range sums {
			if flips>>k&1 == 1 {
				sums[k].add(api, bit, 1)
			}
		}
	}
	out := make([]frontend.Variable, len(sums))
	for k, s := range sums {
		out[len(out)-1-k] = parity(api, s)
	}
	return out
}

// parity returns s mod 2.
func parity(api frontend.API, s *sum) frontend.Variable {
	return bits.Decompose(api, s.value(api), mathbits.Len64(uint64(s.most)))[0]
}

// highFirst reverses bits.
func highFirst(b []frontend.Variable) []frontend.Variable {
	out := make([]frontend.Variable, len(b))
	for i := range b {
		out[len(out)-1-i] = b[i]
	}
	return out
}

// isConstant reports whether a bit is one of those that this package writes itself.
func isConstant(bit frontend.Variable) bool {
	_, ok := bit.(int)
	return ok
}
