package model

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/selector"
)

// drawsVar returns n draws, each below 2^47; native mirror: draws. The split of an
// element is canonical, else an element would have two lists of draws.
func drawsVar(api frontend.API, n int, seed, beacon, id frontend.Variable) []frontend.Variable {
	if n == 0 {
		return nil
	}
	nbElements := (n + drawsPerElement - 1) / drawsPerElement
	out := make([]frontend.Variable, 0, nbElements*drawsPerElement)
	for _, e := range poseidon.SqueezeVar(api, poseidon.Draws, nbElements, seed, beacon, id) {
		b := bits.Canonical(api, e)
		for i := range drawsPerElement {
			out = append(out, bits.Number(api, b[i*drawBits:(i+1)*drawBits]))
		}
	}
	return out[:n]
}

// A drawnRow is the row a layer's draw falls on.
type drawnRow struct {
	value frontend.Variable
	next  func() frontend.Variable // below 2^3; paid for when called
}

// drawLayer returns the row of layer l that draw < 2^47 falls on in a state, given as 3
// bits. Besides the hash of the layer, which is the caller's, it constrains
//
//	table = Hash(table, groups, sums) = tables[state]
//	Hash(rows, values, rows) = groups[group]               group, row < 8
//	sums = Σ sum_j·2^31j,  sum_j < 2^31                    so total < 2^34
//	rows = Σ (weight_i + 2^28·next_i)·2^31i,  weight_i < 2^28,  next_i < 8
//	sum_group = Σ weight_i
//	u = Σ_{j<group} sum_j + Σ_{i<row} weight_i + offset    so u < 2^35
//	0 ≤ offset < 2^28,  0 ≤ weight_row - 1 - offset < 2^28
//	0 ≤ draw·total - u·2^47 < 2^47
//
// # Why one row at most has a proof, whatever the hashes hide
//
// The splits of sums and rows have 248 bits, less than the field, so they are unique, and
// every sum and weight is a non-negative integer. In the last line draw·total is below
// 2^81 and u·2^47 below 2^82: nothing wraps, the line holds over the integers, and
// u = ⌊draw·total / 2^47⌋. This u depends on the draw and the table alone.
//
// The half-open intervals of the groups, from Σ_{k<j} sum_k to Σ_{k≤j} sum_k, are
// disjoint because no sum is negative, and so are the intervals of the rows in a group.
// The interval of the row chosen contains u (third line from the end), and is part of its
// group's because the group's weights sum to what the table says; so u lies in the
// interval of the group chosen, and only one group's contains it. That group's hash fixes
// its weights, and only one row's interval contains u. Rows and groups of weight 0 have
// empty intervals: weight_row - 1 - offset would be negative. Groups that are not chosen
// need not be what they seem: their sums alone matter here. In a table of total 0, u is 0
// and no row is left.
//
// 1,573 constraints, 6 fewer in a constant state, 7 more for next.
func drawLayer(api frontend.API, l LayerVar, state []frontend.Variable, draw frontend.Variable) drawnRow {
	l.assertTable(api, state)
	group := bits.Decompose(api, l.Group, indexBits)
	l.assertMembers(api, group)

	sums := unpackSums(api, l.Sums)
	weights, nexts := unpackRows(api, l.Rows)
	groupStarts, total := starts(api, sums)
	rowStarts, groupTotal := starts(api, weights)
	selector.AssertChoice(api, sums[:], group, groupTotal)

	row := bits.Decompose(api, l.Row, indexBits)
	u := api.Add(selector.Choose(api, groupStarts[:], group), selector.Choose(api, rowStarts[:], row), l.Offset)
	l.assertInside(api, row, weights)
	assertQuotient(api, draw, total, u)

	return drawnRow{
		value: selector.Choose(api, l.Values[:], row),
		next:  func() frontend.Variable { return selector.Choose(api, nexts[:], row) },
	}
}

// assertTable constrains the groups' hashes and sums to be of the state's table.
func (l LayerVar) assertTable(api frontend.API, state []frontend.Variable) {
	table := poseidon.HashVar(api, poseidon.Table, append(l.Groups[:], l.Sums)...)
	selector.AssertChoice(api, l.Tables[:], state, table)
}

// assertMembers constrains the values and packed rows to be of the group.
func (l LayerVar) assertMembers(api frontend.API, group []frontend.Variable) {
	members := poseidon.HashVar(api, poseidon.Rows, append(l.Values[:], l.Rows)...)
	selector.AssertChoice(api, l.Groups[:], group, members)
}

// assertInside constrains the offset to lie in the row's interval: 0 ≤ offset < weight.
func (l LayerVar) assertInside(api frontend.API, row []frontend.Variable, weights eight) {
	bits.Decompose(api, l.Offset, weightBits)
	bits.Decompose(api, api.Sub(selector.Choose(api, weights[:], row), 1, l.Offset), weightBits)
}

// assertQuotient constrains u to be ⌊draw·total / 2^47⌋, of numbers below 2^47, 2^34 and 2^35.
func assertQuotient(api frontend.API, draw, total, u frontend.Variable) {
	bits.Decompose(api, api.Sub(api.Mul(draw, total), api.Mul(u, 1<<drawBits)), drawBits)
}
