package result_test

import (
	"testing"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
)

// Without a judge nothing counts, and what a deck promises is left.
func TestUnjudged_CountsNothing(t *testing.T) {
	r := result.Unjudged([]bundle.Attester{{Role: "museum", Threshold: 1, Identities: []string{"x"}}}, make([]result.File, 300))
	if len(r.Findings) != result.MaxFiles || r.Findings[0].Standing != result.NotChecked || len(r.Approvals) != 1 || r.Approvals[0].Met || r.Approvals[0].Of != 1 {
		t.Errorf("%d findings, %+v", len(r.Findings), r.Approvals)
	}
	if attest.SubjectDeck != result.SubjectDeck || attest.SubjectDrop != result.SubjectDrop || attest.Approves != result.Approves || attest.Refuses != result.Refuses || attest.States != result.States || attest.RevocationName != result.RevocationName {
		t.Error("two packages have two words for one thing")
	}
}
