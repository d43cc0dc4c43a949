package model

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

// An eight is one variable for each state of a layer, group of a table or row of a group.
type eight = [8]frontend.Variable

// state0 is the three bits of the first layer's state.
var state0 = []frontend.Variable{0, 0, 0}

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
