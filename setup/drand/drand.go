// Package drand checks public randomness of the League of Entropy's beacons, offline.
//
// Every few seconds the League signs the number of a round. Its keys are shared among
// operators of whom a majority must sign together, so nobody else knows a signature before
// its time, nobody can choose it, and anybody can check it for ever:
//
//	quicknet    e(signature, G2) = e(H(SHA-256(round)), public key)       on BLS12-381
//	evmnet      e(signature, G2) = e(H(Keccak-256(round)), public key)    on BN254
//
// with the round as 8 bytes, big-endian, and H as in RFC 9380 (schemes
// bls-unchained-g1-rfc9380 and bls-bn254-unchained-on-g1). The randomness is the SHA-256 of
// the signature, of which there is one encoding. A chain's hash is the SHA-256 of its key,
// its times and its group, so what is known of it here is what the hash names.
//
// Solidity checks evmnet at the price of a Groth16 proof or less: see solidity/src/beacon.
//
// The older default chain signs each round together with the signature before it. Checking
// a round of it takes more than that round, and gives nothing that quicknet does not: it is
// left out.
package drand

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/genproof/genproof/bundle/evmnet"
)

// The hashes of the chains, of 3 seconds each.
var (
	Quicknet = [32]byte(unhex("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"))
	Evmnet   = [32]byte(unhex("04f1e9062b8a81f848fded9c12306733282b2727ecced50032187751166ec8c3"))
)

// A chain is what its hash stands for.
type chain struct {
	name    string
	key     publicKey
	genesis int64 // of round 1, unix seconds
	period  int64 // seconds
}

// A publicKey checks signatures on one curve.
type publicKey interface {
	size() int // of a signature, in bytes
	// verify reports whether the signature, of the right size, is the one of a round.
	verify(round uint64, signature []byte) error
}

// What a signature can be instead of the right one.
var (
	errNoPoint = evmnet.ErrNoPoint
	errForeign = evmnet.ErrForeign
)

var chains = map[[32]byte]*chain{
	Quicknet: {
		name: "quicknet", genesis: 1692803367, period: 3,
		key: blsKeyOf("83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"),
	},
	Evmnet: {
		name: "evmnet", genesis: evmnet.Genesis, period: evmnet.Period,
		key: evmnetKey{},
	},
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic("drand: " + err.Error()) // a constant of this package
	}
	return b
}

func find(chainHash [32]byte) (*chain, error) {
	c := chains[chainHash]
	if c == nil {
		return nil, fmt.Errorf("drand: chain %x is not one that is known here; use %x (evmnet) or %x (quicknet)", chainHash, Evmnet, Quicknet)
	}
	return c, nil
}

// Name returns what the League calls a chain, "" if the chain is not known here.
func Name(chainHash [32]byte) string {
	if c := chains[chainHash]; c != nil {
		return c.name
	}
	return ""
}

// ByName returns the hash of the chain of a name, quicknet or evmnet.
func ByName(name string) (chainHash [32]byte, err error) {
	for hash, c := range chains {
		if c.name == name {
			return hash, nil
		}
	}
	return chainHash, fmt.Errorf("drand: chain %.40q is not known here; use evmnet or quicknet", name)
}

// Verify checks the signature of a round of a chain and returns the round's randomness,
// the SHA-256 of the signature. It asks nobody. Rounds begin with 1. It is an error if the
// chain is unknown, or if the signature is not the one that the chain has for this round,
// encoded as drand publishes it: 48 bytes for quicknet, a compressed point, and 64 bytes
// for evmnet, x and y, big-endian.
func Verify(chainHash [32]byte, round uint64, signature []byte) (randomness [32]byte, err error) {
	c, err := find(chainHash)
	if err != nil {
		return randomness, err
	}
	switch want := c.key.size(); {
	case round == 0:
		err = errors.New("rounds begin with 1")
	case len(signature) != want:
		err = fmt.Errorf("the signature has %d bytes, want %d", len(signature), want)
	default:
		err = c.key.verify(round, signature)
	}
	if err != nil {
		return randomness, fmt.Errorf("drand %s round %d: %w", c.name, round, err)
	}
	return sha256.Sum256(signature), nil
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

// Next returns the first round of a chain that happens at t or later: ⌈(t − genesis)/period⌉ + 1,
// and 1 for times before the first.
func Next(chainHash [32]byte, t time.Time) (uint64, error) {
	c, err := find(chainHash)
	if err != nil {
		return 0, err
	}
	if !t.After(time.Unix(c.genesis, 0)) {
		return 1, nil
	}
	since := t.Unix() - c.genesis
	if t.Nanosecond() > 0 {
		since++
	}
	return uint64((since+c.period-1)/c.period) + 1, nil
}
