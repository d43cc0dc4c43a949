package attribute

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// Salts returns the salts of a token's n slots. They depend on the token, so equal
// attributes of two tokens have unrelated leaves, and on the message of its receipt, so what
// is opened of a token with a second receipt says nothing of the first one's leaves. They
// depend on nothing else: a receipt has one root. Opening one salt says nothing about the
// others or about blind.
func Salts(blind fr.Element, id uint64, message fr.Element, n int) []fr.Element {
	return poseidon.Squeeze(poseidon.Salts, n, blind, fr.NewElement(id), message)
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
