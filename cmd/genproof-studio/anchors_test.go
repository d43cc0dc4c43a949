package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/internal/console"
)

// A server gives the heads of its logs away, and does not begin on an old copy of its folder.
func TestServe_AnchorsAndRefusesThePast(t *testing.T) {
	dir := t.TempDir()
	data, file, old := filepath.Join(dir, "data"), filepath.Join(dir, "anchors"), filepath.Join(dir, "old")
	token := decode[map[string]any](t, succeed(t, "tokens", "new", "--data", data, "--tenant", "foxes", "--scope", "author", "--json"))["token"].(string)
	s := serving(t, data, token, "--workers", "0", "--anchor", file)
	s.ask(201, "POST", "/v1/drops", `{"name": "Foxes"}`)
	s.stop()
	if out, err := exec.Command("cp", "-a", data, old).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s = serving(t, data, token, "--workers", "0", "--anchor", file)
	waitForLine(t, file)
	s.ask(201, "POST", "/v1/drops", `{"name": "More"}`)
	s.stop()
	s = serving(t, data, token, "--workers", "0", "--anchor", file)
	for range 100 {
		if text, _ := os.ReadFile(file); strings.Count(string(text), "\n") == 2 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	if r := decode[anchorsReport](t, succeed(t, "anchors", "--data", data, "--anchor", file, "--json")); r.Verdict != "holds" || r.Anchors != 2 {
		t.Errorf("%+v", r)
	}
	complains(t, "rollback", "serve", "--data", old, "--keys", keys(t), "--anchor", file)
	if got := call("anchors", "--data", old, "--anchor", file, "--json"); got.code != console.ExitRejected || !strings.Contains(got.stdout, "rollback") {
		t.Errorf("%d %s %s", got.code, got.stdout, got.stderr)
	}
	complains(t, "lie where the logs are", "serve", "--data", data, "--keys", keys(t), "--anchor", filepath.Join(data, "anchors"))
}

func waitForLine(t *testing.T, file string) {
	t.Helper()
	for range 100 {
		if text, err := os.ReadFile(file); err == nil && strings.HasSuffix(string(text), "\n") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("nothing is anchored")
}
