//go:build !js

package sha256

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

// Two rounds travel in one number: round t plus λ times round t+1.
const (
	lambdaBits = 44
	lambda     = 1 << lambdaBits
)

// assertPackedCh constrains z = Ch(e,f,g) + λ·Ch(u,e,f) for booleans, u being the next
// round's e.
//
//	Ch(e,f,g) = g + e(f−g),  Ch(u,e,f) = f + u(e−f), and squares of bits are linear, so
//	(−2e + f + g + λu)(g − f − λu) = 2e(f−g) + 2λu(e−f) + g − f − λ²u
//
// One constraint; z is determined, being linear in it.
func assertPackedCh(api frontend.API, z, e, f, g, u frontend.Variable) {
	lu := api.Mul(uint64(lambda), u)
	left := api.Add(api.Mul(-2, e), f, g, lu)
	right := api.Sub(g, f, lu)
	out := api.Sub(api.Mul(2, z), g, f, api.Mul(uint64(2*lambda), f), api.Mul(uint64(lambda), lu))
	rank1.AssertProduct(api, left, right, out)
}

// assertPackedMaj constrains z ∈ {z₁, z₂} for booleans, u being the next round's a, with
// Ω = λ² and
//
//	z₁ = (1+λ)a + Ω(a−b)           which is Maj(a,b,c) + λ·Maj(u,a,b) if a = b,
//	z₂ = c + λu + Ω(1−a−b)         which is it if a ≠ b.
//
// The other root is Ω away from [0, 1+λ]: an addition that sums lanes z_i·2^i, each
// either right or Ω away, with terms below Ω in total only holds if all are right,
// because Σ ±2^i over any non-empty set of lanes is not 0. [assertPair] is that
// addition. One constraint.
func assertPackedMaj(api frontend.API, z, a, b, c, u frontend.Variable) {
	lu := api.Mul(uint64(lambda), u)
	omega := api.Mul(uint64(lambda), uint64(lambda))
	first := api.Add(api.Mul(uint64(1+lambda), a), api.Mul(omega, api.Sub(a, b)))
	second := api.Add(c, lu, api.Mul(omega, api.Sub(1, a, b)))
	rank1.AssertProduct(api, api.Sub(z, first), api.Sub(z, second), 0)
}

// A split is an integer written in bits: the low 32 are a word, the rest a carry. A half
// split lacks the lowest carry bit, which an addition's own equation stands for.
type split struct {
	word  WordVar
	carry []frontend.Variable // without the lowest bit if half
	half  bool
}

// newSplit makes boolean wires of the hint's output.
func newSplit(api frontend.API, wires []frontend.Variable, half bool) split {
	for _, b := range wires {
		api.AssertIsBoolean(b)
	}
	return split{WordVar(wires[:32]), wires[32:], half}
}

// integer returns word + 2^32 · carry.
func (s split) integer(api frontend.API) frontend.Variable {
	first := 32
	if s.half {
		first = 33
	}
	total := weigh(api, s.word[:])
	for i, b := range s.carry {
		total = api.Add(total, api.Mul(uint64(1)<<(first+i), b))
	}
	return total
}

// assertPair constrains two additions mod 2^32 at once,
//
//	x + p = low  and  y + q = high, where packed = p + λq is known only as a whole,
//
// x, y including the bounds of p, q in theirs. Low is half: its lowest carry bit is
// (x + λy + packed − low − λ·high) / 2^32, a linear form, and that it is a bit is the
// whole check. Each addition's two sides are below 2^(maxLooseBits+1) and λ is larger,
// so neither can borrow from the other. One constraint.
func assertPair(api frontend.API, x, y loose, packed frontend.Variable, low, high split) {
	if !low.half || high.half {
		panic("sha256: the low split of a pair is half, the high one whole")
	}
	first := api.Sub(x.v, low.integer(api))
	second := api.Sub(y.v, high.integer(api))
	assertCarry(api, api.Add(first, packed, api.Mul(uint64(lambda), second)))
}

// assertSum constrains x = s, s being half. One constraint.
func assertSum(api frontend.API, x loose, s split) {
	if !s.half {
		panic("sha256: the split of a sum is half")
	}
	assertCarry(api, api.Sub(x.v, s.integer(api)))
}

// assertCarry constrains rest to be 0 or 2^32.
func assertCarry(api frontend.API, rest frontend.Variable) {
	rank1.AssertProduct(api, rest, api.Sub(rest, uint64(1)<<32), 0)
}
