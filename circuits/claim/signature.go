package claim

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

// Sign signs msg. The nonce comes from the key and msg alone, so the same message always
// has the same signature and no randomness can fail.
func (k *PrivateKey) Sign(msg fr.Element) (Signature, error) {
	m, secret := msg.Bytes(), k.secret()
	for attempt := range byte(8) {
		nonce := wide("genproof/1/nonce", secret.prefix[:], m[:], []byte{attempt})
		if sig, ok := secret.signWith(nonce, msg); ok {
			return sig, nil
		}
	}
	return Signature{}, errors.New("signing: eight nonces in a row were unusable: the key is damaged")
}

// signWith reports false for the nonces that give no valid signature: zero, and those
// that lead to an unusable challenge or to S = 0. Nobody will ever see one.
func (k *secret) signWith(nonce *big.Int, msg fr.Element) (Signature, bool) {
	var r twistededwards.PointAffine
	r.ScalarMultiplicationBase(nonce)
	sig := Signature{RX: r.X, RY: r.Y}
	h := challenge(k.public, msg, sig)
	if nonce.Sign() == 0 || !usable(h) {
		return Signature{}, false
	}
	s := new(big.Int).Mul(h, k.scalar)
	s.Add(s, nonce).Mod(s, order())
	s.FillBytes(sig.S[:])
	return sig, s.Sign() != 0
}

// Verify tells whether sig is pk's signature of msg, as the package comment says. It
// trusts neither pk nor sig.
func Verify(pk PublicKey, msg fr.Element, sig Signature) bool {
	s := new(big.Int).SetBytes(sig.S[:])
	if s.Sign() == 0 || s.Cmp(order()) >= 0 || !pk.valid() {
		return false
	}
	r := twistededwards.NewPointAffine(sig.RX, sig.RY)
	h := challenge(pk, msg, sig)
	if !inSubgroup(&r) || !usable(h) {
		return false
	}
	var left, right twistededwards.PointAffine
	a := pk.point()
	left.ScalarMultiplicationBase(s)
	right.ScalarMultiplication(&a, h)
	right.Add(&right, &r)
	return left.Equal(&right)
}

// challenge returns the canonical integer of the challenge.
func challenge(pk PublicKey, msg fr.Element, sig Signature) *big.Int {
	h := poseidon.Hash(poseidon.Eddsa, sig.RX, sig.RY, pk.X, pk.Y, msg)
	return h.BigInt(new(big.Int))
}

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
	return Signature{RX: r.X, RY: r.Y, S: [32]byte(b[PublicKeyBytes:])}, nil
}
