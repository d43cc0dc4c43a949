package policy

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// A change of this value is a change of protocol: every committed policy is lost with it.
func TestCommitment_IsPinned(t *testing.T) {
	const want = "7151c58e709a4c89a622c6268938416e2346adf9cb87e2731360887f5374de"
	got, err := example().Commitment(statement.Small)
	if err != nil {
		t.Fatal(err)
	}
	if got.Text(16) != want {
		t.Errorf("commitment is %s, want %s", got.Text(16), want)
	}
}
