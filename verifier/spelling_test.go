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

// respell commits to the world's schema, with other attributes or another spelling, and a rule that
// compares trait 0 with a text.
func (w *world) respell(t *testing.T, how, text string) {
	t.Helper()
	w.desc.SpellAs(how)
	hash := attribute.TextHash(text)
	w.program.Schema = w.desc.Schema()
	w.program.Clauses = append(w.program.Clauses[:1:1], []policy.Literal{{Slot: 0, Op: policy.Equals, Negate: true, Operand: hash}})
	var err error
	if w.desc.Program, err = bundle.ProgramOf(w.program, w.desc.Infos(), map[fr.Element]string{hash: text}); err != nil {
		t.Fatal(err)
	}
	if w.desc.Commitments.Policy, err = w.program.Drawn(statement.Small, w.desc.IDs()); err != nil {
		t.Fatal(err)
	}
	w.desc.Commitments.Template = w.template(t).Commitment()
	w.bundles = nil
}

// spelled returns the texts of the reservation spelling.
func spelled(r *verifier.Report) (all []string) {
	for _, v := range r.Reservations {
		if v.Name == "spelling" {
			all = append(all, v.Text)
		}
	}
	return all
}

func TestVerify_TakesTextsAsPublishedAndSaysSo(t *testing.T) {
	for _, circuit := range []string{"cid/small", "root/small"} {
		old := shown
		t.Cleanup(func() { shown = old })
		shown = []string{"Gho\u200bst ", "cafe\u0301"}
		for how, want := range map[string]bool{bundle.AsPublished: true, bundle.Strict: false} {
			w := newWorld(t, circuit, 0)
			w.respell(t, how, "Ghost")
			w.bundles = []*bundle.Bundle{w.bundle(t, 1), w.bundle(t, 2)}
			r := w.verify(t)
			if r.Verdict.Holds() != want || !want && !strings.Contains(r.Tokens[0].Reason, "document: the text of trait.Eyes: byte 3: U+200B") {
				t.Errorf("%s, %s: %s %+v", circuit, how, r.Verdict, r.Tokens)
			}
			if said := spelled(r); want && (len(said) != 2 || said[0] != "Names and texts are spelled as published: some may look alike and differ." ||
				said[1] != `Token 1 shows trait.Eyes as "Gho\u200bst ", which looks like the rule's "Ghost": to the rule it is another text.`) || !want && said != nil {
				t.Errorf("%s, %s: %q", circuit, how, said)
			}
		}
		shown = old
	}
}

// No spelling allows what would make a report say something else.
func TestVerify_RefusesControlCharactersInAnySpelling(t *testing.T) {
	old := shown
	t.Cleanup(func() { shown = old })
	for _, text := range []string{"Gho\u0085st", "Gho\u202est", "Gho\u2028st"} {
		shown = []string{text, "Arctic"}
		w := newWorld(t, "cid/small", 0)
		w.respell(t, bundle.AsPublished, "Ghost")
		w.bundles = []*bundle.Bundle{w.bundle(t, 1)}
		if r := w.verify(t); r.Verdict.Holds() || !strings.Contains(r.Tokens[0].Reason, "changes how others are shown") {
			t.Errorf("%+q: %s %+v", text, r.Verdict, r.Tokens)
		}
	}
}

// A description cannot keep its spelling to itself, or say another one than the policy is committed to.
func TestVerify_TheSpellingIsCommittedTo(t *testing.T) {
	for _, how := range [][2]string{{bundle.AsPublished, bundle.Strict}, {bundle.Strict, bundle.AsPublished}} {
		w := newWorld(t, "cid/small", 0)
		w.respell(t, how[0], "Ghost")
		w.bundles = []*bundle.Bundle{w.bundle(t, 1)}
		if r := w.verify(t); !r.Verdict.Holds() {
			t.Fatal(r.Reason)
		}
		w.desc.SpellAs(how[1])
		o := w.options()
		o.Program = nil
		r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
		if err != nil || r.Verdict.Holds() || !strings.Contains(r.Reason, "program: it is not the one of the policy's commitment") {
			t.Errorf("%v: %+v, %v", how, r, err)
		}
	}
}

// Names that look alike are told, and refused where spelling is strict.
func TestVerify_TellsOfNamesThatLookAlike(t *testing.T) {
	w := newWorld(t, "cid/small", 0)
	w.desc.Traits[2] = bundle.ShownTrait("eyes ")
	w.respell(t, bundle.AsPublished, "Ghost")
	w.bundles = []*bundle.Bundle{w.bundle(t, 1)}
	if said := spelled(w.verify(t)); len(said) != 2 || said[1] != `"eyes " looks like "Eyes": they are two attributes.` {
		t.Errorf("got %q", said)
	}
	w.desc.SpellAs(bundle.Strict)
	if _, err := verifier.Verify(t.Context(), w.desc, w.bundles, w.options()); err == nil || !strings.Contains(err.Error(), "$.traits[2].name") {
		t.Errorf("strict: %v", err)
	}
}

// A text in another script is told where spelling is strict too.
func TestVerify_TellsOfShownTextsThatLookLikeTheRules(t *testing.T) {
	old := shown
	t.Cleanup(func() { shown = old })
	shown = []string{"Gho\u0455t", "Arctic"}
	w := newWorld(t, "cid/small", 0)
	w.respell(t, bundle.Strict, "Ghost")
	for id := range uint64(3) {
		w.bundles = append(w.bundles, w.bundle(t, id+1))
	}
	if said := spelled(w.verify(t)); len(said) != 1 || !strings.HasPrefix(said[0], "Token 1 shows trait.Eyes as ") {
		t.Errorf("got %q", said)
	}
}
