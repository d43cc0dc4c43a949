//go:build prover_checks

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

// largeDrop fills cid/large: 20 traits, of which documents show 16, claims and a fact of all kinds in what is
// left of its 24 blocks, and one trait as it was published.
func largeDrop(t *testing.T) string {
	t.Helper()
	var traits, layers strings.Builder
	for i := range 20 {
		shown := ""
		if i >= 16 {
			shown = ", visibility: hidden"
		}
		fmt.Fprintf(&traits, "  - {name: %q%s}\n", traitName(i), shown)
		text := "yes"
		if i == 0 {
			text = "as published "
		}
		fmt.Fprintf(&layers, "  %q: {%q: 3, no: 2}\n", traitName(i), text)
	}
	dir := t.TempDir()
	err := drop.Create(dir, map[string][]byte{
		drop.DefinitionFile: []byte("name: Large\nsupply: 9\nfirst_id: 0\ncircuit: cid/large\nspelling: as published\nauthority: self\n" +
			"document: {name: 'Large #{id}', description: The largest documents., narrow: [claim.license]}\ntraits:\n" + traits.String() + `claims:
  - {name: picture, type: digest(raw), visibility: shown}
  - {name: license, type: text, visibility: shown}
  - {name: safety, type: decimal(2), visibility: shown}
  - {name: consent, type: bool, visibility: shown}
  - {name: prompt, type: text}
`),
		drop.ModelFile:  []byte("layers:\n" + layers.String() + "facts:\n  - {name: born, type: time, visibility: shown, value: 2026-01-31}\n"),
		drop.PolicyFile: []byte("claim.consent && claim.safety >= 0.80 && claim.license in [\"CC0-1.0\"] && trait.`t19` in [\"yes\", \"no\"]\n"),
		drop.ClaimsFile: []byte("default: {picture: '0x" + strings.Repeat("ab", 32) + "', license: CC0-1.0, safety: 0.97, consent: true, prompt: a fox in " + canaryPrompt + "}\n"),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func traitName(i int) string { return fmt.Sprintf("t%d", i) }

const canaryPrompt = "ultraviolet-canary-rain"

// A token of the largest circuit is proven and verified with real keys, and its document is read by another
// parser. Keys, proof and all take about 40 processor seconds; 130 s on a machine with a load of 10 a core.
func TestSlowLarge_ProvesAndVerifiesAToken(t *testing.T) {
	dir, store := largeDrop(t), filepath.Join(t.TempDir(), "keys")
	succeed(t, "setup", "--drop", dir, "--keys", store)
	proved := decode[proveReport](t, succeed(t, "prove", "--drop", dir, "--keys", store, "--tokens", "0", "--json"))
	if proved.Proven != 1 {
		t.Fatalf("proved %+v", proved)
	}
	out := filepath.Join(dir, "out")
	r := succeed(t, "verify", out, "--keys", store)
	if !strings.Contains(r.stdout, "reservations): 1 token") || !strings.Contains(r.stdout, "- spelling: Names and texts are spelled as published") {
		t.Errorf("verified: %s", r.stdout)
	}
	var document struct {
		Name       string
		Attributes []struct {
			Type  string `json:"trait_type"`
			Value any
		}
	}
	name := filepath.Join(out, bundle.DocumentsDir, filepath.Base(firstDocument(t, out)))
	data := read(t, name)
	if err := json.Unmarshal(data, &document); err != nil || document.Name != "Large #0" || len(document.Attributes) != 21 {
		t.Errorf("%v: %s", err, data)
	}
	said := map[string]any{}
	for _, a := range document.Attributes {
		said[a.Type] = a.Value
	}
	if picture, _ := said["picture"].(string); !strings.HasPrefix(picture, "ipfs://bafkrei") || said["license"] != "CC0-1.0" || said["safety"] != 0.97 || said["consent"] != true || said["born"] != 1769817600.0 || said["t0"] != "as published " && said["t0"] != "no" || said["t19"] != nil {
		t.Errorf("it shows %v", said)
	}
	for path, text := range filesOf(t, out) {
		if strings.Contains(string(text), canaryPrompt) {
			t.Errorf("%s has the hidden prompt", path)
		}
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(data), "0.97", "0.99", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	editBundle(t, out, "0", func(b *bundle.Bundle) { b.Document = strings.Replace(b.Document, "0.97", "0.99", 1) })
	if rejected := expect(t, console.ExitRejected, "verify", out, "--keys", store); !strings.Contains(rejected.stdout, "its SHA-256 is not the statement's metadata") {
		t.Errorf("another document: %s", rejected.stdout)
	}
}
