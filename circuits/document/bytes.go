//go:build !js

package document

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/bits"

	"github.com/genproof/genproof/circuits/sha256"
)

// A byteVar is eight boolean wires or constants, least significant first.
type byteVar [8]frontend.Variable

// value returns the byte as a linear form.
func (b byteVar) value(api frontend.API) frontend.Variable {
	var v frontend.Variable = 0
	for i := range b {
		v = api.Add(v, api.Mul(1<<i, b[i]))
	}
	return v
}

// constantBytes returns the bytes of s.
func constantBytes(s string) []byteVar {
	out := make([]byteVar, len(s))
	for i := range out {
		for j := range out[i] {
			out[i][j] = s[i] >> j & 1
		}
	}
	return out
}

// bytesOf returns the n bytes of x, the first the most significant, and constrains
// x < 2^(8n). 8n + 1 constraints.
//
// Package bits would save the one: its last bit is a linear form of all others. But every
// bit goes into many rows of SHA-256, and such a form would be copied into each of them.
func bytesOf(api frontend.API, x frontend.Variable, n int) []byteVar {
	wires := bits.ToBinary(api, x, bits.WithNbDigits(8*n))
	out := make([]byteVar, n)
	for i := range out {
		copy(out[i][:], wires[8*(n-1-i):])
	}
	return out
}

// wordsOf groups bytes into big-endian words.
func wordsOf(bytes []byteVar) []sha256.WordVar {
	words := make([]sha256.WordVar, len(bytes)/4)
	for i, b := range bytes {
		copy(words[i/4][8*(3-i%4):], b[:])
	}
	return words
}

// assertBytes returns a block's bytes, which are the base-256 digits of its chunks: of 2, 31 and
// 31 bytes, each below 2^248. 515 constraints.
func assertBytes(api frontend.API, chunks [3]frontend.Variable) []byteVar {
	var out []byteVar
	for i, n := range []int{frontEnd, middleEnd - frontEnd, blockBytes - middleEnd} {
		out = append(out, bytesOf(api, chunks[i], n)...)
	}
	return out
}

// weightOf returns 256^n such that byte i of a block is byte · 256^n of its chunk.
func weightOf(i int) (chunk int, weight frontend.Variable) {
	for chunk, end := range []int{frontEnd, middleEnd, blockBytes} {
		if i < end {
			return chunk, power256(end - 1 - i)
		}
	}
	panic("document: no such byte of a block")
}
