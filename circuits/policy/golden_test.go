package policy

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// A change of this value is a change of protocol: every committed policy is lost with it. It
// is that of ../testdata/golden.py.
func TestCommitment_IsPinned(t *testing.T) {
	const want = "e9d052ddd16f5ffe9ca4b2f8798575cdb610e1e8cc167eabaa889d19b3c99cf"
	got, err := example().Commitment(statement.Small)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text(16) != want {
		t.Errorf("commitment is %s, want %s", got.Text(16), want)
	}
	const drawn = "2a9ad90df9ff38f210d3ea25d8f250bb0f48d18b05bcb2483a13c44a499bead"
	if got, err = example().Drawn(statement.Small, IDs{First: 5, Supply: 10000}); err != nil {
		t.Fatal(err)
	}
	if got.Text(16) != drawn {
		t.Errorf("commitment of a drawn drop is %s, want %s", got.Text(16), drawn)
	}
}
