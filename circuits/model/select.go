package model

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/rank1"
)

// An eight is one variable for each state of a layer, group of a table or row of a group.
type eight = [8]frontend.Variable

// state0 is the three bits of the first layer's state.
var state0 = []frontend.Variable{0, 0, 0}

// selected returns v[index] for an index of three bits, which must be boolean: then it is
// some entry of v, and there is no selector that could choose none or two.
//
// 7 constraints.
func selected(api frontend.API, index []frontend.Variable, v eight) frontend.Variable {
	low, high := halves(api, index, v)
	return choose(api, index[2], high, low)
}

// assertSelected constrains v[index] = want, index as for [selected].
//
// 7 constraints, 1 if the index is constant.
func assertSelected(api frontend.API, index []frontend.Variable, v eight, want frontend.Variable) {
	low, high := halves(api, index, v)
	rank1.AssertProduct(api, api.Sub(high, low), index[2], api.Sub(want, low))
}

// halves returns what the low two bits of index select from each half of v.
func halves(api frontend.API, index []frontend.Variable, v eight) (low, high frontend.Variable) {
	var pairs [4]frontend.Variable
	for i := range pairs {
		pairs[i] = choose(api, index[0], v[2*i+1], v[2*i])
	}
	return choose(api, index[1], pairs[1], pairs[0]), choose(api, index[1], pairs[3], pairs[2])
}

// choose returns one if bit is 1, zero if it is 0.
func choose(api frontend.API, bit, one, zero frontend.Variable) frontend.Variable {
	return api.Add(zero, api.Mul(api.Sub(one, zero), bit))
}

// unpackSums returns the eight numbers below 2^31 with packed = Σ sum_j·2^31j.
//
// 248 constraints. 248 bits are fewer than the field's, so the numbers are unique.
func unpackSums(api frontend.API, packed frontend.Variable) (sums eight) {
	b := bits.Decompose(api, packed, len(sums)*sumBits)
	for i := range sums {
		sums[i] = bits.Number(api, b[i*sumBits:(i+1)*sumBits])
	}
	return sums
}

// unpackRows returns the eight pairs of a weight below 2^28 and a next state below 2^3
// with packed = Σ (weight_i + 2^28·next_i)·2^31i. 248 constraints, unique as well.
func unpackRows(api frontend.API, packed frontend.Variable) (weights, nexts eight) {
	b := bits.Decompose(api, packed, len(weights)*rowBits)
	for i := range weights {
		row := b[i*rowBits : (i+1)*rowBits]
		weights[i] = bits.Number(api, row[:weightBits])
		nexts[i] = bits.Number(api, row[weightBits:])
	}
	return weights, nexts
}

// starts returns the sums of the numbers before each of v, and total that of all.
func starts(api frontend.API, v eight) (before eight, total frontend.Variable) {
	total = 0
	for i := range v {
		before[i] = total
		total = api.Add(total, v[i])
	}
	return before, total
}
