package drop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLoad_TakesTheBackend(t *testing.T) {
	for backend, want := range map[string]string{"": "cid/small", "backend: groth16": "cid/small", "backend: plonk": "cid/small/plonk"} {
		dir := filepath.Join(t.TempDir(), "foxes")
		if err := Init(dir, "foxes"); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, DefinitionFile)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(data), "circuit: cid/small", "circuit: cid/small\n"+backend, 1)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Load(dir)
		if err != nil || d.Circuit.String() != want {
			t.Errorf("%q: got %v, %v, want %s", backend, d, err, want)
		}
	}
}
