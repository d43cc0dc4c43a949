//go:build !js

package eddsa

import (
	"crypto/sha512"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
)

// PrivateKeyBytes is the length of an encoded private key.
const PrivateKeyBytes = 32

// PrivateKey signs elements. It never prints itself: every verb of fmt writes the same
// fixed text. Signing is not constant-time: do not sign where a stranger can time it.
type PrivateKey struct {
	// A struct that holds a key in an unexported field is printed without asking the
	// key's methods, and some verbs follow pointers. None looks into a function.
	secret func() *secret
}

type secret struct {
	seed   [PrivateKeyBytes]byte
	scalar *big.Int // in [1, l)
	prefix [32]byte // keys the nonces
	public PublicKey
}

// GenerateKey returns a new key from 32 bytes of rand, which must be a cryptographic
// source.
func GenerateKey(rand io.Reader) (*PrivateKey, error) {
	var seed [PrivateKeyBytes]byte
	if _, err := io.ReadFull(rand, seed[:]); err != nil {
		return nil, fmt.Errorf("generating key: reading randomness: %w", err)
	}
	return ParsePrivateKey(seed[:])
}

// ParsePrivateKey reads the form of [PrivateKey.Bytes]. Errors quote nothing of b.
func ParsePrivateKey(b []byte) (*PrivateKey, error) {
	if len(b) != PrivateKeyBytes {
		return nil, fmt.Errorf("parsing private key: got %d bytes, want %d", len(b), PrivateKeyBytes)
	}
	k := &secret{seed: [PrivateKeyBytes]byte(b)}
	if k.seed == [PrivateKeyBytes]byte{} {
		return nil, errors.New("parsing private key: all bytes are zero: the source of randomness is broken")
	}
	k.scalar = wide("genproof/2/key/scalar", b)
	if k.scalar.Sign() == 0 {
		return nil, errors.New("parsing private key: it has no public key: generate another")
	}
	prefix := sha512.Sum512(append([]byte("genproof/2/key/prefix"), b...))
	copy(k.prefix[:], prefix[:])
	var p twistededwards.PointAffine
	p.ScalarMultiplicationBase(k.scalar)
	k.public = PublicKey{p.X, p.Y}
	return &PrivateKey{func() *secret { return k }}, nil
}

// Bytes returns the 32 secret bytes the key is derived from.
func (k *PrivateKey) Bytes() [PrivateKeyBytes]byte { return k.secret().seed }

// Public returns the key that verifies k's signatures.
func (k *PrivateKey) Public() PublicKey { return k.secret().public }

// redacted is all that is ever printed of a private key.
const redacted = "eddsa.PrivateKey(redacted)"

// String returns a fixed text.
func (k PrivateKey) String() string { return redacted }

// GoString returns a fixed text.
func (k PrivateKey) GoString() string { return redacted }

// Format writes a fixed text whatever the verb.
func (k PrivateKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText refuses: a key leaves only through [PrivateKey.Bytes].
func (k PrivateKey) MarshalText() ([]byte, error) {
	return nil, errors.New("encoding private key: refused: it is secret")
}

// wide returns SHA-512(label ‖ parts…) modulo l. 512 bits over a 251-bit order leave no
// bias to speak of. A label starts no other label, and every part has a fixed length.
func wide(label string, parts ...[]byte) *big.Int {
	h := sha512.New()
	h.Write([]byte(label))
	for _, p := range parts {
		h.Write(p)
	}
	x := new(big.Int).SetBytes(h.Sum(nil))
	return x.Mod(x, order())
}
