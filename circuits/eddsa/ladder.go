//go:build !js

package eddsa

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/internal/hint"
	"github.com/genproof/genproof/circuits/rank1"
)

func init() { hint.Register("claim.ladderHint", ladderHint) } // it lived in claim first

// multiply returns N·H for the N of h's reading, H = A/2; 1,512 constraints. The integer
// read is constrained to be h below r; it may have two readings, of one N modulo l (scalar.go).
//
// From P = s_250·H the ladder goes through P ← 2P + s_i·H_i for i = 249..0, where H_i is
// H for even i and H + (0,0) for odd i. Doubling removes the point of order 2 and the
// next digit brings it back, so P and H_i never differ by a multiple of H: P = ±H_i cannot
// be, whatever the digits, and (P + H_i) + P needs no case either: P + H_i = P would make
// H_i the identity, and P + H_i = −P, possible only at i = 0 for N = ±l, divides by zero
// what is not zero. A wrong slope has no room, and that one N no proof.
func multiply(api frontend.API, h frontend.Variable, half halfVar) (pointMVar, error) {
	out, err := api.Compiler().NewHint(ladderHint, ladderHead+ladderStep*nbBits, h,
		half.point.u, half.point.v, half.moved.u, half.moved.v)
	if err != nil {
		return pointMVar{}, err
	}
	low := out[0]
	for _, bit := range out[:ladderHead] {
		api.AssertIsBoolean(bit)
	}
	j := api.Add(out[1], api.Mul(2, out[2]), api.Mul(4, out[3]))

	p := pointMVar{half.point.u, api.Mul(half.point.v, api.Sub(api.Mul(2, low), 1))}
	squares := [2]frontend.Variable{
		api.Mul(half.point.v, half.point.v),
		api.Mul(half.moved.v, half.moved.v),
	}
	digits := make([]frontend.Variable, nbBits)
	for i, rest := nbBits-1, out[ladderHead:]; i >= 0; i, rest = i-1, rest[ladderStep:] {
		q := pointMVar{half.at(i).u, rest[0]}
		rank1.AssertProduct(api, q.v, q.v, squares[i%2])
		p = p.assertStep(api, q, rest[1:ladderStep])
		digits[i] = q.v
	}
	assertReading(api, h, half, digits, low, j)
	return p, nil
}

// at returns the point that digit i adds or subtracts.
func (h halfVar) at(i int) pointMVar {
	if i%2 == 0 {
		return h.point
	}
	return h.moved
}

// assertStep constrains the wires to be λ, u_R, μ, u', v' of 2p + q = (p + q) + p and
// returns (u', v'); 5 constraints. R = p + q needs no v: it is gone from the second slope.
//
//	λ·(u_q − u) = v_q − v    λ² = A + u + u_q + u_R
//	(λ + μ)·(u − u_R) = 2v   μ² = A + u + u_R + u'    μ·(u − u') = v + v'
func (p pointMVar) assertStep(api frontend.API, q pointMVar, wires []frontend.Variable) pointMVar {
	lambda, uR, mu, next := wires[0], wires[1], wires[2], pointMVar{wires[3], wires[4]}
	rank1.AssertProduct(api, lambda, api.Sub(q.u, p.u), api.Sub(q.v, p.v))
	rank1.AssertProduct(api, lambda, lambda, api.Add(montgomeryA, p.u, q.u, uR))
	rank1.AssertProduct(api, api.Add(lambda, mu), api.Sub(p.u, uR), api.Mul(2, p.v))
	rank1.AssertProduct(api, mu, mu, api.Add(montgomeryA, p.u, uR, next.u))
	rank1.AssertProduct(api, mu, api.Sub(p.u, next.u), api.Add(p.v, next.v))
	return next
}

