//go:build !js

package picture

import (
	"hash/crc32"
	"math/big"
	mathbits "math/bits"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

func init() { solver.RegisterHint(remainderHint) }

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

// modulo returns the 16 bits of s mod 65,521, least significant first.
//
//	s = rest + 65,521·quotient
//	0 ≤ rest < 2^16,  rest + 15 < 2^16         so rest < 65,521
//	0 ≤ quotient < 2^k                         2^k above the largest possible one
//
// The quotient is the linear form (s − rest)/65,521. Nothing here reaches r, so the line
// holds over the integers, where it has one solution. A sum that cannot reach 65,521 is its
// own rest: there the quotient is no wire, and nothing is left to choose.
//
// 32 + k constraints; 16 where no quotient is possible.
func modulo(api frontend.API, s *sum) []frontend.Variable {
	x := s.value(api)
	k := mathbits.Len64(uint64(s.most / adlerBase))
	if k == 0 {
		return bits.Decompose(api, x, 16)
	}
	hint, err := api.Compiler().NewHint(remainderHint, 1, x)
	if err != nil {
		panic("picture: " + err.Error()) // the hint is registered and has an output
	}
	rest := hint[0]
	out := bits.Decompose(api, rest, 16)
	bits.Decompose(api, api.Add(rest, 1<<16-adlerBase), 16)
	bits.Decompose(api, api.DivUnchecked(api.Sub(x, rest), adlerBase), k)
	return out
}

// remainderHint returns its input modulo 65,521.
func remainderHint(_ *big.Int, in, out []*big.Int) error {
	out[0].Mod(in[0], big.NewInt(adlerBase))
	return nil
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
