// Package claim holds the receipts by which an authority states hidden attributes of a
// token, and the signature under them: EdDSA over the twisted Edwards curve of
// gnark-crypto's bn254/twistededwards, whose base field is Fr,
//
//	−x² + y² = 1 + d·x²·y²        of order 8·l, with base point B of order l
//	message   = Hash(receipt, schema, model, seeds, beacon, id, mask, value…)
//	challenge = Hash(eddsa, R.x, R.y, A.x, A.y, message)
//	S·B = R + challenge·A         without the cofactor
//
// A signature is valid when that holds, A and R lie in the subgroup of order l, A is not
// the identity, 0 < S < l, and the challenge is usable: below 8·l − 2^126 and not
// (l−1)/2 modulo l. With A and R in the subgroup the equations with and without the
// cofactor say the same, so these are the signatures gnark-crypto's eddsa accepts with
// the same challenge hash, but for the unusable challenges. Those are a share of 2^-129;
// [PrivateKey.Sign] takes another nonce, and nobody can aim at one.
//
// In the circuit [AssertSigned] says the same of the same signatures; claim.go shows how.
package claim

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/poseidon"
)

// PublicKeyBytes is the length of an encoded public key.
const PublicKeyBytes = fr.Bytes

// PublicKey is an authority's key. A literal is unchecked; [ParsePublicKey], [Verify]
// and the circuit accept points of order l only.
type PublicKey struct{ X, Y fr.Element }

// Bytes returns gnark-crypto's compressed form: y in 32 little-endian bytes, the top bit
// telling which of x and −x is meant.
func (pk PublicKey) Bytes() [PublicKeyBytes]byte {
	p := pk.point()
	return p.Bytes()
}

// ParsePublicKey reads the form of [PublicKey.Bytes]. It refuses whatever Bytes does not
// write and every point that is not of order l.
func ParsePublicKey(b []byte) (PublicKey, error) {
	p, err := parsePoint(b)
	if err != nil {
		return PublicKey{}, fmt.Errorf("parsing public key: %w", err)
	}
	if p.IsZero() {
		return PublicKey{}, errors.New("parsing public key: it is the identity, under which anybody signs")
	}
	return PublicKey{p.X, p.Y}, nil
}

func (pk PublicKey) point() twistededwards.PointAffine {
	return twistededwards.NewPointAffine(pk.X, pk.Y)
}

// valid tells whether pk is a point of order l.
func (pk PublicKey) valid() bool {
	p := pk.point()
	return !p.IsZero() && inSubgroup(&p)
}

// inSubgroup tells whether p is on the curve and of order l or 1. The library's own
// subgroup check presumes the curve.
func inSubgroup(p *twistededwards.PointAffine) bool {
	return p.IsOnCurve() && p.IsInSubGroup()
}

// parsePoint reads the compressed form of a point in the subgroup. Encoding it again
// finds a y of r or more and the sign of a zero x, which the library's decoder lets pass.
func parsePoint(b []byte) (twistededwards.PointAffine, error) {
	var p twistededwards.PointAffine
	if len(b) != PublicKeyBytes {
		return p, fmt.Errorf("got %d bytes, want %d", len(b), PublicKeyBytes)
	}
	if _, err := p.SetBytes(b); err != nil {
		return p, err
	}
	if !p.IsOnCurve() {
		return p, errors.New("no point of the curve has this y")
	}
	if p.Bytes() != [PublicKeyBytes]byte(b) {
		return p, errors.New("not the canonical encoding of its point")
	}
	if !p.IsInSubGroup() {
		return p, errors.New("the point is outside the subgroup of prime order")
	}
	return p, nil
}

// AuthorityCommitment returns the statement's commitment to pk.
func AuthorityCommitment(pk PublicKey) fr.Element {
	return poseidon.Hash(poseidon.Authority, pk.X, pk.Y)
}

// A Scope is the drop that a receipt is for, by its statement's inputs: with another
// model, other secrets or another beacon the same token id is another token.
type Scope struct{ Model, Seeds, Beacon fr.Element }

// Message returns what a receipt's signature covers: the schema that names the claims,
// the drop, the token and its claims in slot order. At most 64 claims.
func Message(schema fr.Element, in Scope, id uint64, claims []attribute.Slot) fr.Element {
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
	inputs[0], inputs[1], inputs[2], inputs[3] = schema, in.Model, in.Seeds, in.Beacon
	inputs[4].SetUint64(id)
	inputs[5].SetUint64(mask)
	return poseidon.Hash(poseidon.Receipt, inputs...)
}

// maxClaims is what a 64-bit mask holds.
const maxClaims = 64
