package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/internal/console"
)

// A log is kept, exported and checked against a head that somebody took away; what is private, and the key, stay.
func TestLog_IsKeptAndChecked(t *testing.T) {
	at := t.TempDir()
	key, dir, out := filepath.Join(at, "log.key"), filepath.Join(at, "log"), filepath.Join(at, "public")
	succeed(t, "attest", "new-key", key)
	_, secret, _ := strings.Cut(strings.TrimSpace(readText(t, key)), ":")
	name := filepath.Join(at, "name")
	write(t, name, "CANARY Ada Lovelace, ada@example.org")
	var said []string
	run := func(args ...string) result {
		t.Helper()
		r := succeed(t, append(args, "--log-level", "trace")...)
		said = append(said, r.stdout, r.stderr)
		return r
	}
	for range 3 {
		run("log", "append", dir, "--key", key, "--kind", "looked", "--about", name, "--text", "card 1", "--private", name)
	}
	head := filepath.Join(at, "head.json")
	write(t, head, run("log", "head", dir, "--json").stdout)
	backup := filepath.Join(at, "backup")
	if err := os.CopyFS(backup, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	run("log", "append", dir, "--key", key, "--text", "the last")
	later := strings.Fields(run("log", "head", dir).stdout)[0]
	run("log", "export", dir, "--out", out)
	r := decode[logReport](t, run("log", "verify", out, "--head", head, "--head", later, "--json"))
	if r.Verdict != "holds" || r.Entries != 4 || r.Heads != 4 || len(r.Checked) != 2 || len(r.Unknown) != 0 {
		t.Errorf("verified: %+v", r)
	}
	if alone := decode[logReport](t, run("log", "verify", out, "--json")); len(alone.Unknown) != 1 {
		t.Errorf("without a head: %+v", alone)
	}
	if r := expect(t, console.ExitRejected, "log", "verify", backup, "--head", later); !strings.Contains(r.stdout, "rejected: rollback: head 3 was signed, and the log ends with entry 2") {
		t.Errorf("a restored backup: %s", r.stdout)
	}
	replace(t, filepath.Join(backup, log.EntriesFile), "card 1", "card 2")
	if r := expect(t, console.ExitRejected, "log", "verify", backup); !strings.Contains(r.stdout, "rejected: changed: entry 0") {
		t.Errorf("a changed entry: %s", r.stdout)
	}
	refuses(t, "changed: entry 0", "nothing is added", "log", "append", backup, "--key", key, "--text", "x")
	for file, data := range filesOf(t, out) {
		said = append(said, file, string(data))
	}
	for _, text := range append(said, readText(t, head)) {
		if strings.Contains(text, "CANARY") || strings.Contains(text, "43414e415259") || strings.Contains(text, secret) {
			t.Errorf("it shows %s", text)
		}
	}
}
