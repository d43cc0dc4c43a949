package model

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// The tables of this file are made so that an index, a state or a sum that is not the integer of
// its bits would be consistent everywhere else.

// fraction returns num/den in the field.
func fraction(num, den int64) *big.Int {
	x := new(big.Int).ModInverse(big.NewInt(den), field)
	return x.Mul(x, big.NewInt(num)).Mod(x, field)
}

// equalGroups is a table of eight equal groups of eight rows of weight w: what an index
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
	h := hasher{texts: map[string]fr.Element{}}
	h.emptyGroup = h.group(nil)
	return h.table(rows)
}

func TestDrawLayer_GroupIsWhole(t *testing.T) {
	n := equalGroups(1)
	if !isDrawn(t, n.valueOf(alone(n, 0), 2, 3, 0), 0, drawOf(19)) {
		t.Fatal("the honest row is refused")
	}
	l := n.valueOf(alone(n, 0), 2, 4, 0)
	l.Group = fraction(19-4, 8) // so that groups before and rows before sum to 19
	// Else any row of the group could be had.
	layers.AssertRefused(t, "group 15/8", &layerCircuit{l, 0, drawOf(19)}, []string{isIndex})
}

func TestDrawLayer_RowIsWhole(t *testing.T) {
	n := equalGroups(2)
	draw := uint64(18) << (drawBits - 7) // u = 18 of 128
	l := n.valueOf(alone(n, 0), 1, 1, 0)
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
		k.m.Layers[0].Tables[0][i].Next += 6 // no number that is split elsewhere
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
	c.Values[layer] = attribute.TextHash(rows[row].Text)
	return c
}

// TestDrawLayer_SumsAreBits: sum_0 + 2^31 and sum_1 − 1 pack to the same element.
func TestDrawLayer_SumsAreBits(t *testing.T) {
	n := sixtyFour()
	hint := circuittest.HintNamed("bits.bitsHint")
	sums := integer(n.sums)
	lie := circuittest.Replace(hint, func(q *big.Int, in, out []*big.Int) error {
		err := hint.Func(q, in, out)
		if len(out) == groupSize*sumBits-1 && in[0].Cmp(sums) == 0 {
			out[sumBits-1].SetInt64(2)
			out[sumBits].Sub(field, big.NewInt(1))
		}
		return err
	})
	total := new(big.Int).SetUint64(1<<31 + 63)
	draw := new(big.Int).Lsh(big.NewInt(1<<31+17), drawBits)
	draw.Add(draw, total).Sub(draw, big.NewInt(1)).Quo(draw, total)
	if !isDrawn(t, n.valueOf(alone(n, 0), 4, 1, 13), 0, draw.Uint64()) {
		t.Fatal("the honest row is refused")
	}
	layers.AssertRefused(t, "a row that was not drawn, by sums that are not of bits",
		&layerCircuit{n.valueOf(alone(n, 0), 2, 1, 2), 0, draw.Uint64()}, []string{sumBitsAre, sumBitsAre}, lie)
}
