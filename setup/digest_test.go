package setup

import (
	"testing"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/statement"
)

// assertPinned compiles circuits and compares the digests with the pinned ones.
func assertPinned(t *testing.T, ids ...statement.CircuitID) {
	t.Helper()
	for _, id := range ids {
		want, there := circuits.Digest(id.String())
		if !there {
			t.Errorf("%s: its digest is not pinned", id)
			continue
		}
		c, err := Compile(id)
		if err != nil {
			t.Fatal(err)
		}
		if c.Digest != want {
			t.Errorf("%s: digest %x, pinned %x: keys and proofs of the pinned one are worth nothing with this one; if that is on purpose, say so in CHANGELOG.md", id, c.Digest, want)
		}
	}
}

// TestCompile_DigestsArePinned: the others take seconds, see TestSlow_DigestsArePinned.
func TestCompile_DigestsArePinned(t *testing.T) {
	assertPinned(t,
		statement.CircuitID{Binding: statement.Root, Size: statement.Small},
		statement.CircuitID{Binding: statement.CID, Size: statement.Small},
		statement.CircuitID{Binding: statement.Root, Size: statement.Standard},
		statement.CircuitID{Binding: statement.Root, Size: statement.Small, Backend: statement.Plonk})
	if got, want := len(circuits.Pins()), len(statement.CircuitsOf(statement.Groth16))+len(statement.CircuitsOf(statement.Plonk)); got != want {
		t.Errorf("%d circuits are pinned, %d exist", got, want)
	}
}
