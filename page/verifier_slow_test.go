//go:build prover_checks

package page

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	published = "../testdata/published"
	deck      = "../testdata/deck"
	honest    = "holds only if the maker of this key was honest"
)

// maxBytes bounds the file.
const maxBytes = 2_400_000

var folder string // of verifier.html

// made are the files as releases have them, made once.
var made = sync.OnceValues(func() (dir string, err error) {
	if folder, err = os.MkdirTemp("", "verifier-page-test"); err != nil {
		return "", err
	}
	_, err = exec.Command("go", "run", "./make", folder).Output()
	return folder, err
})

// verifierFile returns the path of verifier.html.
func verifierFile(t *testing.T) string { return fileOf(t, File) }

func fileOf(t *testing.T, name string) string {
	t.Helper()
	dir, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

func TestMain(m *testing.M) {
	code := m.Run()
	if folder != "" {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

func TestSlowPage_JudgesWhatIsPublished(t *testing.T) {
	if n := len(read(t, verifierFile(t))); n > maxBytes {
		t.Errorf("the file has %d bytes, want at most %d", n, maxBytes)
	}
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	p.wait(t, `compiled !== null`)
	ready := eval[float64](t, p, `performance.now()`)
	for _, row := range []struct{ id, path, line string }{
		{"folder", published, honest + " (4 reservations): 3 tokens"},
		{"files", filepath.Join(published, "drop.car"), honest + " (4 reservations): 3 tokens"},
		{"folder", deck, honest + " (4 reservations): 12 cards"},
		{"files", filepath.Join(deck, "drop.car"), honest + " (4 reservations): 12 cards"},
	} {
		start := time.Now()
		got := p.judged(t, row.id, row.path)
		t.Logf("ready after %.1f s; %s judged in %.1f s", ready/1000, row.path, time.Since(start).Seconds())
		if got.Level != "amber" || got.Line != row.line || len(got.Reasons) > 0 || strings.Join(got.Badges, "") != strings.Repeat("amber", len(got.Badges)) {
			t.Errorf("%s: got %+v", row.path, got)
		}
	}
	p.quiet(t)
}
