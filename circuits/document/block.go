//go:build !js

package document

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/selector"
	"github.com/genproof/genproof/circuits/statement"
)

// A BlockVar is a block of the template.
type BlockVar struct {
	Index   []frontend.Variable // bits of 0, or of 1 + the slot that the block is about, the lowest first
	Opening frontend.Variable   // booleans, see flags.go
	ID      frontend.Variable
	Text    frontend.Variable
	Number  frontend.Variable
	Bool    frontend.Variable
	Digest  frontend.Variable
	Quoted  frontend.Variable
	Signed  frontend.Variable
	Point   [maxPoint]frontend.Variable // one-hot: index + 1 digits after the point
	Chunks  [3]frontend.Variable        // the bytes
}

// flags lists the block's booleans in the order of [block.flags].
func (b BlockVar) flags() []frontend.Variable {
	flags := append([]frontend.Variable{}, b.Index...)
	flags = append(flags, b.Opening, b.ID, b.Text, b.Number, b.Bool, b.Digest, b.Quoted, b.Signed)
	return append(flags, b.Point[:]...)
}

func valueOfBlock(b *block, size statement.Size) BlockVar {
	flags := b.flags(size)
	n := indexBits(size)
	v := BlockVar{Index: make([]frontend.Variable, n)}
	for i := range v.Index {
		v.Index[i] = bit(flags[i])
	}
	flags = flags[n:]
	v.Opening, v.ID = bit(flags[flagOpening]), bit(flags[flagID])
	v.Text, v.Number = bit(flags[flagText]), bit(flags[flagNumber])
	v.Bool, v.Digest = bit(flags[flagBool]), bit(flags[flagDigest])
	v.Quoted, v.Signed = bit(flags[flagQuoted]), bit(flags[flagSigned])
	for i := range v.Point {
		v.Point[i] = bit(flags[flagPoint+i])
	}
	return v
}

// assertFlags constrains a block's flags to be booleans.
func assertFlags(api frontend.API, b BlockVar) {
	for _, flag := range b.flags() {
		api.AssertIsBoolean(flag)
	}
}

// A slotChoice finds the value and presence that a block is about: at 0 what is always there, and
// has no value; at 1 and on the slots; and behind them what is never there.
type slotChoice struct{ values, presences []frontend.Variable }

func newSlotChoice(slots []attribute.SlotVar, indexBits int) slotChoice {
	c := slotChoice{make([]frontend.Variable, 1<<indexBits), make([]frontend.Variable, 1<<indexBits)}
	for i := range c.values {
		c.values[i], c.presences[i] = 0, 0
	}
	c.presences[0] = 1
	for i, s := range slots {
		c.values[1+i], c.presences[1+i] = s.Value, s.Present
	}
	return c
}

// at returns the slot that index names, in boolean bits. About two constraints a slot.
func (c slotChoice) at(api frontend.API, index []frontend.Variable) (value, present frontend.Variable) {
	return selector.Choose(api, c.values, index), selector.Choose(api, c.presences, index)
}

// commaVar returns whether a comma stands in front of the block: if an attribute starts there, is
// present, and another is before it. It moves seen past the block.
//
//	starts = opening·present,  comma = starts·seen,  seen' = seen ∨ starts
//
// 2 constraints.
func commaVar(api frontend.API, opening, present frontend.Variable, seen *frontend.Variable) frontend.Variable {
	starts := api.Mul(opening, present)
	comma := api.Mul(starts, *seen)
	*seen = api.Sub(api.Add(*seen, starts), comma)
	return comma
}

// chunksVar returns the block's chunks: the template's, or spaces where the slot is absent, and
// what the token adds to them.
//
//	chunk' = spaces + present·(chunk − spaces) + additions
//
// The third chunk of a block with an id is moved first, see [idVar].
func (b BlockVar) chunksVar(api frontend.API, present, comma frontend.Variable, id idVar, adds [3]frontend.Variable) [3]frontend.Variable {
	chunks := b.Chunks
	var addID frontend.Variable
	chunks[2], addID = id.place(api, b.ID, chunks[2])
	adds[0] = api.Add(adds[0], api.Mul(comma, (','-spaceByte)<<8))
	adds[2] = api.Add(adds[2], addID)
	for i, n := range []int{frontEnd, middleEnd - frontEnd, blockBytes - middleEnd} {
		blank := spaces(n)
		gated := api.Add(blank, api.Mul(api.Sub(chunks[i], blank), present))
		chunks[i] = api.Add(gated, adds[i])
	}
	return chunks
}

// power256 returns 256^n.
func power256(n int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(8*n)) }

// spaces returns n spaces as a big-endian integer.
func spaces(n int) *big.Int {
	s := new(big.Int)
	for i := range n {
		s.Add(s, new(big.Int).Mul(big.NewInt(spaceByte), power256(i)))
	}
	return s
}
