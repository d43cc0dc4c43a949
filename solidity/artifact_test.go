package solidity

import (
	"bytes"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/crypto"
)

// TestArtifacts_AreOfTheseSources needs no compiler: the compiler wrote down the hash of
// each source that it read. That the code follows from them is npm run artifacts:check.
func TestArtifacts_AreOfTheseSources(t *testing.T) {
	for _, a := range Artifacts() {
		if !strings.HasPrefix(a.Compiler, "0.8.37+") || a.EVM != "prague" {
			t.Errorf("%s: compiler %s, EVM %s", a.Contract, a.Compiler, a.EVM)
		}
		for path, want := range a.Sources {
			text, fromNPM := imports()[path]
			source, err := []byte(text), error(nil)
			if !fromNPM {
				source, err = os.ReadFile(path)
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := "0x" + hex.EncodeToString(crypto.Keccak256(source)); got != want {
				t.Errorf("%s was compiled from another %s: run npm run artifacts, then go generate ./solidity/...", a.Contract, path)
			}
		}
	}
}

func TestIsCode_LooksPastImmutablesOnly(t *testing.T) {
	a := GenproofDrop
	code := append([]byte(nil), a.Runtime...)
	code[a.Immutables[0][0]] ^= 1
	if len(a.Immutables) == 0 || !a.IsCode(code) {
		t.Error("another immutable makes other code")
	}
	code[0] ^= 1
	if a.IsCode(code) || a.IsCode(nil) || a.IsCode(a.Runtime[1:]) {
		t.Error("other code passes")
	}
}

// BoundAddress is right only for the code that GenproofDrop holds.
func TestBoundVerifier_IsTheOneInGenproofDrop(t *testing.T) {
	if !bytes.Contains(GenproofDrop.Creation, BoundVerifier.Creation) || len(BoundVerifier.Creation) == 0 {
		t.Error("GenproofDrop deploys another contract")
	}
}

func TestVerifier_FitsItsBound(t *testing.T) {
	if n := len(Groth16Verifier.Runtime); n > 4000 {
		t.Errorf("the verifier's runtime code has %d bytes, want at most 4000", n)
	}
}

func TestStandardVerifier_HoldsTheKey(t *testing.T) {
	vk, _ := simulator()
	source, err := StandardVerifier(vk)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pragma solidity ^0.8.20;", "uint256[9] calldata input", vk.Alpha.X.String(), vk.K[9].Y.String()} {
		if !strings.Contains(string(source), want) {
			t.Errorf("the source lacks %q", want)
		}
	}
	vk.Gamma = vk.Delta
	if _, err := StandardVerifier(vk); err == nil {
		t.Error("a degenerate key was exported")
	}
}
