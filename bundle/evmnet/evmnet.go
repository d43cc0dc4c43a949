// Package evmnet checks rounds of drand's evmnet: signatures on BN254, over Keccak-256, which
// contracts and pages check at the price of a proof. Package setup/drand says what drand is.
//
//	e(signature, G2) = e(H(Keccak-256(round)), public key)      H as in RFC 9380, SVDW
//
// The round is 8 bytes, big-endian. The scheme's name is bls-bn254-unchained-on-g1.
package evmnet

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"golang.org/x/crypto/sha3"
)

// What the chain's hash, 04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3, names.
const (
	Genesis = 1727521075 // of round 1, unix seconds
	Period  = 3          // seconds
	Size    = 64         // of a signature, in bytes: x and y of a point of G1, big-endian
)

// suite separates the hash to the curve from other uses.
const suite = "BLS_SIG_BN254G1_XMD:KECCAK-256_SVDW_RO_NUL_"

// What a signature can be instead of the right one.
var (
	ErrNoPoint = errors.New("the signature is not a point of its group")
	ErrForeign = errors.New("the signature is not the chain's for this round")
)

// publicKey is the chain's, as drand writes a point of G2: X.A1, X.A0, Y.A1 and Y.A0, big-endian.
var publicKey = [4]string{
	"07e1d1d335df83fa98462005690372c643340060d205306a9aa8106b6bd0b382", "0557ec32c2ad488e4d4f6008f89a346f18492092ccc0d594610de2732c8b808f",
	"0095685ae3a85ba243747b1b2f426049010f6b73a0cf1d389351d5aaaa1047f6", "297d3a4f9749b33eb2d904c9d9ebf17224150ddd7abd7567a9bec6c74480ee0b",
}

// Key returns the chain's public key, a point of G2.
func Key() (key bn254.G2Affine) {
	for i, e := range []*fp.Element{&key.X.A1, &key.X.A0, &key.Y.A1, &key.Y.A0} {
		raw, err := hex.DecodeString(publicKey[i])
		if err == nil {
			err = e.SetBytesCanonical(raw)
		}
		if err != nil {
			panic("evmnet: " + err.Error()) // a constant; the tests hold that it is on the curve and in the subgroup
		}
	}
	return key
}

// Verify checks the signature of a round and returns the round's randomness, the SHA-256 of
// the signature. Rounds begin with 1. There is one signature of a round, in one encoding.
func Verify(round uint64, signature []byte) (randomness [32]byte, err error) {
	switch {
	case round == 0:
		return randomness, errors.New("rounds begin with 1")
	case len(signature) != Size:
		return randomness, fmt.Errorf("the signature has %d bytes, want %d", len(signature), Size)
	}
	point, err := pointOf(signature)
	if err != nil {
		return randomness, err
	}
	_, _, _, g2 := bn254.Generators()
	point.Neg(&point)
	same, err := bn254.PairingCheck([]bn254.G1Affine{point, hashRound(round)}, []bn254.G2Affine{g2, Key()})
	if err == nil && !same {
		err = ErrForeign
	}
	if err != nil {
		return randomness, err
	}
	return sha256.Sum256(signature), nil
}

// pointOf reads a signature. The curve of G1 has prime order: each of its points is in the group. Coordinates are below p, so a point has one encoding and
// one SHA-256; gnark-crypto's own reading would take marks of compression from their upper bits.
func pointOf(signature []byte) (p bn254.G1Affine, err error) {
	x, y := signature[:fp.Bytes], signature[fp.Bytes:]
	if p.X.SetBytesCanonical(x) != nil || p.Y.SetBytesCanonical(y) != nil || p.IsInfinity() || !p.IsOnCurve() {
		return p, ErrNoPoint
	}
	return p, nil
}

// hashRound is hash_to_curve of RFC 9380, section 3, over Keccak-256 of the round.
func hashRound(round uint64) (sum bn254.G1Affine) {
	digest := keccak(binary.BigEndian.AppendUint64(nil, round))
	u := hashToField(digest[:])
	p, q := svdw(&u[0]), svdw(&u[1])
	return *sum.Add(&p, &q)
}

// hashToField is hash_to_field of RFC 9380, section 5.2, with two elements of 48 bytes, and
// expand_message_xmd of section 5.3.1 over Keccak-256. gnark-crypto's expands with SHA-256.
func hashToField(message []byte) (u [2]fp.Element) {
	const block, size, elementBytes = 136, 32, 48 // Keccak-256's rate and output
	dst := append([]byte(suite), byte(len(suite)))
	first := keccak(make([]byte, block), message, []byte{0, 2 * elementBytes, 0}, dst)
	var last [size]byte
	var uniform []byte
	for i := byte(1); len(uniform) < 2*elementBytes; i++ {
		for j := range last {
			last[j] ^= first[j]
		}
		last = keccak(last[:], []byte{i}, dst)
		uniform = append(uniform, last[:]...)
	}
	u[0].SetBytes(uniform[:elementBytes])
	u[1].SetBytes(uniform[elementBytes:])
	return u
}

// keccak is Keccak-256 as Ethereum has it, of the parts one after another.
func keccak(parts ...[]byte) (digest [32]byte) {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(digest[:0])
	return digest
}
