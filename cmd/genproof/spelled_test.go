package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

const saidAsPublished = "Names and texts are spelled as published: some may look alike and differ."

// Whoever reads of a drop that is spelled as published is told so, by every report and page.
func TestVerify_SaysThatADropIsSpelledAsPublished(t *testing.T) {
	dir := newDrop(t)
	replace(t, filepath.Join(dir, "drop.yaml"), "supply: 10000", "supply: 10000\nspelling: as published")
	replace(t, filepath.Join(dir, "model.yaml"), "{Midnight: 60, Aurora: 30, Void: 10}", `{"Midnight ": 1000, Aurora: 1, Void: 1}`)
	replace(t, filepath.Join(dir, "policy.cel"), "\n// name: trained on known data\n&& fact.training_license == \"CC0-1.0\"\n", "\n// name: not at midnight\n&& trait.Background != \"Midnight\"\n")
	prove := succeed(t, "prove", "--drop", dir, "--tokens", "1-3", "--keys", keys(t))
	for _, want := range []string{"drop.yaml: spelling: as published.", `the rule compares trait.Background with "Midnight", and the text of model.yaml:5:16 only looks like it`} {
		if !strings.Contains(prove.stderr, want) || strings.Contains(prove.stderr, "Midnight ") {
			t.Errorf("prove does not warn of %q, or quotes the model: %s", want, prove.stderr)
		}
	}
	out := filepath.Join(dir, "out")
	text := succeed(t, "verify", out, "--keys", keys(t)).stdout
	looks := `Token 1 shows trait.Background as "Midnight ", which looks like the rule's "Midnight": to the rule it is another text.`
	for _, want := range []string{"- spelling: " + saidAsPublished, "- spelling: " + looks} {
		if !strings.Contains(text, want) {
			t.Errorf("verify does not say %q: %s", want, text)
		}
	}
	r := decode[verifyReport](t, succeed(t, "verify", filepath.Join(out, "drop.car"), "--keys", keys(t), "--json"))
	var said []string
	for _, v := range r.Reservations {
		if v.Name == "spelling" {
			said = append(said, v.Text)
		}
	}
	if !slices.Equal(said, []string{saidAsPublished, looks}) {
		t.Errorf("reservations %q", said)
	}
	expect(t, console.ExitRejected, "verify", out, "--keys", keys(t), "--require", "spelling")
	for _, where := range []string{dir, out, filepath.Join(out, "drop.json")} {
		if text := succeed(t, "inspect", where).stdout; !strings.Contains(text, "  spelling") || !strings.Contains(text, "as-published") {
			t.Errorf("inspect %s: %s", where, text)
		}
	}
	site := filepath.Join(t.TempDir(), "site")
	succeed(t, "page", out, "--keys", keys(t), "--out", site)
	found := false
	for _, data := range filesOf(t, site) {
		found = found || strings.Contains(string(data), saidAsPublished)
	}
	if !found {
		t.Error("no page says it")
	}
	replace(t, filepath.Join(out, "drop.json"), `  "spelling": "as-published",`+"\n", "")
	if r := expect(t, console.ExitRejected, "verify", out, "--keys", keys(t)); !strings.Contains(r.stdout, "program: it is not the one of the policy's commitment") {
		t.Errorf("a description that keeps it to itself: %s", r.stdout)
	}
}
