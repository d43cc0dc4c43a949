// Package sha256 constrains SHA-256 (FIPS 180-4): of bytes with [New], of blocks of bits, from
// any state, with [CompressVar].
//
// A block costs 14,956 constraints besides the booleanity of its 512 message bits,
// with no lookup and no commitment. SPEC §4 derives it; in short:
//
//   - words are 32 boolean wires, so rotations and sums are free linear forms;
//   - a three-input XOR is one row, two weighted two-input XORs are one row;
//   - Ch of two consecutive rounds is one row a bit, and so is Maj, carried as
//     round t + λ · round t+1 and separated by one equation for both additions;
//   - nothing is reduced mod 2^32 before its bits are needed.
//
// The identities behind the packed rows follow the public circuit of
// https://github.com/aptos-labs/keyless-zk-proofs/pull/124 (15,168 a block); merging the
// last additions, leaving unread words unsplit and pairing the schedule's steps
// takes it further.
package sha256

import (
	"encoding/binary"
	"math/bits"
)

// State is the eight working words between two blocks.
type State [8]uint32

// Bytes returns the words, big-endian: behind the last block the digest.
func (s State) Bytes() (b [32]byte) {
	for i, w := range s {
		binary.BigEndian.PutUint32(b[4*i:], w)
	}
	return b
}

// IV is the initial state, FIPS 180-4 §5.3.3.
var IV = State{
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
}

// k are the round constants, FIPS 180-4 §4.2.2.
var k = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

// Compress returns the state after one 64-byte block.
func Compress(s State, block *[64]byte) State {
	var w [64]uint32
	for t := range 16 {
		w[t] = uint32(block[4*t])<<24 | uint32(block[4*t+1])<<16 | uint32(block[4*t+2])<<8 | uint32(block[4*t+3])
	}
	for t := 16; t < 64; t++ {
		w[t] = smallSigma1.word(w[t-2]) + w[t-7] + smallSigma0.word(w[t-15]) + w[t-16]
	}
	a, b, c, d, e, f, g, h := s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]
	for t := range 64 {
		t1 := h + bigSigma1.word(e) + ch(e, f, g) + k[t] + w[t]
		t2 := bigSigma0.word(a) + maj(a, b, c)
		a, b, c, d, e, f, g, h = t1+t2, a, b, c, d+t1, e, f, g
	}
	return State{s[0] + a, s[1] + b, s[2] + c, s[3] + d, s[4] + e, s[5] + f, s[6] + g, s[7] + h}
}

func ch(e, f, g uint32) uint32  { return e&f ^ ^e&g }
func maj(a, b, c uint32) uint32 { return a&b ^ a&c ^ b&c }

// Pad returns the message followed by FIPS 180-4's padding (§5.1.1): whole blocks of 64
// bytes.
func Pad(message []byte) []byte {
	n := len(message)
	return append(message[:n:n], padding(n)...)
}

// padding returns what follows a message of n bytes: 0x80, zeros, and the length in bits
// as 8 bytes, big-endian.
func padding(n int) []byte {
	p := make([]byte, blockBytes-(n+lengthBytes)%blockBytes, 2*blockBytes)
	p[0] = 0x80
	return binary.BigEndian.AppendUint64(p, uint64(n)*8)
}

const (
	blockBytes  = 64
	digestBytes = 32
	lengthBytes = 8 // of the length at the padding's end
)

// A sigma is one of the four Σ and σ functions: the XOR of two rotations to the right
// and a third, which shifts instead if shift is set.
type sigma struct {
	r     [3]int
	shift bool
}

var (
	bigSigma0   = sigma{r: [3]int{2, 13, 22}}
	bigSigma1   = sigma{r: [3]int{6, 11, 25}}
	smallSigma0 = sigma{r: [3]int{7, 18, 3}, shift: true}
	smallSigma1 = sigma{r: [3]int{17, 19, 10}, shift: true}
)

func (s sigma) word(x uint32) uint32 {
	third := bits.RotateLeft32(x, -s.r[2])
	if s.shift {
		third = x >> s.r[2]
	}
	return bits.RotateLeft32(x, -s.r[0]) ^ bits.RotateLeft32(x, -s.r[1]) ^ third
}

// lanes returns the bit indices whose XOR is bit i: three, or two where the shift has
// dropped the third.
func (s sigma) lanes(i int) []int {
	l := []int{(i + s.r[0]) % 32, (i + s.r[1]) % 32}
	switch {
	case !s.shift:
		return append(l, (i+s.r[2])%32)
	case i+s.r[2] < 32:
		return append(l, i+s.r[2])
	}
	return l
}
