package model

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// An element yields four draws of 47 bits, its low 188 bits. An element is uniform below
// r, not below a power of two: r is 3.02 · 2^252, so the low 252 bits would favour their
// smallest values by a third. The low 188 bits are within 2^-65 of uniform. Rounding u
// down costs a row less than 2^-47 of probability.
const (
	drawBits        = 47
	drawsPerElement = 4
)

// Draw returns the rows of token id by trait, one for each of size.Layers; those after the
// model's own layers are the padding's, without text.
func (m *Model) Draw(size statement.Size, seed, beacon fr.Element, id uint64) ([]Row, error) {
	if err := m.Validate(size); err != nil {
		return nil, err
	}
	return m.rowsOf(m.walk(draws(size.Layers, seed, beacon, id))), nil
}

// rowsOf returns the rows of choices, one a layer, by trait.
func (m *Model) rowsOf(choices []choice) []Row {
	rows := make([]Row, len(choices))
	for i := range rows {
		layer := m.layerOf(i)
		rows[i] = m.layer(layer).Tables[choices[layer].state][choices[layer].row]
	}
	return rows
}

// A choice is what was drawn in one layer.
type choice struct {
	state  uint8
	row    int
	offset uint32 // of u in the row's interval
}

// walk follows the draws through the layers of a valid model.
func (m *Model) walk(draws []uint64) []choice {
	choices := make([]choice, len(draws))
	var state uint8
	for i, draw := range draws {
		table := m.layer(i).Tables[state]
		row, offset := pick(table, draw)
		choices[i] = choice{state: state, row: row, offset: offset}
		state = table[row].Next
	}
	return choices
}

// draws returns the n draws of a token.
func draws(n int, seed, beacon fr.Element, id uint64) []uint64 {
	if n == 0 {
		return nil
	}
	nbElements := (n + drawsPerElement - 1) / drawsPerElement
	elements := poseidon.Squeeze(poseidon.Draws, nbElements, seed, beacon, fr.NewElement(id))
	out := make([]uint64, n)
	for i := range out {
		limbs := elements[i/drawsPerElement].Bits() // canonical, least significant first
		at := i % drawsPerElement * drawBits        // at most 141, so there is a next limb
		word := limbs[at/64]>>(at%64) | limbs[at/64+1]<<(64-at%64)
		out[i] = word & (1<<drawBits - 1)
	}
	return out
}

// pick returns the row a draw falls on, and how far into the row's interval. The table is
// valid, so there is one.
func pick(table []Row, draw uint64) (row int, offset uint32) {
	high, low := bits.Mul64(draw, weightOf(table))
	u := high<<(64-drawBits) | low>>drawBits
	for i, r := range table {
		if u < uint64(r.Weight) {
			return i, uint32(u)
		}
		u -= uint64(r.Weight)
	}
	panic("model: drawing from a table without weights")
}
