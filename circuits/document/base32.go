//go:build !js

package document

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

// digestVar returns what a shown digest adds to a block's chunks: the 52 characters of base32 (RFC 4648
// §6, lower case) of two zero bits, the 256 bits and two zero bits, less spaces. So there is one
// CID of a digest. It sets v.digest and v.limbs.
//
//	digest = flag·present
//	high, low < 2^128
//	limbs = digest·(high, low),  added = digest·(characters − spaces)
//
// 414 constraints.
func (v *valueVar) digestVar(api frontend.API) [3]frontend.Variable {
	v.digest = api.Mul(v.block.Digest, v.present)
	low, high := bits.Decompose(api, v.shown.Low, 128), bits.Decompose(api, v.shown.High, 128)
	v.limbs[0], v.limbs[1] = api.Mul(v.shown.High, v.digest), api.Mul(v.shown.Low, v.digest)
	// From the lowest: two zero bits, the 256 bits, two zero bits.
	all := append([]frontend.Variable{0, 0}, append(low, append(high, 0, 0)...)...)
	adds := [3]frontend.Variable{0, 0, 0}
	for i := range cidTail {
		b := all[5*(cidTail-1-i):]
		character := base32Var(api, [5]frontend.Variable(b[:5]))
		chunk, weight := weightOf(cidStart + i)
		adds[chunk] = api.Add(adds[chunk], api.Mul(api.Sub(character, spaceByte), weight))
	}
	for i := range adds {
		adds[i] = api.Mul(adds[i], v.digest)
	}
	return adds
}

// base32Var returns the ASCII code of base32's character for five bits n, the least significant first.
//
//	n + 97 − 73·[n ≥ 26]        a..z, 2..7;  26 = 11010 in binary
//
// 3 constraints, fewer where bits are constant.
func base32Var(api frontend.API, b [5]frontend.Variable) frontend.Variable {
	n := api.Add(b[0], api.Mul(2, b[1]), api.Mul(4, b[2]), api.Mul(8, b[3]), api.Mul(16, b[4]))
	either := api.Sub(api.Add(b[2], b[1]), api.Mul(b[2], b[1]))
	from26 := api.Mul(api.Mul(b[4], b[3]), either)
	return api.Sub(api.Add(n, 'a'), api.Mul(73, from26))
}
