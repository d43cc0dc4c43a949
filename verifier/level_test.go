package verifier_test

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/verifier"
)

func reservationsOf(r *verifier.Report) string {
	var names []string
	for _, x := range r.Reservations {
		names = append(names, x.Name)
	}
	return strings.Join(names, " ")
}

// A verdict is proven where the caller has pinned the key, and nowhere else.
func TestVerify_LevelIsThePinsAlone(t *testing.T) {
	w := newWorld(t, "cid/small", 2)
	for _, row := range []struct {
		pinned       bool
		want         verifier.Level
		reservations string
	}{
		{true, verifier.Proven, "authority beacon date"},
		{false, verifier.Amber, "key authority beacon date"},
	} {
		o := w.options()
		o.Pinned = row.pinned
		r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
		if err != nil {
			t.Fatal(err)
		}
		if r.Version != 1 || r.Verdict != row.want || r.Tokens[1].Verdict != row.want || reservationsOf(r) != row.reservations {
			t.Errorf("pinned %v: %+v", row.pinned, r)
		}
		if r.Rule != "claim.safety >= 0.80" {
			t.Errorf("the rule is printed as %q", r.Rule)
		}
	}
	w.bundles[1].Proof = w.bundles[0].Proof
	o := w.options()
	o.Pinned = true
	r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != verifier.Rejected || r.Tokens[0].Verdict != verifier.Proven || r.Tokens[1].Verdict != verifier.Rejected {
		t.Errorf("one bad proof: %+v", r)
	}
}

// What a description says about itself changes a reservation's words and takes none away.
func TestVerify_ADescriptionTakesNoReservationAway(t *testing.T) {
	for _, self := range []bool{true, false} {
		w := newWorld(t, "cid/small", 1)
		w.desc.Authority.SelfAsserted = self
		w.desc.Beacon.Source = map[bool]string{true: bundle.BeaconSelfChosen, false: "a chain"}[self]
		r := w.verify(t)
		if reservationsOf(r) != "key authority beacon date" {
			t.Errorf("self %v: %s", self, reservationsOf(r))
		}
		if strings.Contains(r.Reservations[1].Text, "ask the authority") == self || strings.Contains(r.Reservations[2].Text, "compare the entropy") == self {
			t.Errorf("self %v: %+v", self, r.Reservations)
		}
	}
}
