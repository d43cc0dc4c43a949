package model

import (
	mathbits "math/bits"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/selector"
	"github.com/genproof/genproof/circuits/statement"
)

// state0 is the four bits of the first layer's state.
var state0 = []frontend.Variable{0, 0, 0, 0}

// unpackTotals returns the four numbers below 2^33 with packed = Σ total_k·2^33k.
//
// 132 constraints. 132 bits are fewer than the field's, so the numbers are unique, as those
// of unpackSums and unpackRows are, of 240 and of 248 bits.
func unpackTotals(api frontend.API, packed frontend.Variable) []frontend.Variable {
	return unpack(api, packed, nbQuarters, totalBits)
}

// unpackSums returns the eight numbers below 2^30 with packed = Σ sum_j·2^30j. 240 constraints.
func unpackSums(api frontend.API, packed frontend.Variable) []frontend.Variable {
	return unpack(api, packed, nbGroups, sumBits)
}

func unpack(api frontend.API, packed frontend.Variable, n, width int) []frontend.Variable {
	b := bits.Decompose(api, packed, n*width)
	numbers := make([]frontend.Variable, n)
	for i := range numbers {
		numbers[i] = bits.Number(api, b[i*width:(i+1)*width])
	}
	return numbers
}

// unpackRows returns the eight pairs of a weight below 2^27 and a next state below 2^4
// with packed = Σ (weight_i + 2^27·next_i)·2^31i. 248 constraints.
func unpackRows(api frontend.API, packed frontend.Variable) (weights, nexts []frontend.Variable) {
	b := bits.Decompose(api, packed, groupSize*rowBits)
	for i := range groupSize {
		row := b[i*rowBits : (i+1)*rowBits]
		weights = append(weights, bits.Number(api, row[:weightBits]))
		nexts = append(nexts, bits.Number(api, row[weightBits:]))
	}
	return weights, nexts
}

// starts returns the sums of the numbers before each of v, and total that of all.
func starts(api frontend.API, v []frontend.Variable) (before []frontend.Variable, total frontend.Variable) {
	total = 0
	for i := range v {
		before = append(before, total)
		total = api.Add(total, v[i])
	}
	return before, total
}

// orderBits is the number of bits that name a layer of this size.
func orderBits(size statement.Size) int { return max(1, mathbits.Len(uint(size.Layers-1))) }

// inOrder returns the drawn values by trait: trait i has the one of layer order_i.
//
//	packed = Σ order_i·2^ni,  order_i < 2^n       at most 100 bits, so the split is unique
//	value_i = drawn_order_i, 0 behind the last
//
// What a prover committed to need not be a permutation: whatever it is, it fixes the values.
//
// 15, 80 and 520 constraints in the three sizes.
func inOrder(api frontend.API, size statement.Size, packed frontend.Variable, drawn []frontend.Variable) []frontend.Variable {
	if len(drawn) == 0 {
		return nil
	}
	n := orderBits(size)
	b := bits.Decompose(api, packed, n*len(drawn))
	from := make([]frontend.Variable, 1<<n)
	for i := range from {
		from[i] = 0
	}
	copy(from, drawn)
	values := make([]frontend.Variable, len(drawn))
	for i := range values {
		values[i] = selector.Choose(api, from, b[i*n:(i+1)*n])
	}
	return values
}
