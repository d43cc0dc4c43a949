package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// An import into a deck that was there says what it changed, with and without an out folder.
func TestImport_SaysWhatAReimportChanged(t *testing.T) {
	const from = "../../engine/testdata/hashlips"
	dir, table := filepath.Join(t.TempDir(), "deck"), filepath.Join(t.TempDir(), "table.csv")
	write(t, table, "card,licence\n0,CC0\n")
	args := []string{"import", from, "--out", dir, "--hidden", table}
	if r := succeed(t, args...); strings.Contains(r.stdout, "CHANGED") || !strings.Contains(r.stdout, "first token 1 (by the documents' names)") {
		t.Errorf("a first import says\n%s", r.stdout)
	}
	if r := succeed(t, args...); !strings.Contains(r.stdout, "Nothing has changed in "+dir) {
		t.Errorf("the same import says\n%s", r.stdout)
	}
	write(t, filepath.Join(dir, "documents", "3.json"), "{}")
	if r := succeed(t, args...); !strings.Contains(r.stdout, "CHANGED in "+dir) || !strings.Contains(r.stdout, "documents: 1 replaced (3.json)") || strings.Contains(r.stdout, "What out holds") {
		t.Errorf("an import over an edit says\n%s", r.stdout)
	}
	write(t, filepath.Join(dir, "documents", "3.json"), "{}")
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	if r := succeed(t, args...); !strings.Contains(r.stdout, "documents: 1 replaced (3.json)") || !strings.Contains(r.stdout, "What out holds") {
		t.Errorf("an import beside out says\n%s", r.stdout)
	}
	write(t, table, "card,licence\n0,canary-51\n")
	complains(t, console.ExitTrouble, "--replace-hidden", args...)
	if r := succeed(t, append(args, "--replace-hidden")...); !strings.Contains(r.stdout, "claims.csv: 1 replaced") || strings.Contains(r.stdout+r.stderr, "canary-51") {
		t.Errorf("a replaced table: \n%s", r.stdout)
	}
}

// What is proven is looked at once more by check: a document may have been edited, or written by others.
func TestCheck_TellsOfPlaceholders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deck")
	succeed(t, "import", "../../engine/testdata/hashlips", "--out", dir)
	if r := succeed(t, "check", "--drop", dir); strings.Contains(r.stdout, "PLACEHOLDERS") {
		t.Errorf("check says\n%s", r.stdout)
	}
	write(t, filepath.Join(dir, "documents", "3.json"), "\uFEFF{\"clip\": \"https://your-site.example/4.mp4\"}")
	want := `such as "https://your-site.example/4.mp4" in the document of card 3: cards 3`
	if r := call("", "check", "--drop", dir); !strings.Contains(r.stdout, want) {
		t.Errorf("check says\n%s%s", r.stdout, r.stderr)
	}
}
