package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// A deck whose documents have random members is proven and verifies as any other, and cannot be
// guessed.
func TestDeck_WithRandomMembers(t *testing.T) {
	plain := decode[deckCheckReport](t, succeed(t, "check", "--drop", importShape(t, "hashlips"), "--json"))
	dir := filepath.Join(t.TempDir(), "deck")
	r := succeed(t, "import", "../../engine/testdata/hashlips", "--out", dir, "--random-member", "salt")
	first, _, _ := strings.Cut(r.stdout, "\n")
	if !strings.Contains(first, `one member, "salt"`) || !strings.Contains(first, "128 bits of fresh randomness") {
		t.Errorf("the first line is %q", first)
	}
	replace(t, filepath.Join(dir, "drop.yaml"), "documents: open", "documents: sealed")
	if got := decode[deckCheckReport](t, succeed(t, "check", "--drop", dir, "--json")).Bits; got != plain.Bits+128 || plain.Bits > 80 {
		t.Errorf("%.1f bits to guess, %.1f without the member", got, plain.Bits)
	}
	succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--reveal")
	var v deckReport
	if err := json.Unmarshal([]byte(succeed(t, "verify", filepath.Join(dir, "out"), "--keys", sharedKeys, "--json").stdout), &v); err != nil {
		t.Fatal(err)
	}
	if !v.Counts.Complete || v.Verdict != "amber" || !strings.Contains(strings.Join(v.Cards[0].Words, " "), "salt") {
		t.Errorf("verdict %s, counts %+v, words %q", v.Verdict, v.Counts, v.Cards[0].Words)
	}
}

// Bits are counted only where every document has randomness of its own.
func TestCheck_SeesRandomMembers(t *testing.T) {
	value := regexp.MustCompile(`"salt": "[0-9a-f]{32}"`)
	document := func(dir string, n int) string { return filepath.Join(dir, "documents", fmt.Sprintf("%d.json", n)) }
	for want, change := range map[string]func(dir string) string{
		"documents/3.json: it has no member": func(dir string) string {
			return value.ReplaceAllString(readText(t, document(dir, 3)), `"pepper": "1"`)
		},
		"documents/3.json: it has no member \"salt\" of 32": func(dir string) string {
			return value.ReplaceAllString(readText(t, document(dir, 3)), `"salt": "`+strings.Repeat("A", 32)+`"`)
		},
		"documents/3.json: its random member is that of card 1": func(dir string) string {
			return value.ReplaceAllString(readText(t, document(dir, 3)), value.FindString(readText(t, document(dir, 1))))
		},
	} {
		dir := importShape(t, "hashlips", "--random-member", "salt")
		if err := os.WriteFile(document(dir, 3), []byte(change(dir)), 0o644); err != nil {
			t.Fatal(err)
		}
		complains(t, console.ExitTrouble, want, "check", "--drop", dir)
	}
	complains(t, console.ExitTrouble, "the name is empty", "import", "../../engine/testdata/hashlips", "--out", filepath.Join(t.TempDir(), "deck"), "--random-member", "")
}
