// Package model draws a token's traits from committed tables of weighted rows.
//
//	e        = Squeeze(draws, ⌈L/4⌉, seed, beacon, id)
//	draw_l   = bits [47i, 47i+47) of the integer e_k        l = 4k+i, 0 ≤ i < 4
//	u        = ⌊draw_l · total / 2^47⌋
//	row_l    = the one row with prefix ≤ u < prefix + weight
//	state_0  = 0, state_l+1 = next of row_l                 SPEC §3.3
//
// A model has layers, a layer has a table for each state, a table has weighted rows, and
// a row names the state of the next layer. So a trait may depend on the ones before it,
// and every draw ends after one pass without retries. A row's probability is its weight
// over its table's total to within 2^-46.
//
// The commitment is a hash tree over
// the rows, in which every table carries the sums of its weights:
//
//	group = Hash(rows, value_0..7, Σ (weight_i + 2^28·next_i)·2^31i)
//	table = Hash(table, group_0..7, Σ sum_j·2^31j)
//	layer = Hash(layer, table_0..7)
//	model = Hash(model, salt, layer_0..L-1, fact values, Σ present_i·2^i, artifact)
//
// What is missing is padded: rows with weight 0 and value 0, states with a table of such
// rows, layers with one row of weight 1 and the empty text. Errors name places and limits
// and never quote a text or a value, because a model is hidden.
package model

import (
	"crypto/sha256"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
)

// What a model has room for. Another number is another verifying key.
const (
	MaxStates = 8         // tables of a layer
	MaxRows   = 64        // rows of a table
	MaxWeight = 1<<28 - 1 // of a row
	MaxTotal  = 1<<31 - 1 // of the weights of a table
)

// The shape of the hash tree and the bits of its packed fields.
const (
	groupSize  = 8 // rows of a group
	nbGroups   = MaxRows / groupSize
	indexBits  = 3 // of a row in its group, of a group
	weightBits = 28
	nextBits   = 3
	rowBits    = weightBits + nextBits
	sumBits    = 31
)

// A Row is one outcome of a draw.
type Row struct {
	Text   string
	Weight uint32
	Next   uint8 // the state in which the following layer is drawn; 0 in the last layer
}

// A Layer is how one trait is drawn: a table of rows for each state.
type Layer struct {
	Tables [][]Row
}

// A Model is how a drop's traits are drawn, and what is stated about the model itself.
type Model struct {
	Layers   []Layer // in drawing order; the first is drawn in state 0
	Facts    []attribute.Slot
	Artifact [sha256.Size]byte // SHA-256 of the artifact, such as the weights of a network
	Salt     fr.Element        // hides the rest of the model in its commitment
}

// layer returns layer i, padding after the last one.
func (m *Model) layer(i int) Layer {
	if i < len(m.Layers) {
		return m.Layers[i]
	}
	return Layer{Tables: [][]Row{{{Weight: 1}}}}
}

// fact returns fact i, absent after the last one.
func (m *Model) fact(i int) attribute.Slot {
	if i < len(m.Facts) {
		return m.Facts[i]
	}
	return attribute.Slot{}
}
