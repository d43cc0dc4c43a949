//go:build !js

package sha256

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

// assertXor3 constrains x = a ⊕ b ⊕ c for boolean a, b, c; x is then boolean.
//
//	t = a+b+c:   (2x − t + 2)(2t − 3) = 3t − 6
//
// 2t − 3 is odd, so it is never 0 and x is determined. One constraint. PLONK pays for each
// term of a form, and has two gates p ⊕ q = p + q − 2pq instead.
func assertXor3(api frontend.API, x, a, b, c frontend.Variable) {
	if plonk, ok := rank1.Plonk(api); ok {
		plonk.AddPlonkConstraint(plonkXor(plonk, a, b), c, x, 1, 1, -1, -2, 0)
		return
	}
	t := api.Add(a, b, c)
	left := api.Add(api.Sub(api.Mul(2, x), t), 2)
	right := api.Sub(api.Mul(2, t), 3)
	rank1.AssertProduct(api, left, right, api.Sub(api.Mul(3, t), 6))
}

// assertXor2 constrains x = (a ⊕ b) + k²·(c ⊕ d) for booleans.
//
//	a ⊕ b = (a−b)²,  c ⊕ d = 1 − (c+d−1)²
//	x − k² = (a−b − k(c+d−1)) · (a−b + k(c+d−1))
//
// One constraint for both. In PLONK three gates: each XOR, and their sum.
func assertXor2(api frontend.API, x, a, b frontend.Variable, k uint64, c, d frontend.Variable) {
	if plonk, ok := rank1.Plonk(api); ok {
		plonk.AddPlonkConstraint(plonkXor(plonk, a, b), plonkXor(plonk, c, d), x, 1, int(k*k), -1, 0, 0)
		return
	}
	first := api.Sub(a, b)
	second := api.Mul(k, api.Sub(api.Add(c, d), 1))
	rank1.AssertProduct(api, api.Sub(first, second), api.Add(first, second), api.Sub(x, k*k))
}

// plonkXor returns a ⊕ b for booleans, one gate.
func plonkXor(api frontend.PlonkAPI, a, b frontend.Variable) frontend.Variable {
	return api.EvaluatePlonkExpression(a, b, 1, 1, -2, 0)
}

// bigSigmaVar returns Σ(w) as an integer mod 2^32. Bits below the top are XORed, one
// constraint each. With freeTop the top lane stays a sum of three bits, which has the
// right parity: no constraint, and the integer grows by at most 2^32.
func bigSigmaVar(api frontend.API, s sigma, w WordVar, freeTop bool) (loose, error) {
	lanes := 32
	if freeTop {
		lanes = 31
	}
	x, err := sigmaLanes(api, s, w, lanes)
	if err != nil {
		return loose{}, err
	}
	for i := range x {
		l := s.lanes(i)
		assertXor3(api, x[i], w[l[0]], w[l[1]], w[l[2]])
	}
	if !freeTop {
		return loose{weigh(api, x), 1<<32 - 1}, nil
	}
	l := s.lanes(31)
	x = append(x, api.Add(w[l[0]], w[l[1]], w[l[2]]))
	return loose{weigh(api, x), 1<<31 - 1 + 3<<31}, nil
}
