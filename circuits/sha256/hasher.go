//go:build !js

package sha256

import (
	"fmt"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/hash"
	"github.com/consensys/gnark/std/math/uints"
)

// A Hasher is SHA-256 of bytes, padding included. It has the methods of gnark's std
// hashers and takes their place: bytes in, 32 bytes out, most significant first as
// crypto/sha256 returns them.
//
// The interface leaves no place for errors, so misuse panics: a byte without a value, a
// constant that is not a byte. gnark turns a panic of Define into an error of Compile.
type Hasher struct {
	api           frontend.API
	in            []uints.U8
	minimalLength int
}

var _ hash.BinaryFixedLengthHasher = (*Hasher)(nil)

// New returns a hasher of the empty message. It is an error if the field has fewer than
// 2^120 elements, or if an option is wrong. gnark's hash.WithMinimalLength makes
// [Hasher.FixedLengthSum] cheaper.
func New(api frontend.API, options ...hash.Option) (*Hasher, error) {
	var config hash.HasherConfig
	for _, option := range options {
		if err := option(&config); err != nil {
			return nil, fmt.Errorf("sha256: applying an option: %w", err)
		}
	}
	if config.MinimalLength < 0 {
		return nil, fmt.Errorf("sha256: got a minimal length of %d bytes, want at least 0", config.MinimalLength)
	}
	if err := checkField(api, roundsBits); err != nil {
		return nil, err
	}
	return &Hasher{api: api, minimalLength: config.MinimalLength}, nil
}

// Write appends bytes to the message. No constraint: sums constrain what they read.
func (h *Hasher) Write(data []uints.U8) {
	for _, x := range data {
		if x.Val == nil {
			panic(fmt.Sprintf("sha256: byte %d of the message has no value", len(h.in)))
		}
		h.in = append(h.in, x)
	}
}

// Reset empties the message.
func (h *Hasher) Reset() { h.in = nil }

// Size returns 32, the bytes of a digest.
func (h *Hasher) Size() int { return digestBytes }

// BlockSize returns 64, the bytes of a block.
func (h *Hasher) BlockSize() int { return blockBytes }

// Sum returns the digest of all bytes written, and constrains each of them to be below
// 256: nobody else has to, and a byte that is not has no proof. The message stays, so
// more can be written.
//
// 8 constraints a byte, 14,956 for the first block less what constants save, and 66 for
// the digest. No lookup, no Groth16 commitment. A byte of the digest is a linear form of
// bits, below 256 by construction, but gnark's uints cannot know and check it again.
func (h *Hasher) Sum() []uints.U8 {
	message := make([]byteVar, len(h.in), len(h.in)+2*blockBytes)
	for i, x := range h.in {
		message[i] = splitByte(h.api, x.Val)
	}
	for _, x := range padding(len(h.in)) {
		message = append(message, constantByte(x))
	}
	states := h.states(message)
	return h.digest(states[len(states)-1].Words(h.api))
}

// states returns the state after each block of a padded message.
func (h *Hasher) states(padded []byteVar) []StateVar {
	var states []StateVar
	state, err := IVVar(h.api), error(nil)
	for _, block := range blocksOf(padded) {
		if state, err = CompressVar(h.api, state, block); err != nil {
			panic(err)
		}
		states = append(states, state)
	}
	return states
}

func (h *Hasher) digest(words [8]WordVar, err error) []uints.U8 {
	if err != nil {
		panic(err)
	}
	return bytesOf(h.api, words)
}
