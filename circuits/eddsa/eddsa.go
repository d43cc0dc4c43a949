//go:build !js

package eddsa

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/poseidon"
)

// PublicKeyVar is a [PublicKey] inside a circuit.
type PublicKeyVar struct{ X, Y frontend.Variable }

// SignatureVar is a [Signature] inside a circuit. S is advice: see [AssertSigned].
type SignatureVar struct{ RX, RY, S frontend.Variable }

// ValueOfPublicKey returns pk for an assignment.
func ValueOfPublicKey(pk PublicKey) PublicKeyVar { return PublicKeyVar{pk.X, pk.Y} }

// ValueOfSignature returns sig for an assignment. Check sig with [Verify] or [Holds]
// before: an S that is out of range would be reduced silently.
func ValueOfSignature(sig Signature) SignatureVar {
	return SignatureVar{sig.RX, sig.RY, new(big.Int).SetBytes(sig.S[:])}
}

// ChallengeVar returns the challenge of a signature of msg; native mirror: [Challenge].
//
// 363 constraints.
func ChallengeVar(api frontend.API, tag poseidon.Tag, pk PublicKeyVar, msg frontend.Variable, sig SignatureVar) frontend.Variable {
	return poseidon.HashVar(api, tag, sig.RX, sig.RY, pk.X, pk.Y, msg)
}

// AssertSigned constrains the prover to know a signature of msg under pk with the given
// R, whose challenge poseidon makes under tag; native mirror: [Verify].
//
//	A = 16·A'                      A' on the curve, no multiple the identity
//	h = Hash(tag, R, A, msg)       read canonically, h < 8l − 2^126, h ≠ (l−1)/2 mod l
//	R = F − N·(A/2) + A/2          N the digits of h, F a sum of table points of B
//
// So A is of order l, F is S'·B for an S' the prover knows, and R, as a sum of points of
// order l, needs no check of its own. S itself only guides the prover to the digits of
// S': any S of the same residue modulo l is the same signature, and none gives more.
// Neither a signature that holds with the cofactor only nor one with a key or R outside
// the subgroup has a proof.
//
// 2,401 constraints: A 23, hash 363, ladder 1,512, F 487, sums 16; no Groth16 commitment.
func AssertSigned(api frontend.API, tag poseidon.Tag, pk PublicKeyVar, msg frontend.Variable, sig SignatureVar) error {
	return assertHolds(api, pk, sig, func() frontend.Variable { return ChallengeVar(api, tag, pk, msg, sig) })
}

// AssertHolds constrains the prover to know a signature with the given R under pk whose
// challenge is h; native mirror: [Holds]. See [AssertSigned] for the rows, of which the
// hash is left out.
//
// The caller must constrain h to be a hash of R, A and the message, R and A as the circuit
// has them: for an h of the prover's choice there is always a signature. h is any element;
// where it is not usable no proof exists. A hash of the same values outside, such as
// gnark-crypto's MiMC, gives bytes of the same element, which gnark-crypto reads as the
// integer below r.
//
// 2,038 constraints, no Groth16 commitment.
func AssertHolds(api frontend.API, pk PublicKeyVar, h frontend.Variable, sig SignatureVar) error {
	return assertHolds(api, pk, sig, func() frontend.Variable { return h })
}

// assertHolds asks for the challenge between the rows of A and those of h·A: the order of
// rows is part of the circuits' digests.
func assertHolds(api frontend.API, pk PublicKeyVar, sig SignatureVar, challenge func() frontend.Variable) error {
	half, err := halve(api, pk)
	if err != nil {
		return fmt.Errorf("eddsa: %w", err)
	}
	ha, err := multiply(api, challenge(), half)
	if err != nil {
		return fmt.Errorf("eddsa: %w", err)
	}
	sb, err := multiplyBase(api, sig.S)
	if err != nil {
		return fmt.Errorf("eddsa: %w", err)
	}
	r := sb.edwards(api).add(api, ha.edwards(api).neg(api))
	r.assertSum(api, half.edwards, pointVar{sig.RX, sig.RY})
	return nil
}
