package model

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// A RowVar is what a leaf holds: the row that a trait shows.
type RowVar struct {
	Value   frontend.Variable // 0 for a row without text
	Payload []frontend.Variable
}

// hashRows returns the hash of eight rows, of their values or of leaves that hold them, and of their
// packed weights.
func hashRows(size statement.Size, in ...fr.Element) fr.Element {
	if size.IsArt() {
		return poseidon.Hash(poseidon.Leaves, in...)
	}
	return poseidon.Hash(poseidon.Rows, in...)
}

// hashRowsVar is hashRows in a circuit.
func hashRowsVar(api frontend.API, size statement.Size, in ...frontend.Variable) frontend.Variable {
	if size.IsArt() {
		return poseidon.HashVar(api, poseidon.Leaves, in...)
	}
	return poseidon.HashVar(api, poseidon.Rows, in...)
}

// row returns what stands for a row in its group: its value, or its leaf.
func (h *hasher) row(r Row) fr.Element {
	if !h.size.IsArt() {
		return h.text(r.Text)
	}
	in := h.leafOf(r)
	var key []byte
	for _, e := range in {
		key = append(key, e.Marshal()...)
	}
	leaf, ok := h.leaves[string(key)]
	if !ok {
		leaf = poseidon.Hash(poseidon.Trait, in...)
		h.leaves[string(key)] = leaf
	}
	return leaf
}

// leafOf returns what the leaf of a row holds. A payload may be nil: zeros.
//
//	leaf = Hash(trait, value, payload)
func (h *hasher) leafOf(r Row) []fr.Element {
	in := make([]fr.Element, 1+h.size.Payload())
	in[0] = h.text(r.Text)
	copy(in[1:], r.Payload)
	return in
}

func (h *hasher) valueOf(r Row) (v RowVar) {
	in := h.leafOf(r)
	v.Value = in[0]
	for _, e := range in[1:] {
		v.Payload = append(v.Payload, e)
	}
	return v
}

// openVar returns what leaves hold, and constrains them to hold it. A leaf is a hash, so the row
// of a trait that shows no layer, whose leaf is 0, has no proof.
//
// As many constraints a leaf as a permutation of its inputs, and 1.
func openVar(api frontend.API, leaves []frontend.Variable, rows []RowVar) (values []frontend.Variable, payloads [][]frontend.Variable) {
	for i, r := range rows {
		in := append([]frontend.Variable{r.Value}, r.Payload...)
		api.AssertIsEqual(leaves[i], poseidon.HashVar(api, poseidon.Trait, in...))
		values, payloads = append(values, r.Value), append(payloads, r.Payload)
	}
	return values, payloads
}
