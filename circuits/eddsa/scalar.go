//go:build !js

package eddsa

import "math/big"

// A challenge h is read as
//
//	h = t + (1−low)·(l − 2^250) + j·l     0 ≤ t < 2^250, low ∈ {0, 1}, 0 ≤ j < 8
//
// in which t + (1−low)·(l − 2^250) covers 0..l−1 and the whole 0..8l−1. 8l is r + 6.6e37, so
// below 8l − 2^126 the integer h is the only one that is h modulo r, and no range check is
// needed beside the digits. It has two readings where h mod l is from l − 2^250 to 2^250 − 1, a
// third of all, with low 1 and 0; their N differ by 2·l. [read] takes the low one. On points the
// l vanish, and what is left is
//
//	h·A = (N − 1)·(A/2)    N = 2t + 1 + 2^250·(2·low − 2) = Σ s_i·2^i, i = 0..250, s_i = ±1
//
// with s_250 = 2·low − 1 and s_i = 2·t_i − 1 for the bits t_i of t. N is odd, |N| < 2^251
// and N = ±l, the one case a ladder over affine points has no room for, is h = (l−1)/2
// modulo l.
const (
	nbBits   = 250 // of t
	splitBit = 126 // h < 8l − 2^splitBit is usable
	maxJ     = 7
)

// reading is how the circuit sees a challenge.
type reading struct {
	t   *big.Int
	low uint
	j   uint64
}

// read returns the reading of h in [0, 8l).
func read(h *big.Int) reading {
	j, t := new(big.Int).QuoRem(h, order(), new(big.Int))
	if t.BitLen() <= nbBits {
		return reading{t, 1, j.Uint64()}
	}
	return reading{t.Sub(t, high()), 0, j.Uint64()}
}

// high returns l − 2^250, the offset of a reading that is not low.
func high() *big.Int { return new(big.Int).Sub(order(), pow2(nbBits)) }

// usable reports whether a circuit can use the challenge h.
func usable(h *big.Int) bool {
	limit := new(big.Int).Lsh(order(), 3)
	limit.Sub(limit, pow2(splitBit))
	half := new(big.Int).Rsh(order(), 1)
	return h.Cmp(limit) < 0 && new(big.Int).Mod(h, order()).Cmp(half) != 0
}
