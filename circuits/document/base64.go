//go:build !js

package document

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

// base64Var returns the 43 characters of base64url, without padding, of the 32 big-endian
// bytes of x (RFC 4648 §5). 10 constraints a character, and 353 for the canonical bits of
// x: another representation of x would be another document.
func base64Var(api frontend.API, x frontend.Variable) []frontend.Variable {
	canonical := bits.Canonical(api, x)
	// From the top: two zero bits, the 254 bits, two zero bits of base64's own.
	at := func(i int) frontend.Variable {
		if i < 2 || i >= 2+bits.Length {
			return 0
		}
		return canonical[bits.Length-1-(i-2)]
	}
	characters := make([]frontend.Variable, rootChars)
	for k := range characters {
		var b [6]frontend.Variable
		for j := range b {
			b[j] = at(6*k + 5 - j)
		}
		characters[k] = characterVar(api, b)
	}
	return characters
}

// characterVar returns the ASCII code of base64url's character for six bits n, the least
// significant first.
//
//	n + 65 + 6·[n≥26] − 75·[n≥52] − 13·[n≥62] + 49·[n=63]
//
// gives A..Z, a..z, 0..9, - and _. 26 = 011010, 52 = 110100, 62 = 111110 in binary.
func characterVar(api frontend.API, b [6]frontend.Variable) frontend.Variable {
	n := api.Add(b[0], api.Mul(2, b[1]), api.Mul(4, b[2]), api.Mul(8, b[3]), api.Mul(16, b[4]), api.Mul(32, b[5]))
	top := api.Mul(b[5], b[4])
	both := api.Mul(b[3], b[2])
	from52 := api.Mul(top, api.Sub(api.Add(b[3], b[2]), both))
	from62 := api.Mul(top, api.Mul(both, b[1]))
	is63 := api.Mul(from62, b[0])
	either := api.Sub(api.Add(b[2], b[1]), api.Mul(b[2], b[1]))
	low26 := api.Mul(api.Mul(b[4], b[3]), either)
	from26 := api.Sub(api.Add(b[5], low26), api.Mul(b[5], low26))
	return api.Add(n, 65, api.Mul(6, from26), api.Mul(-75, from52), api.Mul(-13, from62), api.Mul(49, is63))
}
