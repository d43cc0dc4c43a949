package verifier_test

import (
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
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
		{true, verifier.Proven, "authority beacon template date"},
		{false, verifier.Amber, "key authority beacon template date"},
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
		want := map[bool]string{true: "key authority beacon date", false: "key authority beacon template date"}[self]
		if reservationsOf(r) != want {
			t.Errorf("self %v: %s", self, reservationsOf(r))
		}
		if strings.Contains(r.Reservations[1].Text, "ask the authority") == self || strings.Contains(r.Reservations[2].Text, "compare the entropy") == self {
			t.Errorf("self %v: %+v", self, r.Reservations)
		}
	}
}

// A reader is told of a rule that a look-alike passes, and of a text that only looks like another.
func TestVerify_TellsOfARulesPitfalls(t *testing.T) {
	w := newWorld(t, "cid/small", 1)
	hash := attribute.TextHash("\u0421C0-1.0")
	fact := statement.Small.Layers + statement.Small.Claims
	w.program.Clauses = append(w.program.Clauses, []policy.Literal{{Slot: fact, Op: policy.Equals, Negate: true, Operand: hash}})
	var err error
	if w.desc.Program, err = bundle.ProgramOf(w.program, w.desc.Infos(), map[fr.Element]string{hash: "\u0421C0-1.0"}); err != nil {
		t.Fatal(err)
	}
	if w.desc.Commitments.Policy, err = w.program.Drawn(statement.Small, w.desc.IDs()); err != nil {
		t.Fatal(err)
	}
	w.bundles = []*bundle.Bundle{w.bundle(t, 1)}
	r := w.verify(t)
	if reservationsOf(r) != "key authority beacon template date negation spelling" || !r.Verdict.Holds() {
		t.Fatalf("%s: %+v", reservationsOf(r), r)
	}
	if text := r.Reservations[5].Text; !strings.Contains(text, "hidden fact.license is not") || !strings.Contains(text, "NOBODY CAN SEE") {
		t.Errorf("negation: %s", text)
	}
	if text := r.Reservations[6].Text; !strings.Contains(text, "fact.license") || !strings.Contains(text, "U+0421") {
		t.Errorf("spelling: %s", text)
	}
}
