package drop

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// seeded is a repeatable source of bytes.
func seeded(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// sample writes a sample drop with repeatable secrets into a new folder.
func sample(t testing.TB, template string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := templateFiles(template)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := CreateSecrets(dir, true, seeded(1)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestLoad_ReadsTheSamples(t *testing.T) {
	for _, template := range Templates() {
		d, err := Load(sample(t, template))
		if err != nil {
			t.Fatalf("%s: %v", template, err)
		}
		n := 0
		for _, c := range d.Policy.Program.Clauses {
			n += len(c)
		}
		for i, l := range d.model.Layers {
			t.Log(i, len(l.Tables))
		}
		t.Log(d.Name, n, d.Policy.Rules)
		if _, err := d.Token(7, [20]byte{}); err != nil {
			t.Fatal(err)
		}
	}
}

var _ = bytes.Equal
