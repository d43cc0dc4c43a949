//go:build prover_checks

package genproof

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// maxBytes bounds the program as a release has it: without what debuggers read, which is 15 MB more,
// without C, whose tables for secp256k1 are 1 MB, and without the writer of man pages.
const maxBytes = 45_000_000

func TestSlowLinks_TheProgramIsSmall(t *testing.T) {
	program := filepath.Join(t.TempDir(), "genproof")
	build := exec.Command("go", "build", "-trimpath", "-tags=urfave_cli_no_docs", "-gcflags=cel.dev/...=-l", "-ldflags=-s -w -buildid=", "-o", program, "./cmd/genproof")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
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
