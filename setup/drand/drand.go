// Package drand checks public randomness of the League of Entropy's beacon, offline.
//
// Every few seconds the League signs the number of a round. Its key is shared among
// operators of whom a majority must sign together, so nobody knows a signature before its
// time, nobody can choose it, and anybody can check it for ever:
//
//	quicknet    e(signature, G2) = e(H(SHA-256(round)), public key)       on BLS12-381
//
// with the round as 8 bytes, big-endian, and H as in RFC 9380 (scheme
// bls-unchained-g1-rfc9380). The randomness is the SHA-256 of the signature. A chain's hash
// is the SHA-256 of its key, its times and its group, so what is known of it here is what
// the hash names.
//
// The older default chain signs each round together with the signature before it. Checking
// a round of it takes more than that round, and gives nothing that quicknet does not: it is
// left out.
package drand

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// SignatureBytes is the length of a signature: a compressed point of G1.
const SignatureBytes = bls.SizeOfG1AffineCompressed

// Quicknet is the hash of the chain of 3 seconds.
var Quicknet = [32]byte(unhex("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"))

// suite separates the hash to the curve from other uses.
const suite = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"

// A chain is what its hash stands for.
type chain struct {
	name    string
	key     bls.G2Affine
	genesis int64 // of round 1, unix seconds
	period  int64 // seconds
}

var chains = map[[32]byte]*chain{
	Quicknet: {
		name: "quicknet", genesis: 1692803367, period: 3,
		key: keyOf("83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"),
	},
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic("drand: " + err.Error()) // a constant of this file
	}
	return b
}

func keyOf(s string) (key bls.G2Affine) {
	if _, err := key.SetBytes(unhex(s)); err != nil { // on the curve and in the subgroup
		panic("drand: " + err.Error())
	}
	return key
}

func find(chainHash [32]byte) (*chain, error) {
	c := chains[chainHash]
	if c == nil {
		return nil, fmt.Errorf("drand: chain %x is not one that is known here; use %x (quicknet)", chainHash, Quicknet)
	}
	return c, nil
}

// Verify checks the signature of a round of a chain and returns the round's randomness,
// the SHA-256 of the signature. It asks nobody. Rounds begin with 1. It is an error if the
// chain is unknown, or if the signature is not the one that the chain has for this round:
// there is exactly one, of [SignatureBytes].
func Verify(chainHash [32]byte, round uint64, signature []byte) (randomness [32]byte, err error) {
	c, err := find(chainHash)
	if err != nil {
		return randomness, err
	}
	if err := c.verify(round, signature); err != nil {
		return randomness, fmt.Errorf("drand %s round %d: %w", c.name, round, err)
	}
	return sha256.Sum256(signature), nil
}

func (c *chain) verify(round uint64, signature []byte) error {
	if round == 0 {
		return errors.New("rounds begin with 1")
	}
	if len(signature) != SignatureBytes {
		return fmt.Errorf("the signature has %d bytes, want %d", len(signature), SignatureBytes)
	}
	var point bls.G1Affine
	if _, err := point.SetBytes(signature); err != nil || point.IsInfinity() {
		return errors.New("the signature is not a point of its group")
	}
	digest := sha256.Sum256(binary.BigEndian.AppendUint64(nil, round))
	message, err := bls.HashToG1(digest[:], []byte(suite))
	if err != nil {
		return err
	}
	_, _, _, g2 := bls.Generators()
	point.Neg(&point)
	same, err := bls.PairingCheck([]bls.G1Affine{point, message}, []bls.G2Affine{g2, c.key})
	if err != nil {
		return err
	}
	if !same {
		return errors.New("the signature is not the chain's for this round")
	}
	return nil
}

// Time returns when a round happens: before, nobody knows its randomness. It is an error
// if the chain is unknown or the round is 0 or too far away to have a time.
func Time(chainHash [32]byte, round uint64) (time.Time, error) {
	c, err := find(chainHash)
	if err != nil {
		return time.Time{}, err
	}
	if last := uint64(math.MaxInt64-c.genesis)/uint64(c.period) + 1; round == 0 || round > last {
		return time.Time{}, fmt.Errorf("drand %s round %d: want 1 to %d", c.name, round, last)
	}
	return time.Unix(c.genesis+int64(round-1)*c.period, 0).UTC(), nil
}

// Next returns the first round of a chain that happens at t or later.
func Next(chainHash [32]byte, t time.Time) (uint64, error) {
	c, err := find(chainHash)
	if err != nil {
		return 0, err
	}
	since := t.Unix() - c.genesis
	if t.Nanosecond() > 0 {
		since++
	}
	if since <= 0 {
		return 1, nil
	}
	return uint64((since+c.period-1)/c.period) + 1, nil
}
