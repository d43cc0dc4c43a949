// Package eddsa is EdDSA over the twisted Edwards curve of gnark-crypto's
// bn254/twistededwards, whose base field is Fr: native keys and signatures, and a gadget of
// 2,038 rows and a hash that checks them.
//
//	−x² + y² = 1 + d·x²·y²        of order 8·l, with base point B of order l
//	S·B = R + h·A                 without the cofactor
//	h = Hash(tag, R.x, R.y, A.x, A.y, message)
//
// A signature is valid when that holds, A and R lie in the subgroup of order l, A is not
// the identity, 0 < S < l, and the challenge h is usable: below 8·l − 2^126 and not
// (l−1)/2 modulo l. With A and R in the subgroup the equations with and without the
// cofactor say the same, so these are the signatures gnark-crypto's eddsa accepts with
// the same challenge hash, but for the unusable challenges. Those are a share of 2^-129;
// [PrivateKey.Sign] takes another nonce, and nobody can aim at one.
//
// [Verify] and [AssertSigned] take the tag under which poseidon makes the challenge. [Holds]
// and [AssertHolds] take the challenge itself, whatever hash made it: so a circuit can check
// signatures that gnark-crypto made with MiMC, say. They do not know the message, and are
// worth nothing unless the challenge is a hash of R, A and the message.
//
// In the circuit [AssertSigned] says the same of the same signatures; eddsa.go shows how.
// It ignores no input: a key or an R that is not on the curve, or not of order l, has no
// proof. The caller constrains what the key and the message are. Three hints guide the
// prover (A/16, the digits of h·A, the points of S·B); each is constrained where it is
// asked. SPEC §3.4.
package eddsa

import (
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// PublicKeyBytes is the length of an encoded public key.
const PublicKeyBytes = fr.Bytes

// PublicKey is the point A. A literal is unchecked; [ParsePublicKey], [Verify]
// and the circuit accept points of order l only.
type PublicKey struct{ X, Y fr.Element }

// Bytes returns gnark-crypto's compressed form: y in 32 little-endian bytes, the top bit
// saying which of x and −x is meant.
func (pk PublicKey) Bytes() [PublicKeyBytes]byte {
	b := pk.Y.Bytes()
	if pk.X.LexicographicallyLargest() {
		b[0] |= 0x80
	}
	slices.Reverse(b[:])
	return b
}

// ParsePublicKey reads the form of [PublicKey.Bytes]. It refuses whatever Bytes does not
// write and every point that is not of order l.
func ParsePublicKey(b []byte) (PublicKey, error) {
	p, err := parsePoint(b)
	if err != nil {
		return PublicKey{}, fmt.Errorf("parsing public key: %w", err)
	}
	if p.isIdentity() {
		return PublicKey{}, errors.New("parsing public key: it is the identity, under which anybody signs")
	}
	return PublicKey{p.x, p.y}, nil
}

// valid reports whether pk is a point of order l.
func (pk PublicKey) valid() bool {
	p := point{pk.X, pk.Y}
	return !p.isIdentity() && p.inSubgroup()
}
