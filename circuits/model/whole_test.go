package model

import (
	"math/big"
	"slices"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

// The tables of this file are made so that an index, a state or a sum that is not the integer of
// its bits would be consistent everywhere else.

// fraction returns num/den in the field.
func fraction(num, den int64) *big.Int {
	x := new(big.Int).ModInverse(big.NewInt(den), field)
	return x.Mul(x, big.NewInt(num)).Mod(x, field)
}

// equalGroups is a table of equal groups of eight rows of weight w: what an index
// selects is linear in it.
func equalGroups(w uint32) *tableNode {
	weights := make([]uint32, MaxRows)
	for i := range weights {
		weights[i] = w
	}
	rows := table(weights...)
	for i := range rows {
		rows[i].Text = string(rune('A' + i%groupSize))
	}
	return newHasher(statement.Small).table(rows)
}

func TestDrawLayer_QuarterIsWhole(t *testing.T) {
	n := equalGroups(1)
	draw := uint64(19) << (drawBits - 8) // u = 19 of 256
	if !isDrawn(t, n.at(0, 0, 2, 3, 0), 0, draw) {
		t.Fatal("the honest row is refused")
	}
	l := n.at(0, 0, 1, 4, 0)
	l.Quarter = fraction(19-8-4, 64) // so that quarters, groups and rows before sum to 19
	layers.AssertRefused(t, "quarter 7/64", &layerCircuit{l, 0, draw}, []string{isIndex})
}

func TestDrawLayer_GroupIsWhole(t *testing.T) {
	n := equalGroups(1)
	draw := uint64(19) << (drawBits - 8)
	l := n.at(0, 0, 2, 4, 0)
	l.Group = fraction(19-4, 8) // so that groups before and rows before sum to 19
	// Else any row of the group could be had.
	layers.AssertRefused(t, "group 15/8", &layerCircuit{l, 0, draw}, []string{isIndex})
}

func TestDrawLayer_RowIsWhole(t *testing.T) {
	n := equalGroups(2)
	draw := uint64(18) << (drawBits - 9) // u = 18 of 512
	l := n.at(0, 0, 1, 1, 0)
	if !isDrawn(t, l, 0, draw) {
		t.Fatal("the honest row is refused")
	}
	l.Row, l.Offset = fraction(1, 2), 1
	// Else the value would be a mixture of two.
	layers.AssertRefused(t, "row 1/2", &layerCircuit{l, 0, draw}, []string{isIndex})
}

// TestDrawVar_StateIsTheRowsNext: every second table of layer 1 is equal, so a state of
// which only the low bit is a lie meets a table that exists.
func TestDrawVar_StateIsTheRowsNext(t *testing.T) {
	k := foxToken()
	two := k.m.Layers[1].Tables[:2]
	tables := make([][]Row, MaxStates)
	for i := range tables {
		tables[i] = two[i%2]
	}
	k.m.Layers[1].Tables = tables
	for i := range k.m.Layers[0].Tables[0] {
		k.m.Layers[0].Tables[0][i].Next += 10 // no number that is split elsewhere
	}
	c, hint := circuit(k.size), circuittest.HintNamed("bits.bitsHint")
	c.AssertAccepted(t, "the honest token", k.assignment(t))
	state := big.NewInt(int64(k.m.walk(k.draws())[1].state))
	lie := circuittest.Replace(hint, func(q *big.Int, in, out []*big.Int) error {
		err := hint.Func(q, in, out)
		if len(out) <= nextBits && in[0].Cmp(state) == 0 {
			out[0].SetUint64(uint64(1 - state.Bit(0)))
		}
		return err
	})
	c.AssertRefused(t, "a row of another state's table", k.inOtherState(t, 1), []string{"DrawVar/Decompose"}, lie)
}

// inOtherState is the token's assignment with a layer drawn in its state's neighbour.
func (k token) inOtherState(t *testing.T, layer int) *drawCircuit {
	t.Helper()
	tree, err := newTree(k.m, k.size)
	if err != nil {
		t.Fatal(err)
	}
	state := k.m.walk(k.draws())[layer].state ^ 1
	rows := k.m.layer(layer).Tables[state]
	row, offset := pick(rows, k.draws()[layer])
	c := k.assignment(t)
	c.Model.Layers[layer] = tree.layers[layer].valueOf(choice{state, row, offset})
	c.Traits[slices.Index(k.m.Order, layer)] = attribute.ValueOf(oracleSlot(rows[row]))
	return c
}

// forcing answers the split of packed into n bits by the honest bits and, at some places, others.
func forcing(packed *big.Int, n int, at map[int]*big.Int) circuittest.Lie {
	hint := circuittest.HintNamed("bits.bitsHint")
	return circuittest.Replace(hint, func(q *big.Int, in, out []*big.Int) error {
		err := hint.Func(q, in, out)
		if len(out) == n-1 && in[0].Cmp(packed) == 0 {
			for i, x := range at {
				out[i].Mod(x, field)
			}
		}
		return err
	})
}

// TestDrawLayer_TotalsAreBits: total_0 + 2^33 and total_1 − 1 pack to the same element.
func TestDrawLayer_TotalsAreBits(t *testing.T) {
	n := sixtyFour()
	lie := forcing(integer(n.totals), nbQuarters*totalBits, map[int]*big.Int{totalBits - 1: big.NewInt(2), totalBits: big.NewInt(-1)})
	total := new(big.Int).SetUint64(1<<33 + 63)
	draw := new(big.Int).Lsh(big.NewInt(1<<33+48), drawBits)
	draw.Add(draw, total).Sub(draw, big.NewInt(1)).Quo(draw, total)
	if !isDrawn(t, n.at(0, 2, 4, 1, 13), 0, draw.Uint64()) {
		t.Fatal("the honest row is refused")
	}
	layers.AssertRefused(t, "a row that was not drawn, by totals that are not of bits",
		&layerCircuit{n.at(0, 2, 3, 7, 1), 0, draw.Uint64()}, []string{totalBitsAre, totalBitsAre}, lie)
}

// TestDrawLayer_SumsAreBits: with t = -1/(2^30 − 1), sum_0 + 2^30·t and sum_1 − t pack to the same
// element, and move where group 2 starts by one. Two other sums keep the quarter's total.
func TestDrawLayer_SumsAreBits(t *testing.T) {
	n := sixtyFour()
	shift := fraction(-1, 1<<sumBits-1)
	times := func(k int64) *big.Int { return new(big.Int).Mul(shift, big.NewInt(k)) }
	lie := forcing(integer(n.quarters[0].sums), nbGroups*sumBits, map[int]*big.Int{
		sumBits - 1: times(2), sumBits: times(-1), 4*sumBits - 1: times(-2), 4 * sumBits: times(1),
	})
	if !isDrawn(t, n.at(0, 0, 0, 2, 5), 0, drawOf(15)) {
		t.Fatal("the honest row is refused")
	}
	layers.AssertRefused(t, "a row that was not drawn, by sums that are not of bits",
		&layerCircuit{n.at(0, 0, 2, 1, 0), 0, drawOf(15)}, slices.Repeat([]string{sumBitsAre}, 4), lie)
}
