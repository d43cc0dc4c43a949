// Package selector chooses one of 2^n forms by n bits.
//
//	choice(f_0, …, f_m, b_0, …, b_n-1) = f_i     i = Σ b_k·2^k,  m = 2^n − 1
//
// A tree of pairs, the lowest bit first: even + (odd − even)·b for each pair. With boolean
// bits it is some f_i, so there is no selector vector of which one would have to show that
// it chooses one and not none or two. The bits must be boolean; no function here
// constrains them, and for others the result is a mixture that nobody should rely on.
//
// The bit is the right-hand factor of every product, where values as wide as the field
// cost a Groth16 prover most.
package selector

import (
	"fmt"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

// Choose returns from[index], the index as bits, least significant first; native mirror:
// from[i]. It panics unless len(from) is 2^len(index).
//
// 2^n − 1 constraints.
func Choose(api frontend.API, from, index []frontend.Variable) frontend.Variable {
	mustFit(from, index)
	for _, bit := range index {
		from = narrow(api, from, bit)
	}
	return from[0]
}

// AssertChoice constrains from[index] = want, index as for [Choose], of one bit or more.
//
// 2^n − 1 constraints, 1 if the index is constant.
func AssertChoice(api frontend.API, from, index []frontend.Variable, want frontend.Variable) {
	mustFit(from, index)
	last := len(index) - 1
	for _, bit := range index[:last] {
		from = narrow(api, from, bit)
	}
	rank1.AssertProduct(api, api.Sub(from[1], from[0]), index[last], api.Sub(want, from[0]))
}

// narrow returns one of each pair, the odd one if bit is 1.
func narrow(api frontend.API, from []frontend.Variable, bit frontend.Variable) []frontend.Variable {
	next := make([]frontend.Variable, len(from)/2)
	for i := range next {
		even, odd := from[2*i], from[2*i+1]
		next[i] = api.Add(even, api.Mul(api.Sub(odd, even), bit))
	}
	return next
}

func mustFit(from, index []frontend.Variable) {
	if len(from) != 1<<len(index) {
		panic(fmt.Sprintf("selector: %d forms for an index of %d bits", len(from), len(index)))
	}
}
