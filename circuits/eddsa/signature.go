//go:build !js

package eddsa

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"

	"github.com/genproof/genproof/circuits/poseidon"
)

// SignatureBytes is the length of an encoded signature.
const SignatureBytes = PublicKeyBytes + 32

// Signature is an EdDSA signature: the point R and the scalar S, 32 bytes, big-endian.
type Signature struct {
	RX, RY fr.Element
	S      [32]byte
}

// Challenge returns the challenge h of a signature of msg: poseidon's hash of R, A and msg
// under tag.
func Challenge(tag poseidon.Tag, pk PublicKey, msg fr.Element, sig Signature) fr.Element {
	return poseidon.Hash(tag, sig.RX, sig.RY, pk.X, pk.Y, msg)
}

// Sign signs msg with challenges under tag. The nonce comes from the key, the tag and msg
// alone, so the same message always has the same signature and no randomness can fail.
func (k *PrivateKey) Sign(tag poseidon.Tag, msg fr.Element) (Signature, error) {
	for attempt := range byte(8) {
		if sig, ok := k.secret().signWith(k.secret().nonce(tag, msg, attempt), tag, msg); ok {
			return sig, nil
		}
	}
	return Signature{}, errors.New("signing: eight nonces in a row were unusable: the key is damaged")
}

// nonce returns the nonce of an attempt to sign. Two challenges with one nonce give the key
// away, so each tag has its own nonces; those of the tag Eddsa came first and are not
// tagged.
func (k *secret) nonce(tag poseidon.Tag, msg fr.Element, attempt byte) *big.Int {
	m := msg.Bytes()
	if tag == poseidon.Eddsa {
		return wide("genproof/2/nonce", k.prefix[:], m[:], []byte{attempt})
	}
	// The hash of no input, a different element for each tag.
	t := poseidon.Hash(tag)
	domain := t.Bytes()
	return wide("genproof/2/tagged-nonce", domain[:], k.prefix[:], m[:], []byte{attempt})
}

// signWith reports false for the nonces that give no valid signature: zero, and those
// that lead to an unusable challenge or to S = 0. Nobody will ever see one.
func (k *secret) signWith(nonce *big.Int, tag poseidon.Tag, msg fr.Element) (Signature, bool) {
	var r twistededwards.PointAffine
	r.ScalarMultiplicationBase(nonce)
	sig := Signature{RX: r.X, RY: r.Y}
	h := integer(Challenge(tag, k.public, msg, sig))
	if nonce.Sign() == 0 || !usable(h) {
		return Signature{}, false
	}
	s := new(big.Int).Mul(h, k.scalar)
	s.Add(s, nonce).Mod(s, order())
	s.FillBytes(sig.S[:])
	return sig, s.Sign() != 0
}

// Verify reports whether sig is pk's signature of msg with a challenge under tag, as the
// package comment says. It trusts neither pk nor sig.
func Verify(tag poseidon.Tag, pk PublicKey, msg fr.Element, sig Signature) bool {
	return Holds(pk, Challenge(tag, pk, msg, sig), sig)
}

// Holds reports whether sig is a signature under pk whose challenge is h. It trusts neither
// pk nor sig, and the caller that h is a hash of R, A and a message.
func Holds(pk PublicKey, h fr.Element, sig Signature) bool {
	s := new(big.Int).SetBytes(sig.S[:])
	if s.Sign() == 0 || s.Cmp(order()) >= 0 || !pk.valid() {
		return false
	}
	r := point{sig.RX, sig.RY}
	if !r.inSubgroup() || !usable(integer(h)) {
		return false
	}
	var left, right twistededwards.PointAffine
	a, shift := pk.point(), twistededwards.NewPointAffine(r.x, r.y)
	left.ScalarMultiplicationBase(s)
	right.ScalarMultiplication(&a, integer(h))
	right.Add(&right, &shift)
	return left.Equal(&right)
}

func (pk PublicKey) point() twistededwards.PointAffine {
	return twistededwards.NewPointAffine(pk.X, pk.Y)
}

// integer returns e in 0..r-1.
func integer(e fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

// Bytes returns gnark-crypto's form: the compressed point R, then S.
func (s Signature) Bytes() [SignatureBytes]byte {
	var out [SignatureBytes]byte
	r := PublicKey{s.RX, s.RY}.Bytes()
	copy(out[:], r[:])
	copy(out[PublicKeyBytes:], s.S[:])
	return out
}

// ParseSignature reads the form of [Signature.Bytes]. It refuses whatever no [Verify]
// accepts under any key: an R that is not in the subgroup or not canonical, S = 0, S ≥ l.
func ParseSignature(b []byte) (Signature, error) {
	if len(b) != SignatureBytes {
		return Signature{}, fmt.Errorf("parsing signature: got %d bytes, want %d", len(b), SignatureBytes)
	}
	r, err := parsePoint(b[:PublicKeyBytes])
	if err != nil {
		return Signature{}, fmt.Errorf("parsing signature: R: %w", err)
	}
	s := new(big.Int).SetBytes(b[PublicKeyBytes:])
	if s.Sign() == 0 || s.Cmp(order()) >= 0 {
		return Signature{}, errors.New("parsing signature: S is not in 1..l-1")
	}
	return Signature{RX: r.x, RY: r.y, S: [32]byte(b[PublicKeyBytes:])}, nil
}
