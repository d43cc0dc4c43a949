package rule

import (
	"encoding/hex"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func TestStatement_IsInOrder(t *testing.T) {
	s := Statement{fr.NewElement(1), 2, fr.NewElement(3), fr.NewElement(4)}
	for i, e := range s.Vector() {
		if e != fr.NewElement(uint64(i+1)) {
			t.Errorf("input %d is %s", i, e.String())
		}
	}
}

// The context of what abi.encode and keccak256 of Foundry give for these values.
func TestContext_IsWhatAContractComputes(t *testing.T) {
	full := Audience{Name: "example.org", Expiry: 1893456000, ChainID: 8453, Token: 1<<64 - 1}
	for i := range full.Challenge {
		full.Challenge[i] = byte(i + 1)
	}
	for i := range full.Contract {
		full.Contract[i] = byte(0xa0 + i)
	}
	for _, row := range []struct {
		audience Audience
		want     string
	}{
		{Audience{}, "001e990e27f0d7976bf2adbd60e20384da0125b76e2885a96aa707bcb054108b"},
		{full, "005b6dcac8c71d27b7005bf3f9564019d303bba2bbf09c0cd47ded674b6eef34"},
	} {
		e := row.audience.Context()
		b := e.Bytes()
		if got := hex.EncodeToString(b[:]); got != row.want {
			t.Errorf("context %s, want %s", got, row.want)
		}
	}
}

func TestContext_DependsOnEverything(t *testing.T) {
	seen := map[fr.Element]string{}
	for name, a := range map[string]Audience{
		"nobody": {}, "challenge": {Challenge: [32]byte{1}}, "name": {Name: "a"}, "another name": {Name: "b"}, "expiry": {Expiry: 1},
		"chain": {ChainID: 1}, "contract": {Contract: [20]byte{19: 1}}, "token": {Token: 1},
	} {
		e := a.Context()
		if other, there := seen[e]; there {
			t.Errorf("%s has the context of %s", name, other)
		}
		seen[e] = name
	}
}
