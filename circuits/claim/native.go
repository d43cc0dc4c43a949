// Package claim holds the receipts by which an authority states hidden attributes of a
// token.
//
//	message   = Hash(receipt, policy, model, seeds, beacon, id, mask, value…)
//	authority = Hash(authority, A.x, A.y)
//	receipt   = EdDSA of message under A, challenge tag "eddsa"
//
// Keys, signatures and their gadget are package eddsa's; [Sign], [Verify] and
// [AssertSigned] are what it does under the protocol's tag. SPEC §3.4.
package claim

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"
)

// AuthorityCommitment returns the statement's commitment to pk.
func AuthorityCommitment(pk eddsa.PublicKey) fr.Element {
	return poseidon.Hash(poseidon.Authority, pk.X, pk.Y)
}

// A Scope is the drop that a receipt is for, by its statement's inputs: with another
// model, other secrets or another beacon the same token id is another token, and the policy
// contains the schema, which says what the claims mean and what of them documents show.
type Scope struct{ Policy, Model, Seeds, Beacon fr.Element }

// Message returns what a receipt's signature covers: the drop, the token and its claims in
// slot order. It panics for more than 64 claims.
func Message(in Scope, id uint64, claims []attribute.Slot) fr.Element {
	if len(claims) > maxClaims {
		panic("claim: more than 64 claims")
	}
	var mask uint64
	inputs := make([]fr.Element, 6, 6+len(claims))
	for i, c := range claims {
		if c.Present {
			mask |= 1 << i
		}
		inputs = append(inputs, c.Value)
	}
	inputs[0], inputs[1], inputs[2], inputs[3] = in.Policy, in.Model, in.Seeds, in.Beacon
	inputs[4].SetUint64(id)
	inputs[5].SetUint64(mask)
	return poseidon.Hash(poseidon.Receipt, inputs...)
}

// maxClaims is what a 64-bit mask holds.
const maxClaims = 64
