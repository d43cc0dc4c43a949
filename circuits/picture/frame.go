// Package picture constrains the bytes of a small PNG file: a square of palette indices, as
// the one file that [Encode] makes of it, down to its SHA-256.
//
//	file = prefix ‖ rows ‖ Adler-32(rows) ‖ CRC-32(IDAT) ‖ IEND
//
// The rows are stored, not compressed (RFC 1951, 3.2.4), each behind the filter byte 0. So
// every pixel has its place in the file, and a proof needs no inflating. A [Frame] fixes side,
// depth, and with them every length. The prefix holds header, palette and the start of the
// zlib stream, and fills whole blocks of SHA-256: a circuit starts from the state behind it
// and never sees it. Hence a proof alone does not say that a file is a picture: a prefix could
// hide one of its own. Whoever judges a file reads it with [Decode], which encodes what it read
// once more and compares every byte.
//
// Sources: PNG, W3C Recommendation, third edition; zlib, RFC 1950; deflate, RFC 1951.
package picture

import (
	"errors"
	"fmt"
	"slices"
)

// A Frame is what a key fixes of a picture.
type Frame struct {
	Side  int // pixels a row and rows: 16, 24 or 32
	Depth int // bits a pixel: 1, 2, 4 or 8
}

// Sides and Depths are what a frame may have.
var (
	Sides  = []int{16, 24, 32}
	Depths = []int{1, 2, 4, 8}
)

// ErrFrame is wrapped by the errors of [Frame.Validate].
var ErrFrame = errors.New("picture's frame")

// Validate reports whether there are pictures of this side and depth.
func (f Frame) Validate() error {
	if !slices.Contains(Sides, f.Side) || !slices.Contains(Depths, f.Depth) {
		return fmt.Errorf("%w: %d pixels a side of %d bits, want 16, 24 or 32 of 1, 2, 4 or 8", ErrFrame, f.Side, f.Depth)
	}
	return nil
}

// Pixels returns the number of pixels.
func (f Frame) Pixels() int { return f.Side * f.Side }

// Colours returns the number of entries of a palette: 2^Depth.
func (f Frame) Colours() int { return 1 << f.Depth }

// FileBytes returns the length of every file of the frame.
func (f Frame) FileBytes() int { return f.PrefixBytes() + f.rawBytes() + len(tail{}.bytes()) }

// PrefixBytes returns how many bytes stand in front of the rows: whole blocks of 64.
func (f Frame) PrefixBytes() int {
	need := len(signature) + chunkBytes(headerBytes) + chunkBytes(3*f.Colours()) + chunkBytes(f.Colours()) +
		chunkBytes(len(commentKey)) + chunkHead + len(f.streamHead())
	return (need + blockBytes - 1) / blockBytes * blockBytes
}

// rowBytes returns the bytes of a row, its filter byte included. Pixels fill whole bytes.
func (f Frame) rowBytes() int { return 1 + f.Side*f.Depth/8 }

// rawBytes returns the bytes of all rows: at most 1,056, a single stored block.
func (f Frame) rawBytes() int { return f.Side * f.rowBytes() }

const (
	blockBytes  = 64 // of SHA-256
	headerBytes = 13 // of IHDR
	chunkHead   = 8  // a chunk's length and type
)

// chunkBytes returns the length of a chunk of n bytes of data.
func chunkBytes(n int) int { return chunkHead + n + 4 }
