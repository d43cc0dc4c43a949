//go:build !js

package sha256

import (
	"fmt"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/uints"

	"github.com/genproof/genproof/circuits/bits"
)

// A byteVar is eight boolean wires or constants, least significant first.
type byteVar [8]frontend.Variable

func constantByte(x byte) (b byteVar) {
	for i := range b {
		b[i] = x >> i & 1
	}
	return b
}

// splitByte returns the bits of x and constrains x < 256. 8 constraints; none for a
// constant. It panics if a constant is not a byte.
func splitByte(api frontend.API, x frontend.Variable) byteVar {
	if c, ok := api.Compiler().ConstantValue(x); ok {
		if c.BitLen() > 8 {
			panic(fmt.Sprintf("sha256: a constant of %d bits is not a byte", c.BitLen()))
		}
		return constantByte(byte(c.Uint64()))
	}
	return byteVar(bits.Decompose(api, x, 8))
}

// blocksOf groups whole blocks of bytes into big-endian words.
func blocksOf(bytes []byteVar) [][16]WordVar {
	blocks := make([][16]WordVar, len(bytes)/blockBytes)
	for i, b := range bytes[:len(blocks)*blockBytes] {
		word := &blocks[i/blockBytes][i%blockBytes/4]
		copy(word[8*(3-i%4):], b[:])
	}
	return blocks
}

// bytesOf returns the bytes of big-endian words, linear forms. No constraint.
func bytesOf(api frontend.API, words [8]WordVar) []uints.U8 {
	out := make([]uints.U8, 0, digestBytes)
	for _, w := range words {
		for i := 3; i >= 0; i-- {
			out = append(out, uints.U8{Val: weigh(api, w[8*i:8*i+8])})
		}
	}
	return out
}
