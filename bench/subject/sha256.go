package subject

import (
	"encoding/binary"
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/sha256"
)

const (
	stateBits = 256
	blockBits = 512
)

// A sha256Circuit compresses secret blocks, from a public state to a public one: SHA-256
// continued behind a prefix that everybody knows, as in a document.
type sha256Circuit struct {
	StartHigh, StartLow frontend.Variable            `gnark:",public"`
	High, Low           frontend.Variable            `gnark:",public"`
	Start               [stateBits]frontend.Variable // bits, the first the most significant
	Message             []frontend.Variable          // blocks of 512 bits
}

func newSHA256(blocks int) *sha256Circuit {
	return &sha256Circuit{Message: make([]frontend.Variable, blocks*blockBits)}
}

// Define has 512 rows a block for the message's bits, and 258 for those of the start.
func (c *sha256Circuit) Define(api frontend.API) error {
	for _, b := range append(c.Start[:], c.Message...) {
		api.AssertIsBoolean(b)
	}
	api.AssertIsEqual(c.StartHigh, number(api, c.Start[:128]))
	api.AssertIsEqual(c.StartLow, number(api, c.Start[128:]))
	state := sha256.NewState(api, [8]sha256.WordVar(wordsOf(c.Start[:])))
	for i := 0; i < len(c.Message); i += blockBits {
		var err error
		if state, err = sha256.CompressVar(api, state, [16]sha256.WordVar(wordsOf(c.Message[i:i+blockBits]))); err != nil {
			return err
		}
	}
	high, low, err := state.Digest(api)
	if err != nil {
		return err
	}
	api.AssertIsEqual(c.High, high)
	api.AssertIsEqual(c.Low, low)
	return nil
}

// wordsOf groups bits, the first the most significant, into words, whose first is the least.
func wordsOf(b []frontend.Variable) []sha256.WordVar {
	words := make([]sha256.WordVar, len(b)/32)
	for i := range b {
		words[i/32][31-i%32] = b[i]
	}
	return words
}

// number returns the integer of bits, the first the most significant.
func number(api frontend.API, b []frontend.Variable) frontend.Variable {
	reversed := make([]frontend.Variable, len(b))
	for i := range b {
		reversed[len(b)-1-i] = b[i]
	}
	return bits.Number(api, reversed)
}

func assignSHA256(blocks int) *sha256Circuit {
	c := newSHA256(blocks)
	var state sha256.State
	for i := range state {
		state[i] = uint32(0x9e3779b9 * (i + 1)) // any state will do
	}
	bit := func(word uint32, i int) frontend.Variable { return word >> (31 - i) & 1 }
	for i := range c.Start {
		c.Start[i] = bit(state[i/32], i%32)
	}
	c.StartHigh, c.StartLow = limbs(state)
	for n := range blocks {
		var block [64]byte
		for i := range block {
			block[i] = byte(n + 7*i)
		}
		for i := range blockBits {
			c.Message[n*blockBits+i] = block[i/8] >> (7 - i%8) & 1
		}
		state = sha256.Compress(state, &block)
	}
	c.High, c.Low = limbs(state)
	return c
}

func limbs(s sha256.State) (high, low *big.Int) {
	var b [32]byte
	for i, word := range s {
		binary.BigEndian.PutUint32(b[4*i:], word)
	}
	return new(big.Int).SetBytes(b[:16]), new(big.Int).SetBytes(b[16:])
}
