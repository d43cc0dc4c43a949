package claim

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/poseidon"
)

// PublicKeyVar is a [PublicKey] inside a circuit.
type PublicKeyVar struct{ X, Y frontend.Variable }

// SignatureVar is a [Signature] inside a circuit. S is advice: see [AssertSigned].
type SignatureVar struct{ RX, RY, S frontend.Variable }

// ValueOfPublicKey returns pk for an assignment.
func ValueOfPublicKey(pk PublicKey) PublicKeyVar { return PublicKeyVar{pk.X, pk.Y} }

// ValueOfSignature returns sig for an assignment. Check sig with [Verify] before: an S
// that is out of range would be reduced silently.
func ValueOfSignature(sig Signature) SignatureVar {
	return SignatureVar{sig.RX, sig.RY, new(big.Int).SetBytes(sig.S[:])}
}

// AuthorityVar returns the commitment to pk; native mirror: [AuthorityCommitment].
func AuthorityVar(api frontend.API, pk PublicKeyVar) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Authority, pk.X, pk.Y)
}

// A ScopeVar is a [Scope] inside a circuit.
type ScopeVar struct{ Model, Seeds, Beacon frontend.Variable }

// MessageVar returns what a receipt's signature covers; native mirror: [Message].
//
// It constrains nothing: that Present is boolean, and id below 2^64, is the caller's to
// assert. Without the former, two lists of claims could have one mask.
func MessageVar(api frontend.API, schema frontend.Variable, in ScopeVar, id frontend.Variable, claims []attribute.SlotVar) frontend.Variable {
	if len(claims) > maxClaims {
		panic("claim: more than 64 claims")
	}
	var mask frontend.Variable = 0
	inputs := []frontend.Variable{schema, in.Model, in.Seeds, in.Beacon, id, mask}
	for i, c := range claims {
		mask = api.Add(mask, api.Mul(c.Present, pow2(i)))
		inputs = append(inputs, c.Value)
	}
	inputs[5] = mask
	return poseidon.HashVar(api, poseidon.Receipt, inputs...)
}

// AssertSigned constrains the prover to know a signature of msg under pk with the given
// R; native mirror: [Verify].
//
//	A = 16·A'                      A' on the curve, no multiple the identity
//	h = Hash(eddsa, R, A, msg)     read canonically, h < 8l − 2^126, h ≠ (l−1)/2 mod l
//	R = F − N·(A/2) + A/2          N the digits of h, F a sum of table points of B
//
// So A is of order l, F is S'·B for an S' the prover knows, and R, as a sum of points of
// order l, needs no check of its own. S itself only guides the prover to the digits of
// S': any S of the same residue modulo l is the same signature, and none gives more.
// Neither a signature that holds with the cofactor only nor one with a key or R outside
// the subgroup has a proof.
//
// 2,401 constraints: A 23, hash 363, ladder 1,512, F 487, sums 16; no Groth16 commitment.
func AssertSigned(api frontend.API, pk PublicKeyVar, msg frontend.Variable, sig SignatureVar) error {
	half, err := halve(api, pk)
	if err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	h := poseidon.HashVar(api, poseidon.Eddsa, sig.RX, sig.RY, pk.X, pk.Y, msg)
	ha, err := multiply(api, h, half)
	if err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	sb, err := multiplyBase(api, sig.S)
	if err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	r := sb.edwards(api).add(api, ha.edwards(api).neg(api))
	r.assertSum(api, half.edwards, pointVar{sig.RX, sig.RY})
	return nil
}
