package outgoing_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/publication/outgoing"
)

// What somebody has put into an output folder besides what is published stays there.
func TestNames_AreOfWhatIsPublished(t *testing.T) {
	for _, published := range []string{"deck", "published"} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("../../testdata", published))); err != nil {
			t.Fatal(err)
		}
		strays := []string{"secrets.yaml", "claims.csv", "documents/notes.txt", "batches/99.json", "bundles/notes.txt", "attestations/notes.json"}
		for _, name := range strays {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("hidden"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		folder, err := files.OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer folder.Close()
		names, err := outgoing.Names(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if slices.Contains(strays, name) || strings.HasSuffix(name, ".car") {
				t.Errorf("%s: %s is published", published, name)
			}
		}
		if want := map[string]int{"deck": 3 + 3 + 12 + 12, "published": 3 + 3 + 3}[published]; len(names) != want {
			t.Errorf("%s: %d files, want %d: %v", published, len(names), want, names)
		}
	}
}
