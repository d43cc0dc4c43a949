package model

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// layerCircuit draws in one layer.
type layerCircuit struct {
	Layer       LayerVar
	State, Draw frontend.Variable
}

func (c *layerCircuit) Define(api frontend.API) error {
	row := drawLayer(api, statement.Small, c.Layer, bits.Decompose(api, c.State, nextBits), c.Draw)
	row.next()
	return nil
}

var layers = circuittest.New(&layerCircuit{})

// isDrawn reports whether the layer's constraints hold for l.
func isDrawn(t *testing.T, l LayerVar, state int, draw uint64) bool {
	t.Helper()
	return layers.R1CS(t).Solve(t, &layerCircuit{Layer: l, State: state, Draw: draw}) == nil
}

// forge hashes any content into a quarter: what a prover may commit to.
func forge(values [nbGroups][groupSize]fr.Element, rows [nbGroups]fr.Element, sums fr.Element) *quarterNode {
	n := &quarterNode{sums: sums}
	for g := range n.groups {
		n.groups[g] = groupNode{values: values[g], rows: rows[g]}
		n.groups[g].hash = poseidon.Hash(poseidon.Rows, append(values[g][:], rows[g])...)
		n.hashes[g] = n.groups[g].hash
	}
	n.hash = poseidon.Hash(poseidon.Quarter, append(n.hashes[:], sums)...)
	return n
}

// forgeTable hashes any quarters and totals into a table.
func forgeTable(quarters [nbQuarters]*quarterNode, totals fr.Element) *tableNode {
	n := &tableNode{quarters: quarters, totals: totals}
	for q := range quarters {
		n.hashes[q] = quarters[q].hash
	}
	n.hash = poseidon.Hash(poseidon.Table, append(n.hashes[:], totals)...)
	return n
}

// A content is what a prover puts into a table in place of what is there: nil changes nothing.
type content struct {
	rows   *big.Int // of group 2 of quarter 0
	sums   *big.Int // of quarter 0
	totals *big.Int
}

// reforge returns n with other content.
func reforge(n *tableNode, c content) *tableNode {
	var values [nbGroups][groupSize]fr.Element
	var packed [nbGroups]fr.Element
	first := n.quarters[0]
	for g := range first.groups {
		values[g], packed[g] = first.groups[g].values, first.groups[g].rows
	}
	sums, totals := first.sums, n.totals
	if c.rows != nil {
		packed[2] = element(c.rows)
	}
	if c.sums != nil {
		sums = element(c.sums)
	}
	if c.totals != nil {
		totals = element(c.totals)
	}
	quarters := n.quarters
	quarters[0] = forge(values, packed, sums)
	return forgeTable(quarters, totals)
}

