package drop_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
)

// A deck whose hidden files are given makes the commitment that it makes with the files in its folder, and
// needs none of them there.
func TestLoadSealedDeck_CommitsAlike(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deck")
	if _, err := engine.Import(t.Context(), engine.Options{From: "../engine/testdata/hashlips", To: dir, Hidden: "../engine/testdata/hidden/claims.csv"}); err != nil {
		t.Fatal(err)
	}
	if err := drop.CreateSecrets(dir, false, strings.NewReader(strings.Repeat("CANARY-of-31-bytes-or-some-more", 10))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, drop.PolicyFile), []byte("true\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	open, err := drop.LoadDeck(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	hidden := drop.HiddenFiles{}
	for _, name := range drop.HiddenNames() {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		hidden[name] = data
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if len(hidden) != 2 {
		t.Fatalf("%d hidden files", len(hidden))
	}
	if _, err := drop.LoadDeck(t.Context(), dir, nil); err == nil {
		t.Error("a deck without its secrets is loaded")
	}
	sealed, err := drop.LoadSealedDeck(t.Context(), dir, hidden, nil)
	if err != nil || sealed.Model != open.Model {
		t.Errorf("%v, %v and %v", err, sealed, open)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", hidden, hidden, hidden, hidden); strings.Contains(text, "seed") {
		t.Error("hidden files print what they hold")
	}
}
