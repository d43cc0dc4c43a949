//go:build prover_checks

package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSlowBuild_IsTheSameEverywhere builds the program in two folders, the second time with
// nothing that was compiled before.
func TestSlowBuild_IsTheSameEverywhere(t *testing.T) {
	elsewhere := t.TempDir()
	list := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.go", "*.mod", "*.sum", "circuits", "bundle", "verifier")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Skip("this is no git repository: ", err)
	}
	for name := range strings.SplitSeq(strings.TrimRight(string(out), "\x00"), "\x00") {
		data, err := os.ReadFile(filepath.Join("../..", name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // it is deleted and not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(elsewhere, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o755), os.WriteFile(to, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	var built [2][]byte
	if built[0], err = os.ReadFile(build(t, ".")); err != nil {
		t.Fatal(err)
	}
	if built[1], err = os.ReadFile(build(t, filepath.Join(elsewhere, "cmd/verify-wasm"), "GOCACHE="+t.TempDir())); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(built[0], built[1]) {
		t.Errorf("two folders make two programs, of %d and %d bytes", len(built[0]), len(built[1]))
	}
	home, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{home, elsewhere, strings.TrimSpace(string(root))} {
		if bytes.Contains(built[0], []byte(path+"/")) || bytes.Contains(built[1], []byte(path+"/")) {
			t.Errorf("the program holds the path %s of who built it", path)
		}
	}
}
