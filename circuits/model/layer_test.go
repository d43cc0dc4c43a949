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
)

// layerCircuit draws in one layer.
type layerCircuit struct {
	Layer       LayerVar
	State, Draw frontend.Variable
}

func (c *layerCircuit) Define(api frontend.API) error {
	row := drawLayer(api, c.Layer, bits.Decompose(api, c.State, nextBits), c.Draw)
	row.next()
	return nil
}

var layers = circuittest.New(&layerCircuit{})

// isDrawn reports whether the layer's constraints hold for l.
func isDrawn(t *testing.T, l LayerVar, state int, draw uint64) bool {
	t.Helper()
	return layers.R1CS(t).Solve(t, &layerCircuit{Layer: l, State: state, Draw: draw}) == nil
}

// forge hashes any content into a table: what a prover may commit to.
func forge(values [nbGroups][groupSize]fr.Element, rows [nbGroups]fr.Element, sums fr.Element) *tableNode {
	n := &tableNode{sums: sums}
	for g := range n.groups {
		n.groups[g] = groupNode{values: values[g], rows: rows[g]}
		n.groups[g].hash = poseidon.Hash(poseidon.Rows, append(values[g][:], rows[g])...)
		n.hashes[g] = n.groups[g].hash
	}
	n.hash = poseidon.Hash(poseidon.Table, append(n.hashes[:], sums)...)
	return n
}

// reforge returns n with one group's packed rows, or the packed sums, replaced.
func reforge(n *tableNode, group int, rows, sums *big.Int) *tableNode {
	var values [nbGroups][groupSize]fr.Element
	var packed [nbGroups]fr.Element
	for g := range n.groups {
		values[g], packed[g] = n.groups[g].values, n.groups[g].rows
	}
	if rows != nil {
		packed[group] = element(rows)
	}
	if sums != nil {
		return forge(values, packed, element(sums))
	}
	return forge(values, packed, n.sums)
}

