//go:build !js

package attribute

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/rank1"
)

// A SlotVar is a [Slot] inside a circuit. Its zero value is a placeholder.
type SlotVar struct {
	Value   frontend.Variable
	Present frontend.Variable // 0 or 1, once AssertSlots has seen it
}

// ValueOf returns the assignment of s.
func ValueOf(s Slot) SlotVar {
	if s.Present {
		return SlotVar{Value: s.Value, Present: 1}
	}
	return SlotVar{Value: s.Value, Present: 0}
}

// AssertSlots constrains each slot to be one that a [Slot] can be.
//
//	Present · (1 - Present) = 0
//	(1 - Present) · Value   = 0       an absent attribute has one encoding
//
// 2 constraints a slot. Values are range-checked where they are compared, not here.
func AssertSlots(api frontend.API, slots []SlotVar) {
	for _, s := range slots {
		api.AssertIsBoolean(s.Present)
		rank1.AssertProduct(api, s.Value, api.Sub(1, s.Present), 0)
	}
}

// PresentVar returns 1 if value is not 0, else 0: the presence of an attribute whose value says
// it. With m from a hint, 1/value or 0:
//
//	value · m             = present
//	value · (1 - present) = 0
//
// If value is 0 so is present, whatever m is; if not, the second row makes it 1.
//
// 2 constraints.
func PresentVar(api frontend.API, value frontend.Variable) frontend.Variable {
	m, err := api.Compiler().NewHint(inverseHint, 1, value)
	if err != nil {
		panic("attribute: " + err.Error()) // the hint is registered and has an output
	}
	present := api.Mul(value, m[0])
	rank1.AssertProduct(api, value, api.Sub(1, present), 0)
	return present
}

// HashedVar returns the value of a text of at most 62 bytes, or of a digest if isDigest is 1, which
// must be boolean; native mirrors: [TextHash], [OfDigest]. Both are one permutation.
//
//	text     x = length, y and z the integers of its last 31 bytes, and of those before
//	digest   x and y = its high and low 128 bits, z = 0
//
// No input is range-checked here: others give the hash of no text and no digest, which is equal to
// none's unless Poseidon2 collides. The document gadget, which knows the bytes, checks them.
//
// 264 constraints.
func HashedVar(api frontend.API, isDigest, x, y, z frontend.Variable) frontend.Variable {
	return poseidon.EitherVar(api, isDigest, poseidon.Text, poseidon.Digest, x, y, z)
}

// DigestVar returns the value of a digest attribute, given its two halves, each below 2^128; native
// mirror: [OfDigest].
//
// 264 constraints.
func DigestVar(api frontend.API, high, low frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Digest, high, low)
}

// SaltsVar returns the salts of a token's n slots; native mirror: [Salts]. id must be
// range-checked to 64 bits by the caller: another id is another token.
func SaltsVar(api frontend.API, blind, id, message frontend.Variable, n int) []frontend.Variable {
	return poseidon.SqueezeVar(api, poseidon.Salts, n, blind, id, message)
}

// LeafVar returns the salted commitment to one slot; native mirror: [Leaf].
//
// 264 constraints.
func LeafVar(api frontend.API, s SlotVar, salt frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Slot, s.Value, s.Present, salt)
}

// RootVar returns the commitment to a token's leaves; native mirror: [Root].
func RootVar(api frontend.API, leaves []frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Root, leaves...)
}
