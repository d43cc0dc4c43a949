//go:build prover_checks

package genproof

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// maxBytes bounds the program as a release has it: with verifier.html in it, without what debuggers read, which is
// 15 MB more, without C, whose tables for secp256k1 are 1 MB, and without the writer of man pages.
const maxBytes = 45_000_000

// releasedProgram is genproof built as a release has it, from a tree that only the compiler sees.
func releasedProgram(t *testing.T) (program, html string) {
	t.Helper()
	dir := t.TempDir()
	run := func(name string, args ...string) {
		t.Helper()
		c := exec.Command(name, args...)
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	packed := filepath.Join(dir, "packed")
	run("go", "run", "./page/make", dir, packed)
	here, err := filepath.Abs("page/built/files/verifier.html.gz")
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{here: packed}})
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	var r releaser
	if err := yaml.Unmarshal([]byte(read(t, ".goreleaser.yaml")), &r); err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "genproof")
	args := append([]string{"build", "-overlay", filepath.Join(dir, "overlay.json"), "-ldflags=" + strings.Join(r.Builds[0].LDFlags, " "), "-o", program}, r.Builds[0].Flags...)
	run("go", append(args, r.Builds[0].Main)...)
	return program, filepath.Join(dir, "verifier.html")
}

// The program of a release is small, and has verifier.html in it: the same bytes as the release's file.
func TestSlowLinks_TheProgramIsSmallAndWhole(t *testing.T) {
	program, html := releasedProgram(t)
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if t.Logf("%d bytes", info.Size()); info.Size() > maxBytes {
		t.Errorf("genproof has %d bytes, want at most %d", info.Size(), maxBytes)
	}
	said := func(args ...string) (v struct {
		Verifier struct{ SHA256, CID string }
	}) {
		t.Helper()
		out, err := exec.Command(program, append([]string{"version", "--json"}, args...)...).Output()
		if err == nil {
			err = json.Unmarshal(out, &v)
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return v
	}
	if own, file := said(), said("--verifier", html); own != file || len(own.Verifier.SHA256) != 64 {
		t.Errorf("the program holds %+v, the release's file is %+v", own, file)
	}
}