func integer(e fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

func plus(x *big.Int, by int64, shift int) *big.Int {
	return new(big.Int).Add(x, new(big.Int).Mul(big.NewInt(by), pow2(shift)))
}

// alone returns the tables of a layer in which only state has one.
func alone(n *tableNode, state int) (tables [MaxStates]fr.Element) {
	tables[state] = n.hash
	return tables
}

// sixtyFour is a table of total 64: groups 0 and 2 to 4 have weights, with intervals
// [0,10) [10,16) | [16,36) [36,40) [40,48) | [48,50) | [50,64).
func sixtyFour() *tableNode {
	weights := make([]uint32, 40)
	weights[0], weights[2] = 10, 6
	weights[17], weights[18], weights[19] = 20, 4, 8
	weights[31] = 2
	weights[33] = 14
	rows := table(weights...)
	for i := range rows {
		rows[i].Next = uint8(i % 8)
	}
	h := hasher{texts: map[string]fr.Element{}}
	h.emptyGroup = h.group(nil)
	return h.table(rows)
}

// drawOf returns the least draw of a total of 64 that gives u.
func drawOf(u uint64) uint64 { return u << (drawBits - 6) }

func TestDrawLayer_AcceptsTheRow(t *testing.T) {
	n := sixtyFour()
	for _, c := range []struct {
		u          uint64
		group, row int
		offset     uint32
	}{{0, 0, 0, 0}, {9, 0, 0, 9}, {10, 0, 2, 0}, {15, 0, 2, 5}, {16, 2, 1, 0}, {35, 2, 1, 19}, {36, 2, 2, 0}, {40, 2, 3, 0}, {49, 3, 7, 1}, {50, 4, 1, 0}, {63, 4, 1, 13}} {
		for _, draw := range []uint64{drawOf(c.u), drawOf(c.u+1) - 1} {
			l := n.valueOf(alone(n, 5), c.group, c.row, c.offset)
			layers.AssertAccepted(t, fmt.Sprintf("u = %d: group %d row %d", c.u, c.group, c.row), &layerCircuit{l, 5, draw})
		}
	}
}

// The rows of drawLayer, by what they say.
const (
	ofLayer    = "assertTable/AssertChoice"   // the table is the state's
	ofTable    = "assertMembers/AssertChoice" // the rows are the group's
	isSum      = "drawLayer/AssertChoice"     // the group's weights sum to what the table says
	sumBitsAre = "drawLayer/unpackSums"
	rowBitsAre = "drawLayer/unpackRows"
	isIndex    = "drawLayer/Decompose" // of a group, or of a row
	inside     = "drawLayer/assertInside"
	isQuotient = "drawLayer/assertQuotient"
)

func TestDrawLayer_RejectsLie(t *testing.T) {
	n := sixtyFour()
	at := func(n *tableNode, group, row int, offset any) LayerVar {
		return n.valueOf(alone(n, 0), group, row, offset)
	}
	// u = 18 lies in group 2, row 1, offset 2.
	swapped := at(n, 2, 1, 2)
	swapped.Values[0], swapped.Values[1] = swapped.Values[1], swapped.Values[0]
	twins := at(halved(), 1, 0, 10)
	twins.Group = 0
	group8, row8 := at(n, 2, 1, 2), at(n, 2, 1, 2)
	group8.Group, row8.Row = 2+8, 1+8
	sums, rows := integer(n.sums), integer(n.groups[2].rows)
	for _, c := range []struct {
		name   string
		layer  LayerVar
		state  int
		draw   uint64
		owners []string
	}{
		{"next row, offset below zero", at(n, 2, 2, -18), 0, drawOf(18), []string{inside}},
		{"next group, offset below zero", at(n, 3, 7, -30), 0, drawOf(18), []string{inside}},
		{"last row, offset at its weight", at(n, 2, 2, 4), 0, drawOf(40), []string{inside}},
		{"last group, offset at its weight", at(n, 0, 2, 6), 0, drawOf(16), []string{inside}},
		{"row of weight zero", at(n, 2, 0, 0), 0, drawOf(16), []string{inside}},
		{"group of weight zero", at(n, 1, 0, 0), 0, drawOf(16), []string{inside}},
		{"weight zero, offset -1", at(n, 2, 4, -1), 0, drawOf(47), []string{inside}},
		{"u + 1", at(n, 2, 1, 3), 0, drawOf(18), []string{isQuotient}},
		{"u + 1 with the largest remainder", at(n, 2, 1, 3), 0, drawOf(19) - 1, []string{isQuotient}},
		{"u - 1, remainder 2^47", at(n, 2, 1, 1), 0, drawOf(18), []string{isQuotient}},
		{"u - 1, another row", at(n, 2, 1, 19), 0, drawOf(36), []string{isQuotient}},
		{"u of remainder 1 mod r", at(n, 2, 1, wrapped(18, 1)), 0, drawOf(18), []string{inside, inside}},
		{"u of remainder 2^46 mod r", at(n, 2, 1, wrapped(18, 1<<46)), 0, drawOf(18), []string{inside, inside}},
		{"table of another state", at(n, 2, 1, 2), 1, drawOf(18), []string{ofLayer}},
		{"table that is not committed", n.valueOf(alone(halved(), 0), 2, 1, 2), 0, drawOf(18), []string{ofLayer}},
		{"values swapped in the group", swapped, 0, drawOf(18), []string{ofTable}},
		{"rows of another group of equal weight", twins, 0, drawOf(10), []string{ofTable}},
		{"sum above its weights", at(reforge(n, 0, nil, plus(sums, 1, 62)), 2, 1, 2), 0, drawOf(18), []string{isSum}},
		{"sum below its weights", at(reforge(n, 0, nil, plus(sums, -1, 62)), 2, 1, 2), 0, drawOf(19), []string{isSum}},
		{"weights above their sum", at(reforge(n, 2, plus(rows, 1, 31*3), nil), 2, 1, 2), 0, drawOf(18), []string{isSum}},
		{"sums of 249 bits", at(reforge(n, 0, nil, plus(sums, 1, 248)), 2, 1, 2), 0, drawOf(18), []string{sumBitsAre, isQuotient}},
		{"rows of 249 bits", at(reforge(n, 2, plus(rows, 1, 248), nil), 2, 1, 2), 0, drawOf(18), []string{rowBitsAre}},
		{"last sum negative", at(reforge(n, 0, nil, plus(sums, -1, 217)), 2, 1, 2), 0, drawOf(18), []string{sumBitsAre, isSum, isQuotient}},
		// A sum of -4 would let group 2 overlap group 0 and leave a total of 60.
		{"intervals overlap by a negative sum", at(reforge(n, 0, nil, plus(sums, -4, 31)), 2, 1, 1), 0, 13<<drawBits/60 + 1, []string{isSum, isQuotient}},
		{"weight of 29 bits, as the sum says", at(heavy(1<<28+5), 0, 0, 1<<27), 0, 1 << 46, []string{isSum, inside, isQuotient}},
		{"weight of 29 bits, offset of 29 bits", at(heavy(1<<28+5), 0, 0, 1<<28+4), 0, 1<<47 - 1, []string{isSum, inside, inside}},
		{"group 8 above", group8, 0, drawOf(18), []string{isIndex, ofTable, isSum, isQuotient}},
		{"row 8 above", row8, 0, drawOf(18), []string{isIndex, inside, isQuotient}},
		{"state 8 above", at(n, 2, 1, 2), 8, drawOf(18), []string{"Define/Decompose", ofLayer}},
		{"empty table", at(reforge(heavy(0), 0, nil, nil), 0, 0, 0), 0, 0, []string{inside}},
	} {
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
	h := hasher{texts: map[string]fr.Element{}}
	return h.table(table(weights...))
}

// heavy is a table with one row and its sum, of any weight.
func heavy(weight int64) *tableNode {
	var values [nbGroups][groupSize]fr.Element
	var rows [nbGroups]fr.Element
	rows[0] = element(big.NewInt(weight))
	return forge(values, rows, rows[0])
}

func TestDrawLayer_RejectsLyingHint(t *testing.T) {
	hint := circuittest.HintNamed("bits.bitsHint") // the only one there is
	n := sixtyFour()
	assignment := &layerCircuit{Layer: n.valueOf(alone(n, 5), 2, 1, 2), State: 5, Draw: drawOf(18)}
	const splits = 8 // state, group, sums, rows, row, offset, weight-1-offset, remainder
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
	const state, next = 3, 7
	layers.AssertRows(t, "a layer", 1573+state+next)
}
