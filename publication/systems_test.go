package publication_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// What a system leaves in folders that people look at is no part of a publication.
func TestOpen_PassesOverFilesOfSystems(t *testing.T) {
	dir := copied(t)
	if err := os.MkdirAll(filepath.Join(dir, bundle.AttestationsDir), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{".", bundle.BundlesDir, bundle.DocumentsDir, bundle.AttestationsDir} {
		for _, name := range []string{".DS_Store", "thumbs.db", "desktop.ini"} {
			write(t, []byte("x"), dir, folder, name)
		}
	}
	for _, path := range []string{published, dir} {
		p, err := publication.Open(path, trust)
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Judge(t.Context())
		if err != nil || r.Verdict == verifier.Rejected || len(p.Attestations) != 0 {
			t.Errorf("%s: %+v, %v", path, r, err)
		}
	}
	write(t, []byte("x"), dir, bundle.BundlesDir, "DS_Store")
	p, err := publication.Open(dir, trust)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := p.Judge(t.Context()); err != nil || r.Verdict != verifier.Rejected {
		t.Errorf("a bundle of another name: %+v, %v", r, err)
	}
}
