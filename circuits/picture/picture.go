//go:build !js

package picture

import (
	"encoding/binary"
	"fmt"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/sha256"
)

// A PixelVar is the bits of a palette index, least significant first, as many as the frame's
// depth. Whoever makes one constrains its bits, once.
type PixelVar []frontend.Variable

// DigestVar returns the two 128-bit halves of the SHA-256 of the file of the pixels, which
// stand row by row from the top left; start is the state behind the file's prefix, see
// [Frame.Midstate]; native mirror: [Encode] and crypto/sha256. It is an error if the frame or
// the number of pixels or bits is wrong.
//
//	rows   = 0 ‖ pixels of a row, for each
//	digest = SHA-256 continued from start over rows ‖ Adler-32 ‖ CRC-32 ‖ IEND
//
// Every pixel has an entry in the palette, whose length is 2^depth. Both checksums cost 444
// constraints at 24 pixels a side and 4 bits; the rest is SHA-256, a block for each 64 bytes.
func DigestVar(api frontend.API, f Frame, start sha256.StateVar, pixels []PixelVar) (high, low frontend.Variable, err error) {
	message, err := f.messageVar(api, pixels)
	if err != nil {
		return nil, nil, err
	}
	state := start
	for at := 0; at < len(message); at += 8 * blockBytes {
		if state, err = sha256.CompressVar(api, state, blockOf(message[at:])); err != nil {
			return nil, nil, err
		}
	}
	return state.Digest(api)
}

// messageVar returns the bits of the file behind its prefix and of SHA-256's padding, whole
// blocks, most significant bit first.
func (f Frame) messageVar(api frontend.API, pixels []PixelVar) ([]frontend.Variable, error) {
	rows, err := f.rowsVar(pixels)
	if err != nil {
		return nil, err
	}
	b := append(rows, adlerVar(api, rows)...)
	b = append(b, crcVar(api, append([]byte("IDAT"), f.streamHead()...), b)...)
	return append(b, bitsOf(append([]byte(end), f.padding()...))...), nil
}

// padding returns what SHA-256 appends to every file of the frame: 0x80, zeros, the length.
func (f Frame) padding() []byte {
	n := f.FileBytes()
	b := append([]byte{0x80}, make([]byte, (2*blockBytes-9-n%blockBytes)%blockBytes)...)
	return binary.BigEndian.AppendUint64(b, 8*uint64(n))
}

func (f Frame) rowsVar(pixels []PixelVar) ([]frontend.Variable, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	if len(pixels) != f.Pixels() {
		return nil, fmt.Errorf("%w: %d pixels, want %d", ErrFrame, len(pixels), f.Pixels())
	}
	var out []frontend.Variable
	for i, p := range pixels {
		if len(p) != f.Depth {
			return nil, fmt.Errorf("%w: a pixel of %d bits, want %d", ErrFrame, len(p), f.Depth)
		}
		if i%f.Side == 0 {
			out = append(out, bitsOf([]byte{0})...)
		}
		out = append(out, highFirst(p)...)
	}
	return out, nil
}

// bitsOf returns constants, most significant bit of each byte first.
func bitsOf(bytes []byte) []frontend.Variable {
	var out []frontend.Variable
	for _, x := range bytes {
		for i := 7; i >= 0; i-- {
			out = append(out, int(x>>i&1))
		}
	}
	return out
}

// blockOf returns the big-endian words of the first 64 bytes.
func blockOf(message []frontend.Variable) (block [16]sha256.WordVar) {
	for w := range block {
		for i := range 32 {
			block[w][31-i] = message[32*w+i]
		}
	}
	return block
}
