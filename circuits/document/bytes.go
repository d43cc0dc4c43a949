//go:build !js

package document

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/bits"

	"github.com/genproof/genproof/circuits/sha256"
)

// A byteVar is eight boolean wires, least significant first.
type byteVar [8]frontend.Variable

// value returns the byte as a linear form.
func (b byteVar) value(api frontend.API) frontend.Variable {
	var v frontend.Variable = 0
	for i := range b {
		v = api.Add(v, api.Mul(1<<i, b[i]))
	}
	return v
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

// assertBody returns the body's bytes, which are the template's plus the additions.
//
//	Σ byte_i·256^(n-1-i) = chunk + Σ addition_i·256^(n-1-i)      for each chunk of n ≤ 31
//
// The left side is below 2^248, so the bytes are the base-256 digits of the right side.
// 8 constraints a byte and one a chunk.
func assertBody(api frontend.API, chunks, additions []frontend.Variable) []byteVar {
	var out []byteVar
	for k, chunk := range chunks {
		part := additions[k*chunkBytes : min((k+1)*chunkBytes, len(additions))]
		out = append(out, bytesOf(api, api.Add(chunk, packed(api, part)), len(part))...)
	}
	return out
}

// packed returns Σ additions_i·256^(n-1-i), skipping nils.
func packed(api frontend.API, additions []frontend.Variable) frontend.Variable {
	var total frontend.Variable = 0
	for _, a := range additions {
		total = api.Mul(256, total)
		if a != nil {
			total = api.Add(total, a)
		}
	}
	return total
}
