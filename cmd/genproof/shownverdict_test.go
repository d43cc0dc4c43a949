package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

const shown = "../../testdata/shown"

// shownVerdicts are reports of the program about claims and disclosures, good and bad.
func shownVerdicts(t *testing.T) map[string]string {
	t.Helper()
	made := map[string]string{}
	say := func(name, file, description string, more ...string) {
		made[name] = call("", append([]string{"verify", file, "--drop", description, "--json"}, more...)...).stdout
	}
	description := filepath.Join(shown, "drop.json")
	claim, opened := filepath.Join(shown, "claim.json"), filepath.Join(shown, "card.json")
	challenge := "0x" + strings.Repeat("5a", 32)
	say("a claim", claim, description)
	say("a claim for its reader", claim, description, "--audience", "museum.example", "--challenge", challenge)
	say("a claim for another", claim, description, "--audience", "example.org")
	say("a claim that something is required of", claim, description, "--require", "policy")
	say("a late claim", filepath.Join(shown, "late.json"), description)
	say("a claim about a token", filepath.Join(shown, "token.json"), description)
	say("a claim about another deck", claim, "../../testdata/deck/drop.json")
	say("a disclosure", opened, description)
	say("a disclosure that something is required of", opened, description, "--require", "authority")
	say("a disclosure of another deck", opened, "../../testdata/deck/drop.json")
	dir, own := claimDeck(t)
	facts := filepath.Join(t.TempDir(), "facts.json")
	succeed(t, "disclose", "--drop", dir, "--fact", "engine", "--out", facts)
	say("a disclosure of facts", facts, own)
	made["a pinned claim"] = pinnedClaim(t)
	return made
}

// pinnedClaim is a report as it will be where the key of a claim is pinned.
func pinnedClaim(t *testing.T) string {
	t.Helper()
	data := read(t, shown, "claim.json")
	c, err := bundle.UnmarshalClaim(data)
	if err != nil {
		t.Fatal(err)
	}
	d, err := bundle.UnmarshalDeck(read(t, shown, "drop.json"))
	if err != nil {
		t.Fatal(err)
	}
	system, _ := circuits.Digest("rule/deck/small")
	pin := circuits.KeyPin{Circuit: "rule/deck/small", System: system, Key: c.Key.Digest, Provenance: "unsafe-development", Transcript: "none"}
	r, err := publication.JudgeClaim(t.Context(), data, publication.Trust{Deck: d, Pinned: []circuits.KeyPin{pin}}, verifier.ClaimOptions{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(verdict.OfClaim(r, verdict.KeyInClaim))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What the program says of claims and disclosures has the form that FORMAT promises, no other is
// taken for it, and FORMAT names every key.
func TestVerdict_OfWhatIsShownIsOfItsSchema(t *testing.T) {
	closed, text := schemaOf(t, shownSchema, true)
	open, _ := schemaOf(t, shownSchema, false)
	levels := map[any]bool{}
	for name, report := range shownVerdicts(t) {
		v := instance(t, name, report)
		if err := closed.Validate(v); err != nil {
			t.Errorf("%s: %v\n%s", name, err, report)
		}
		levels[v["verdict"]] = true
		for key := range v {
			old := v[key]
			delete(v, key)
			missing := []string{"required_and_left"}
			if err := open.Validate(v); err == nil && !slices.Contains(missing, key) {
				t.Errorf("%s: taken without %s", name, key)
			}
			for _, other := range []any{nil, true, "text", map[string]any{}, []any{nil}} {
				if v[key] = other; open.Validate(v) == nil && !((key == "rule" || key == "reason" && old != "") && other == "text") {
					t.Errorf("%s: taken with %s as %v", name, key, other)
				}
			}
			v[key] = old
		}
		if err := open.Validate(v); err != nil {
			t.Errorf("%s: in the end %v", name, err)
		}
	}
	if len(levels) != 3 {
		t.Errorf("the reports' verdicts are %v", levels)
	}
	_, section, found := strings.Cut(string(read(t, "../../bundle/FORMAT.md")), "## 14. ")
	if !found || !strings.Contains(section, "shown.schema.json") {
		t.Fatal("FORMAT does not name the schema behind section 14")
	}
	if n := namedKeys(t, text, section); n < 25 {
		t.Errorf("%d keys", n)
	}
}