// assertReading constrains the digits to be h's; 5 constraints. A digit is ±v, with v that
// of H or H + (0,0), so a sum of digits over v is an integer, and four such sums, of the
// even and odd digits below and from splitBit, give t's low and high part:
//
//	2·t_lo = lo_even + lo_odd + 2^126 − 1    2·t_hi = hi_even + hi_odd + 2^124 − 1
//	h = t_lo + 2^126·t_hi + (1−low)·(l − 2^250) + j·l
//	(2^124 − 1 − t_hi) + 2^124·low + 2^125·(7 − j) ≠ 0, that is h < 8l − 2^126
//
// The first equation of the last pair is not a row: it gives lo_odd, and the row of that
// sum holds it. splitBit is even, so a parity of i means the same on both sides of it.
func assertReading(api frontend.API, h frontend.Variable, half halfVar, digits []frontend.Variable, low, j frontend.Variable) {
	const nbHigh = nbBits - splitBit
	loEven := api.DivUnchecked(bits.Weigh(api, digits[:splitBit], 0, 2), half.point.v)
	hiEven := api.DivUnchecked(bits.Weigh(api, digits[splitBit:], 0, 2), half.point.v)
	hiOdd := api.DivUnchecked(bits.Weigh(api, digits[splitBit:], 1, 2), half.moved.v)

	twiceHigh := api.Add(hiEven, hiOdd, below(nbHigh))
	twiceLow := api.Sub(
		api.Mul(2, h),
		api.Mul(pow2(splitBit), twiceHigh),
		api.Mul(api.Sub(1, low), new(big.Int).Lsh(high(), 1)),
		api.Mul(j, new(big.Int).Lsh(order(), 1)),
	)
	loOdd := api.Sub(twiceLow, below(splitBit), loEven)
	rank1.AssertProduct(api, loOdd, half.moved.v, bits.Weigh(api, digits[:splitBit], 1, 2))

	slack := api.Sub(2*maxJ, api.Mul(2, j))
	slack = api.Add(api.Mul(slack, pow2(nbHigh+1)), api.Mul(low, pow2(nbHigh+1)))
	slack = api.Add(slack, new(big.Int).Lsh(below(nbHigh), 1))
	api.AssertIsDifferent(api.Sub(slack, twiceHigh), 0)
}

// below returns 2^n − 1.
func below(n int) *big.Int {
	x := pow2(n)
	return x.Sub(x, big.NewInt(1))
}

// The outputs of ladderHint: low and the bits of j, then for i = 249..0 the digit and the
// wires of its step.
const (
	ladderHead = 4
	ladderStep = 6
)

// ladderHint takes h, H and H + (0,0).
func ladderHint(_ *big.Int, in, out []*big.Int) error {
	var points [2]pointM
	for i := range points {
		points[i].u.SetBigInt(in[1+2*i])
		points[i].v.SetBigInt(in[2+2*i])
	}
	rd := read(in[0])
	out[0].SetUint64(uint64(rd.low))
	for i := range 3 {
		out[1+i].SetUint64(rd.j >> i & 1)
	}
	p := signed(points[0], rd.low)
	for i, rest := nbBits-1, out[ladderHead:]; i >= 0; i, rest = i-1, rest[ladderStep:] {
		q := signed(points[i%2], rd.t.Bit(i))
		q.v.BigInt(rest[0])
		p = p.step(&q, rest[1:ladderStep])
	}
	return nil
}

// signed returns p if bit is 1, −p otherwise.
func signed(p pointM, bit uint) pointM {
	if bit == 0 {
		p.v.Neg(&p.v)
	}
	return p
}

// step returns 2p + q and writes the wires of assertStep.
func (p *pointM) step(q *pointM, wires []*big.Int) pointM {
	lambda := p.chord(q)
	uR := p.third(q, lambda)
	var mu fr.Element
	mu.Sub(&p.u, &uR).Div(new(fr.Element).Double(&p.v), &mu).Sub(&mu, &lambda)
	next := p.follow(p.third(&pointM{u: uR}, mu), mu)
	for i, e := range []fr.Element{lambda, uR, mu, next.u, next.v} {
		e.BigInt(wires[i])
	}
	return next
}
