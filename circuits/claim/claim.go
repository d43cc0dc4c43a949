//go:build !js

package claim

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"
)

// AuthorityVar returns the commitment to pk; native mirror: [AuthorityCommitment].
func AuthorityVar(api frontend.API, pk eddsa.PublicKeyVar) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Authority, pk.X, pk.Y)
}

// A ScopeVar is a [Scope] inside a circuit.
type ScopeVar struct{ Policy, Model, Seeds, Beacon frontend.Variable }

// MessageVar returns what a receipt's signature covers; native mirror: [Message].
//
// It constrains nothing: that Present is boolean, and id below 2^64, is the caller's to
// assert. Without the former, two lists of claims could have one mask. It panics for more
// than 64 claims.
func MessageVar(api frontend.API, in ScopeVar, id frontend.Variable, claims []attribute.SlotVar) frontend.Variable {
	if len(claims) > maxClaims {
		panic("claim: more than 64 claims")
	}
	var mask frontend.Variable = 0
	inputs := []frontend.Variable{in.Policy, in.Model, in.Seeds, in.Beacon, id, mask}
	for i, c := range claims {
		mask = api.Add(mask, api.Mul(c.Present, new(big.Int).Lsh(big.NewInt(1), uint(i))))
		inputs = append(inputs, c.Value)
	}
	inputs[5] = mask
	return poseidon.HashVar(api, poseidon.Receipt, inputs...)
}

// AssertSigned constrains the prover to know a receipt over msg under pk; native mirror:
// [Verify]. See [eddsa.AssertSigned].
//
// 2,401 constraints, no Groth16 commitment.
func AssertSigned(api frontend.API, pk eddsa.PublicKeyVar, msg frontend.Variable, sig eddsa.SignatureVar) error {
	return eddsa.AssertSigned(api, tag, pk, msg, sig)
}