func integer(e fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

func plus(x *big.Int, by int64, shift int) *big.Int {
	return new(big.Int).Add(x, new(big.Int).Mul(big.NewInt(by), pow2(shift)))
}

// at returns the assignment of a layer in which only state has a table, drawn in a row of it.
func (n *tableNode) at(state, quarter, group, row int, offset any) LayerVar {
	var tables [halfSize]fr.Element
	var halves [nbHalves]fr.Element
	tables[state%halfSize] = n.hash
	halves[state/halfSize] = poseidon.Hash(poseidon.Half, tables[:]...)
	return n.valueOf(quarter, group, row, offset).under(halves, tables)
}

// sixtyFour is a table of total 64: groups 0 and 2 of quarter 0 and groups 3 and 4 of quarter 2
// have weights, with intervals [0,10) [10,16) | [16,36) [36,40) [40,48) || [48,50) | [50,64).
func sixtyFour() *tableNode {
	weights := make([]uint32, 170)
	weights[0], weights[2] = 10, 6
	weights[17], weights[18], weights[19] = 20, 4, 8
	weights[128+31] = 2
	weights[128+33] = 14
	rows := table(weights...)
	for i := range rows {
		rows[i].Next = uint8(i % MaxStates)
	}
	return newHasher(statement.Small).table(rows)
}

// drawOf returns the least draw of a total of 64 that gives u.
func drawOf(u uint64) uint64 { return u << (drawBits - 6) }

func TestDrawLayer_AcceptsTheRow(t *testing.T) {
	n := sixtyFour()
	for _, c := range []struct {
		u                   uint64
		quarter, group, row int
		offset              uint32
	}{{0, 0, 0, 0, 0}, {9, 0, 0, 0, 9}, {10, 0, 0, 2, 0}, {15, 0, 0, 2, 5}, {16, 0, 2, 1, 0}, {35, 0, 2, 1, 19}, {36, 0, 2, 2, 0}, {40, 0, 2, 3, 0}, {49, 2, 3, 7, 1}, {50, 2, 4, 1, 0}, {63, 2, 4, 1, 13}} {
		for state, draw := range map[int]uint64{5: drawOf(c.u), 13: drawOf(c.u+1) - 1} {
			l := n.at(state, c.quarter, c.group, c.row, c.offset)
			layers.AssertAccepted(t, fmt.Sprintf("u = %d: quarter %d group %d row %d", c.u, c.quarter, c.group, c.row), &layerCircuit{l, state, draw})
		}
	}
}

// The rows of drawLayer, by what they say.
const (
	ofHalf       = "assertHalf/AssertChoice"    // the tables are the half's
	ofLayer      = "assertTable/AssertChoice"   // the table is the state's
	ofQuarter    = "assertQuarter/AssertChoice" // the groups are the quarter's
	ofTable      = "assertMembers/AssertChoice" // the rows are the group's
	isTotal      = "assertTotal/AssertChoice"   // the quarter's sums add up to what the table says
	isSum        = "assertSum/AssertChoice"     // the group's weights add up to what the quarter says
	totalBitsAre = "drawLayer/unpackTotals"
	sumBitsAre   = "drawLayer/unpackSums"
	rowBitsAre   = "drawLayer/unpackRows"
	isIndex      = "drawLayer/Decompose" // of a quarter, of a group, or of a row
	inside       = "drawLayer/assertInside"
	isQuotient   = "drawLayer/assertQuotient"
)

func TestDrawLayer_RejectsLie(t *testing.T) {
	n := sixtyFour()
	at := func(n *tableNode, quarter, group, row int, offset any) LayerVar {
		return n.at(0, quarter, group, row, offset)
	}
	// u = 18 lies in quarter 0, group 2, row 1, offset 2.
	honest := at(n, 0, 2, 1, 2)
	with := func(l LayerVar, change func(l *LayerVar)) LayerVar { change(&l); return l }
	totals, sums, rows := integer(n.totals), integer(n.quarters[0].sums), integer(n.quarters[0].groups[2].rows)
	for _, c := range []struct {
		name   string
		layer  LayerVar
		state  int
		draw   uint64
		owners []string
	}{
		{"next row, offset below zero", at(n, 0, 2, 2, -18), 0, drawOf(18), []string{inside}},
		{"next quarter, offset below zero", at(n, 2, 3, 7, -30), 0, drawOf(18), []string{inside}},
		{"last row, offset at its weight", at(n, 0, 2, 2, 4), 0, drawOf(40), []string{inside}},
		{"last group, offset at its weight", at(n, 0, 0, 2, 6), 0, drawOf(16), []string{inside}},
		{"last quarter, offset at its weight", at(n, 0, 2, 3, 8), 0, drawOf(48), []string{inside}},
		{"row of weight zero", at(n, 0, 2, 0, 0), 0, drawOf(16), []string{inside}},
		{"group of weight zero", at(n, 0, 1, 0, 0), 0, drawOf(16), []string{inside}},
		{"quarter of weight zero", at(n, 1, 0, 0, 0), 0, drawOf(48), []string{inside}},
		{"weight zero, offset -1", at(n, 0, 2, 4, -1), 0, drawOf(47), []string{inside}},
		{"u + 1", at(n, 0, 2, 1, 3), 0, drawOf(18), []string{isQuotient}},
		{"u + 1 with the largest remainder", at(n, 0, 2, 1, 3), 0, drawOf(19) - 1, []string{isQuotient}},
		{"u - 1, remainder 2^47", at(n, 0, 2, 1, 1), 0, drawOf(18), []string{isQuotient}},
		{"u - 1, another row", at(n, 0, 2, 1, 19), 0, drawOf(36), []string{isQuotient}},
		{"u of remainder 1 mod r", at(n, 0, 2, 1, wrapped(18, 1)), 0, drawOf(18), []string{inside, inside}},
		{"u of remainder 2^46 mod r", at(n, 0, 2, 1, wrapped(18, 1<<46)), 0, drawOf(18), []string{inside, inside}},
		{"table of another state", honest, 1, drawOf(18), []string{ofLayer}},
		{"half of another state", honest, 8, drawOf(18), []string{ofHalf}},
		{"halves exchanged", with(honest, func(l *LayerVar) { l.Halves[0], l.Halves[1] = l.Halves[1], l.Halves[0] }), 0, drawOf(18), []string{ofHalf}},
		{"table that is not committed", with(honest, func(l *LayerVar) { l.Tables = halved().at(0, 0, 1, 0, 0).Tables }), 0, drawOf(18), []string{ofHalf, ofLayer}},
		{"quarters exchanged", with(honest, func(l *LayerVar) { l.Quarters[0], l.Quarters[1] = l.Quarters[1], l.Quarters[0] }), 0, drawOf(18), []string{ofLayer, ofQuarter}},
		{"quarter that is not chosen", with(at(paired(), 0, 0, 0, 10), func(l *LayerVar) { l.Quarter = 2 }), 0, drawOf(10), []string{ofQuarter, isQuotient}},
		{"sums of another quarter", with(honest, func(l *LayerVar) { l.Sums = n.quarters[2].sums }), 0, drawOf(18), []string{ofQuarter, isTotal, isSum, isQuotient}},
		{"values swapped in the group", with(honest, func(l *LayerVar) { l.Values[0], l.Values[1] = l.Values[1], l.Values[0] }), 0, drawOf(18), []string{ofTable}},
		{"rows of another group of equal weight", with(at(halved(), 0, 1, 0, 10), func(l *LayerVar) { l.Group = 0 }), 0, drawOf(10), []string{ofTable}},
		{"rows of another quarter of equal weight", with(at(paired(), 2, 0, 0, 10), func(l *LayerVar) { l.Quarter = 0 }), 0, drawOf(10), []string{ofQuarter}},
		{"total above its sums", at(reforge(n, content{totals: plus(totals, 1, 0)}), 0, 2, 1, 2), 0, drawOf(18), []string{isTotal}},
		{"total below its sums", at(reforge(n, content{totals: plus(totals, -1, 0)}), 0, 2, 1, 2), 0, drawOf(19), []string{isTotal}},
		{"total of a quarter that is not chosen", at(reforge(n, content{totals: plus(totals, 1, 33)}), 2, 3, 7, 0), 0, drawOf(48), []string{isQuotient}},
		{"sum above its weights", at(reforge(n, content{sums: plus(sums, 1, 60), totals: plus(totals, 1, 0)}), 0, 2, 1, 2), 0, drawOf(18), []string{isSum}},
		{"sum below its weights", at(reforge(n, content{sums: plus(sums, -1, 60), totals: plus(totals, -1, 0)}), 0, 2, 1, 2), 0, drawOf(19), []string{isSum}},
		{"sums above their total", at(reforge(n, content{sums: plus(sums, 1, 90)}), 0, 2, 1, 2), 0, drawOf(18), []string{isTotal}},
		{"weights above their sum", at(reforge(n, content{rows: plus(rows, 1, 31*3)}), 0, 2, 1, 2), 0, drawOf(18), []string{isSum}},
		{"totals of 133 bits", at(reforge(n, content{totals: plus(totals, 1, 132)}), 0, 2, 1, 2), 0, drawOf(18), []string{totalBitsAre, isQuotient}},
		{"sums of 241 bits", at(reforge(n, content{sums: plus(sums, 1, 240)}), 0, 2, 1, 2), 0, drawOf(18), []string{sumBitsAre, isTotal}},
		{"rows of 249 bits", at(reforge(n, content{rows: plus(rows, 1, 248)}), 0, 2, 1, 2), 0, drawOf(18), []string{rowBitsAre}},
		{"another total of a quarter that is not chosen", at(reforge(n, content{totals: plus(totals, 1, 33)}), 0, 2, 1, 2), 0, 18<<drawBits/65 + 1, nil},
		{"total of 2^33", at(reforge(n, content{totals: plus(totals, 1<<33-48, 0)}), 0, 2, 1, 2), 0, drawOf(18), []string{isTotal, isQuotient}},
		{"sum of 2^30, as the total says", at(reforge(n, content{sums: plus(sums, 1<<30-32, 60), totals: plus(totals, 1<<30-32, 0)}), 0, 2, 1, 2), 0, 1, []string{isTotal, isSum, isQuotient}},
		{"last total negative", at(reforge(n, content{totals: plus(totals, -1, 99)}), 0, 2, 1, 2), 0, drawOf(18), []string{totalBitsAre, isTotal, isQuotient}},
		{"last sum negative", at(reforge(n, content{sums: plus(sums, -1, 210)}), 0, 2, 1, 2), 0, drawOf(18), []string{sumBitsAre, isTotal, isSum, isQuotient}},
		// A total of -4 would let quarter 2 overlap quarter 0 and leave a total of 60.
		{"intervals overlap by a negative total", at(reforge(n, content{totals: plus(totals, -4, 33)}), 2, 3, 7, 0), 0, 44<<drawBits/60 + 1, []string{isTotal, isQuotient}},
		// A sum of -4 would let group 2 overlap group 0.
		{"intervals overlap by a negative sum", at(reforge(n, content{sums: plus(sums, -4, 30), totals: plus(totals, -4, 0)}), 0, 2, 1, 1), 0, 13<<drawBits/60 + 1, []string{isTotal, isSum, isQuotient}},
		{"weight of 2^27 and more, as the sum says", at(heavy(1<<27+5), 0, 0, 0, 1<<26+2), 0, 1 << 46, []string{isSum, inside}},
		{"weight of 2^27, offset of 28 bits", at(heavy(1<<27), 0, 0, 0, 1<<27-1), 0, 1<<47 - 1, []string{isSum, inside}},
		{"quarter 4 above", with(honest, func(l *LayerVar) { l.Quarter = 4 }), 0, drawOf(18), []string{isIndex, ofQuarter, isTotal, isQuotient}},
		{"group 8 above", with(honest, func(l *LayerVar) { l.Group = 2 + 8 }), 0, drawOf(18), []string{isIndex, ofTable, isSum, isQuotient}},
		{"row 8 above", with(honest, func(l *LayerVar) { l.Row = 1 + 8 }), 0, drawOf(18), []string{isIndex, inside, isQuotient}},
		{"state 16 above", honest, 16, drawOf(18), []string{"Define/Decompose", ofHalf}},
		{"empty table", at(heavy(0), 0, 0, 0, 0), 0, 0, []string{inside}},
	} {
		if c.owners == nil { // another table, whose row it is
			layers.AssertAccepted(t, c.name, &layerCircuit{c.layer, c.state, c.draw})
			continue
		}
		layers.AssertRefused(t, c.name, &layerCircuit{c.layer, c.state, c.draw}, c.owners)
	}
}

// wrapped is the offset in row 1 of group 2 of the u with draw·64 - u·2^47 = rem mod r.
func wrapped(u uint64, rem int64) *big.Int {
	x := new(big.Int).Mul(new(big.Int).SetUint64(drawOf(u)), big.NewInt(64))
	x.Sub(x, big.NewInt(rem))
	x.Mul(x, new(big.Int).ModInverse(pow2(drawBits), field))
	return x.Sub(x, big.NewInt(16)).Mod(x, field)
}

// halved is a table of total 64 with two groups of 32.
func halved() *tableNode {
	weights := make([]uint32, 9)
	weights[0], weights[8] = 32, 32
	return newHasher(statement.Small).table(table(weights...))
}

// paired is a table of total 64 with two quarters of 32.
func paired() *tableNode {
	weights := make([]uint32, 129)
	weights[0], weights[128] = 32, 32
	return newHasher(statement.Small).table(table(weights...))
}

// heavy is a table with one row, its sum and total, of any weight.
func heavy(weight int64) *tableNode {
	var values [nbGroups][groupSize]fr.Element
	var rows [nbGroups]fr.Element
	rows[0] = element(big.NewInt(weight))
	h := newHasher(statement.Small)
	quarters := h.emptyTable.quarters
	quarters[0] = forge(values, rows, rows[0])
	return forgeTable(quarters, rows[0])
}

func TestDrawLayer_RejectsLyingHint(t *testing.T) {
	hint := circuittest.HintNamed("bits.bitsHint") // the only one there is
	n := sixtyFour()
	assignment := &layerCircuit{Layer: n.at(5, 0, 2, 1, 2), State: 5, Draw: drawOf(18)}
	const splits = 10 // state, quarter, group, row, totals, sums, rows, offset, weight-1-offset, remainder
	if got := len(layers.Record(t, assignment).Hints); got != splits {
		t.Fatalf("%d splits, want %d", got, splits)
	}
	for lie := range splits + 1 {
		calls := 0
		accepted := layers.Accepts(assignment, circuittest.Replace(hint, func(q *big.Int, in, out []*big.Int) error {
			err := hint.Func(q, in, out)
			if calls == lie {
				out[0].Xor(out[0], big.NewInt(1))
			}
			calls++
			return err
		}))
		if accepted != (lie == splits) || calls < splits && accepted {
			t.Errorf("lie %d of %d splits: accepted %v after %d", lie, splits, accepted, calls)
		}
	}
}

func TestDrawLayer_ConstraintCount(t *testing.T) {
	const state, next = 4, 7
	layers.AssertRows(t, "a layer", 2529+state+next)
}
