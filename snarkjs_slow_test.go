//go:build prover_checks

package genproof

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSlowExport_SnarkjsAgrees lets snarkjs verify an exported proof, and refuse it for
// other public inputs. It needs npm.
func TestSlowExport_SnarkjsAgrees(t *testing.T) {
	tools := t.TempDir()
	if err := os.CopyFS(tools, os.DirFS("testdata/snarkjs")); err != nil {
		t.Fatal(err)
	}
	command(t, tools, nil, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	snarkjs := filepath.Join(tools, "node_modules", ".bin", "snarkjs")

	binary := filepath.Join(t.TempDir(), "genproof")
	command(t, ".", nil, "go", "build", "-o", binary, "./cmd/genproof")
	folder := t.TempDir()
	keys := []string{"XDG_CACHE_HOME=" + t.TempDir()}
	command(t, folder, keys, binary, "init", "foxes")
	drop := filepath.Join(folder, "foxes")
	replace(t, filepath.Join(drop, "drop.yaml"), "cid/small", "root/small")
	command(t, drop, keys, binary, "setup")
	command(t, drop, keys, binary, "prove", "--tokens", "7")
	command(t, drop, keys, binary, "export", "snarkjs", "--out", "snarkjs", "out")

	exported := filepath.Join(drop, "snarkjs")
	arguments := []string{"groth16", "verify", "verification_key.json", "public.json", "proof.json"}
	if out := command(t, exported, nil, snarkjs, arguments...); !strings.Contains(out, "OK!") {
		t.Errorf("snarkjs: %s", out)
	}
	replace(t, filepath.Join(exported, "public.json"), `"`, `"1`)
	refused := exec.Command(snarkjs, arguments...)
	refused.Dir = exported
	if out, err := refused.CombinedOutput(); err == nil {
		t.Errorf("snarkjs accepts other inputs: %s", out)
	}
}

// command runs a program that must succeed and returns what it writes.
func command(t *testing.T, dir string, env []string, name string, arguments ...string) string {
	t.Helper()
	c := exec.Command(name, arguments...)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, out)
	}
	return string(out)
}

// replace changes the first occurrence of a text in a file.
func replace(t *testing.T, path, old, new string) {
	t.Helper()
	text := read(t, path)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not contain %q", path, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(text, old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}
