package circuits

import (
	"encoding/hex"
	"os"
	"regexp"
	"testing"
)

// TestPins_AreTheSpecifications: one table of digests for readers, one for programs.
func TestPins_AreTheSpecifications(t *testing.T) {
	spec, err := os.ReadFile("SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| ([a-z]+/[a-z/]+) \\| [0-9,]+ \\| 2\\^[0-9]+ \\| `([0-9a-f]{64})` \\|$").FindAllStringSubmatch(string(spec), -1)
	pins := Pins()
	if len(rows) != len(pins) {
		t.Fatalf("SPEC.md has %d circuits, DIGESTS %d", len(rows), len(pins))
	}
	for i, row := range rows {
		if got := hex.EncodeToString(pins[i].Digest[:]); pins[i].ID != row[1] || got != row[2] {
			t.Errorf("row %d: SPEC.md has %s %s, DIGESTS %s %s", i+1, row[1], row[2], pins[i].ID, got)
		}
		if d, there := Digest(row[1]); !there || d != pins[i].Digest {
			t.Errorf("Digest does not find %s", row[1])
		}
	}
	if _, there := Digest("cid/tiny"); there {
		t.Error("a digest of a circuit that does not exist")
	}
}
