//go:build prover_checks

package genproof

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// maxBytes bounds the program as it is given to people: without what debuggers read, which
// is 15 MB more.
const maxBytes = 45_000_000

func TestSlowLinks_TheProgramIsSmall(t *testing.T) {
	program := filepath.Join(t.TempDir(), "genproof")
	if out, err := exec.Command("go", "build", "-ldflags=-s", "-o", program, "./cmd/genproof").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > maxBytes {
		t.Errorf("genproof has %d bytes, want at most %d", info.Size(), maxBytes)
	}
}
