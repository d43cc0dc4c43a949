package deckcall

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/genproof/genproof/solidity"
)

// The digests are those of the contracts that are deployed.
func TestCode_IsWhatIsDeployed(t *testing.T) {
	digest := func(data []byte) string {
		d := sha256.Sum256(data)
		return hex.EncodeToString(d[:])
	}
	if v := solidity.Groth16Verifier.Runtime; len(v) != verifierBytes || digest(v) != verifierDigest {
		t.Errorf("the verifier has %d bytes and the digest %s", len(v), digest(v))
	}
	d := solidity.DeckDrop
	if len(d.Runtime) != deckBytes || digest(d.Runtime) != deckDigest {
		t.Errorf("the deck's contract has %d bytes and the digest %s", len(d.Runtime), digest(d.Runtime))
	}
	var places []int
	for _, at := range d.Immutables {
		if places = append(places, at[0]); at[1] != wordBytes {
			t.Errorf("an immutable has %d bytes", at[1])
		}
	}
	if len(places) != len(immutables) {
		t.Fatalf("the immutables are at %v", places)
	}
	code := bytes.Clone(d.Runtime)
	for i, at := range places {
		if immutables[i] != at {
			t.Errorf("immutable %d is at %d", i, at)
		}
		code[at] = byte(i + 1)
	}
	if !isDeck(code) {
		t.Error("the code with immutables is not known")
	}
	for _, at := range []int{0, 5000, deckBytes - 1} {
		other := bytes.Clone(code)
		if other[at]++; isDeck(other) {
			t.Errorf("known with another byte at %d", at)
		}
	}
}
