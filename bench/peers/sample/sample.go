// Package sample holds the data that every peer proves something about. Nothing of it is
// secret: a benchmark's inputs are the same in every run.
package sample

import (
	"crypto/sha256"
	"encoding/binary"
)

const (
	// Blocks of SHA-256 that the document fills, padding included.
	Blocks = 12
	// MessageBytes is the length of the document: with 0x80 and the length it fills the blocks.
	MessageBytes = 64*Blocks - 9

	// Values are the numbers of the opening's leaf, each of 64 bits.
	Values = 32
	// Depth of the opening's binary tree.
	Depth = 16
	// Bound is above every value.
	Bound = 1 << 63
	// Index of the opened leaf.
	Index = 0xa5c3
)

// Message returns a document of n blocks.
func Message(blocks int) []byte {
	out := make([]byte, 64*blocks-9)
	for i := range out {
		out[i] = byte(stream(i / 32)[i%32])
	}
	return out
}

// Numbers returns the values, each below [Bound].
func Numbers() []uint64 {
	out := make([]uint64, Values)
	for i := range out {
		random := stream(1000 + i)
		out[i] = binary.BigEndian.Uint64(random[:]) % Bound
	}
	return out
}

// Siblings returns Depth numbers that stand for the hashes beside the path.
func Siblings() []uint64 {
	out := make([]uint64, Depth)
	for i := range out {
		out[i] = uint64(1_000_003 * (i + 1))
	}
	return out
}

// stream returns the i-th 32 pseudorandom bytes.
func stream(i int) [32]byte { return sha256.Sum256([]byte{byte(i >> 8), byte(i)}) }
