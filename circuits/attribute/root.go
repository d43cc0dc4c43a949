package attribute

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// Salts returns the salts of a token's n slots. They depend on the token, so equal
// attributes of two tokens have unrelated leaves, and on nothing else, so a token has
// one root. Opening one salt says nothing about the others or about blind.
func Salts(blind fr.Element, id uint64, n int) []fr.Element {
	return poseidon.Squeeze(poseidon.Salts, n, blind, fr.NewElement(id))
}

// Leaf returns the salted commitment to one slot.
func Leaf(s Slot, salt fr.Element) fr.Element {
	var present fr.Element
	if s.Present {
		present.SetOne()
	}
	return poseidon.Hash(poseidon.Slot, s.Value, present, salt)
}

// Root returns the commitment to a token's leaves, in the order of its slots.
func Root(leaves []fr.Element) fr.Element {
	return poseidon.Hash(poseidon.Root, leaves...)
}
