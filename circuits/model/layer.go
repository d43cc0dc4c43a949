package model

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/selector"
	"github.com/genproof/genproof/circuits/statement"
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
	value frontend.Variable        // 0 for a row without text; of an art size the row's leaf
	next  func() frontend.Variable // below 2^4; paid for when called
}

// drawLayer returns the row of layer l that draw < 2^47 falls on in a state, given as 4
// bits. Besides the hash of the layer's halves, which is the caller's, it constrains
//
//	Hash(half, tables) = halves[state's high bit]
//	Hash(table, quarters, totals) = tables[state's low bits]
//	Hash(quarter, groups, sums) = quarters[quarter]        quarter < 4
//	Hash(rows, values, rows) = groups[group]               group, row < 8; see hashRowsVar
//	totals = Σ total_k·2^33k,  total_k < 2^33              so total < 2^35
//	sums = Σ sum_j·2^30j,  sum_j < 2^30
//	rows = Σ (weight_i + 2^27·next_i)·2^31i,  weight_i < 2^27,  next_i < 2^4
//	total_quarter = Σ sum_j,  sum_group = Σ weight_i
//	u = Σ_{k<quarter} total_k + Σ_{j<group} sum_j + Σ_{i<row} weight_i + offset    so u < 2^36
//	0 ≤ offset < 2^27,  0 ≤ weight_row - 1 - offset < 2^27
//	0 ≤ draw·total - u·2^47 < 2^47
//
// # Why one row at most has a proof, whatever the hashes hide
//
// The splits of totals, sums and rows have at most 248 bits, less than the field, so they are
// unique, and every total, sum and weight is a non-negative integer. In the last line
// draw·total is below 2^82 and u·2^47 below 2^83: nothing wraps, the line holds over the
// integers, and u = ⌊draw·total / 2^47⌋. This u depends on the draw and the table alone.
//
// The half-open intervals of the quarters, from Σ_{k<j} total_k to Σ_{k≤j} total_k, are
// disjoint because no total is negative, and so are the intervals of the groups in a quarter
// and of the rows in a group. The interval of the row chosen contains u (third line from the
// end), and is part of its group's because the group's weights sum to what the quarter says;
// that is part of the quarter's because its sums sum to what the table says. So u lies in the
// interval of the quarter chosen, and only one quarter's contains it. That quarter's hash fixes
// its sums, of which only one group's interval contains u, and that group's hash fixes its
// weights, of which only one row's interval contains u. Rows, groups and quarters of weight 0
// have empty intervals: weight_row - 1 - offset would be negative. Quarters and groups that
// are not chosen need not be what they seem: their totals and sums alone matter here. In a
// table of total 0, u is 0 and no row is left.
//
// 2,529 constraints, and 7 more for next.
func drawLayer(api frontend.API, size statement.Size, l LayerVar, state []frontend.Variable, draw frontend.Variable) drawnRow {
	quarter := bits.Decompose(api, l.Quarter, quarterBits)
	group := bits.Decompose(api, l.Group, indexBits)
	row := bits.Decompose(api, l.Row, indexBits)
	l.assertTable(api, state)
	l.assertQuarter(api, quarter)
	l.assertMembers(api, size, group)

	totals, sums := unpackTotals(api, l.Totals), unpackSums(api, l.Sums)
	weights, nexts := unpackRows(api, l.Rows)
	quarterStarts, total := starts(api, totals)
	groupStarts, quarterTotal := starts(api, sums)
	rowStarts, groupTotal := starts(api, weights)
	assertTotal(api, totals, quarter, quarterTotal)
	assertSum(api, sums, group, groupTotal)

	u := api.Add(selector.Choose(api, quarterStarts, quarter), selector.Choose(api, groupStarts, group),
		selector.Choose(api, rowStarts, row), l.Offset)
	l.assertInside(api, row, weights)
	assertQuotient(api, draw, total, u)

	return drawnRow{
		value: selector.Choose(api, l.Values[:], row),
		next:  func() frontend.Variable { return selector.Choose(api, nexts, row) },
	}
}

// assertTable constrains the quarters' hashes and totals to be of the state's table.
func (l LayerVar) assertTable(api frontend.API, state []frontend.Variable) {
	half := poseidon.HashVar(api, poseidon.Half, l.Tables[:]...)
	assertHalf(api, l.Halves[:], state[halfStateBit:], half)
	table := poseidon.HashVar(api, poseidon.Table, append(l.Quarters[:], l.Totals)...)
	selector.AssertChoice(api, l.Tables[:], state[:halfStateBit], table)
}

// assertHalf constrains the tables to be of the half that the state is in.
func assertHalf(api frontend.API, halves, high []frontend.Variable, half frontend.Variable) {
	selector.AssertChoice(api, halves, high, half)
}

// assertQuarter constrains the groups' hashes and sums to be of the quarter.
func (l LayerVar) assertQuarter(api frontend.API, quarter []frontend.Variable) {
	groups := poseidon.HashVar(api, poseidon.Quarter, append(l.Groups[:], l.Sums)...)
	selector.AssertChoice(api, l.Quarters[:], quarter, groups)
}

// assertMembers constrains the values and packed rows to be of the group.
func (l LayerVar) assertMembers(api frontend.API, size statement.Size, group []frontend.Variable) {
	members := hashRowsVar(api, size, append(l.Values[:], l.Rows)...)
	selector.AssertChoice(api, l.Groups[:], group, members)
}

// assertTotal constrains the quarter's sums to add up to what the table says.
func assertTotal(api frontend.API, totals, quarter []frontend.Variable, total frontend.Variable) {
	selector.AssertChoice(api, totals, quarter, total)
}

// assertSum constrains the group's weights to add up to what the quarter says.
func assertSum(api frontend.API, sums, group []frontend.Variable, sum frontend.Variable) {
	selector.AssertChoice(api, sums, group, sum)
}

// assertInside constrains the offset to lie in the row's interval: 0 ≤ offset < weight.
func (l LayerVar) assertInside(api frontend.API, row, weights []frontend.Variable) {
	bits.Decompose(api, l.Offset, weightBits)
	bits.Decompose(api, api.Sub(selector.Choose(api, weights, row), 1, l.Offset), weightBits)
}

// assertQuotient constrains u to be ⌊draw·total / 2^47⌋, of numbers below 2^47, 2^35 and 2^36.
func assertQuotient(api frontend.API, draw, total, u frontend.Variable) {
	bits.Decompose(api, api.Sub(api.Mul(draw, total), api.Mul(u, 1<<drawBits)), drawBits)
}
