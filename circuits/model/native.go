// Package model draws a token's traits from committed tables of weighted rows.
//
//	e        = Squeeze(draws, ⌈L/4⌉, seed, beacon, id)
//	draw_l   = bits [47i, 47i+47) of the integer e_k        l = 4k+i, 0 ≤ i < 4
//	u        = ⌊draw_l · total / 2^47⌋
//	row_l    = the one row with prefix ≤ u < prefix + weight
//	state_0  = 0, state_l+1 = next of row_l
//	slot_i   = (value of row_order_i, [value ≠ 0])          SPEC §3.3
//
// A model has layers, a layer has a table for each state, a table has weighted rows, and
// a row names the state of the next layer. So a trait may depend on the ones before it,
// and every draw ends after one pass without retries. A row's probability is its weight
// over its table's total to within 2^-46. A row without text says that the token does not
// have the trait. Layers are drawn in an order of their own: the model says which of them
// each trait shows.
//
// The commitment is a hash tree over
// the rows, in which every table carries the sums of its weights:
//
//	group   = Hash(rows, value_0..7, Σ (weight_i + 2^27·next_i)·2^31i)
//	quarter = Hash(quarter, group_0..7, Σ sum_j·2^30j)          sum_j = Σ weight_i
//	table   = Hash(table, quarter_0..3, Σ total_k·2^33k)        total_k = Σ sum_j
//	half    = Hash(half, table_0..7)
//	layer   = Hash(layer, half_0, half_1)
//	model   = Hash(model, salt, layer_0..L-1, Σ order_i·2^ni, fact values, Σ present_i·2^i, artifact)
//
// In an art size each row paints, with a payload of its own. Tags differ, so no commitment has
// two meanings:
//
//	leaf    = Hash(trait, value, payload)
//	group   = Hash(leaves, leaf_0..7, …)
//	model   = Hash(art, …, picture)
//
// n bits name one of L layers. What is missing is padded: rows with weight 0 and value 0,
// states with a table of such rows, layers with one row of weight 1 and no text. Errors
// name places and limits and never quote a text or a value, because a model is hidden.
package model

import (
	"crypto/sha256"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
)

// What a model has room for. Another number is another verifying key, and another packing:
// eight rows of weightBits and nextBits have to fit an element.
const (
	MaxStates = 16        // tables of a layer
	MaxRows   = 256       // rows of a table
	MaxWeight = 1<<27 - 1 // of a row
)

// The shape of the hash tree and the bits of its packed fields.
const (
	groupSize    = 8 // rows of a group
	nbGroups     = 8 // of a quarter
	nbQuarters   = 4 // of a table
	quarterSize  = groupSize * nbGroups
	halfSize     = 8 // states of a half
	nbHalves     = 2 // of a layer
	indexBits    = 3 // of a row in its group, of a group in its quarter
	quarterBits  = 2 // of a quarter in its table
	weightBits   = 27
	nextBits     = 4
	rowBits      = weightBits + nextBits // 8 of them are 248 bits
	sumBits      = weightBits + 3        // of the weights of a group
	totalBits    = sumBits + 3           // of those of a quarter
	halfStateBit = 3                     // the state's bit that names its half
)

// A Row is one outcome of a draw.
type Row struct {
	Text   string // empty where the token does not have the trait
	Weight uint32
	Next   uint8 // the state in which the following layer is drawn; 0 in the last layer

	Payload []fr.Element // of an art size what it paints with: [statement.Size.Payload] elements, or nil for zeros
}

// A Layer is how one trait is drawn: a table of rows for each state.
type Layer struct {
	Tables [][]Row
}

// A Model is how a drop's traits are drawn, and what is stated about the model itself.
type Model struct {
	Layers   []Layer // in drawing order; the first is drawn in state 0
	Order    []int   // by trait its layer; nil where traits are drawn in their own order
	Facts    []attribute.Slot
	Artifact [sha256.Size]byte // SHA-256 of the artifact, such as the weights of a network
	Salt     fr.Element        // hides the rest of the model in its commitment
	Picture  fr.Element        // of an art size the commitment to what the drop fixes of pictures
}

// layer returns layer i, padding after the last one.
func (m *Model) layer(i int) Layer {
	if i < len(m.Layers) {
		return m.Layers[i]
	}
	return Layer{Tables: [][]Row{{{Weight: 1}}}}
}

// layerOf returns the layer that trait i shows.
func (m *Model) layerOf(i int) int {
	if i < len(m.Order) {
		return m.Order[i]
	}
	return i
}

// Trait returns the layer that trait i of a valid model shows.
func (m *Model) Trait(i int) Layer { return m.layer(m.layerOf(i)) }

// fact returns fact i, absent after the last one.
func (m *Model) fact(i int) attribute.Slot {
	if i < len(m.Facts) {
		return m.Facts[i]
	}
	return attribute.Slot{}
}

// SlotOf returns the slot of a trait's text: absent without one.
func SlotOf(text string) attribute.Slot {
	if text == "" {
		return attribute.Slot{}
	}
	return attribute.Slot{Value: attribute.TextHash(text), Present: true}
}
