package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// ptauFile is one of the files that snarkjs made.
func ptauFile(name string) string {
	return filepath.Join("..", "..", "setup", "ptau", "testdata", name)
}

func TestSetupPtau_TellsWhoContributed(t *testing.T) {
	digest := sha256.Sum256(read(t, ptauFile("small.ptau")))
	r := decode[ptauReport](t, succeed(t, "setup", "ptau", ptauFile("small.ptau"), "--power", "2", "--sha256", hex.EncodeToString(digest[:]), "--json"))
	if r.SHA256 != hex.EncodeToString(digest[:]) || r.FilePower != 3 || r.Power != 2 || !r.ChainVerified || r.ChainWhy != "" || len(r.Contributions) != 3 {
		t.Fatalf("report %+v", r)
	}
	said := strings.Join(strings.Fields(string(read(t, ptauFile("verify.txt")))), "")
	for i, name := range []string{"first ünï", "second", "final"} {
		c := r.Contributions[i]
		if c.Name != name || c.Beacon != (i == 2) || (c.BeaconValue != "") != (i == 2) || len(c.ResponseHash) != 128 ||
			!strings.Contains(said, c.ResponseHash) || !strings.Contains(said, c.NextChallenge) {
			t.Errorf("contribution %d: %+v", i+1, c)
		}
	}
	text := succeed(t, "setup", "ptau", ptauFile("small.ptau")).stdout
	for _, want := range []string{`"first ünï"`, "beacon 0102", "2^10 iterations", r.Contributions[1].ResponseHash, r.SHA256, "was verified", "are in no file"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not told: %s", want, text)
		}
	}
}

func TestSetupPtau_SaysWhatItCouldNotVerify(t *testing.T) {
	r := decode[ptauReport](t, succeed(t, "setup", "ptau", ptauFile("cut.ptau"), "--json"))
	if r.ChainVerified || !strings.Contains(r.ChainWhy, "cut") || r.FilePower != 2 || r.Power != 2 {
		t.Errorf("report %+v", r)
	}
	if text := succeed(t, "setup", "ptau", ptauFile("cut.ptau")).stdout; !strings.Contains(text, "NOT VERIFIED IN FULL: "+r.ChainWhy) || strings.Contains(text, "was verified") {
		t.Errorf("a chain that was not verified in full: %s", text)
	}
}

// TestSetupPtau_NamesDoNothingToATerminal: nothing binds a name, so anybody may change one.
func TestSetupPtau_NamesDoNothingToATerminal(t *testing.T) {
	for _, name := range []string{"\x1b[2Jx", "a\nb\tc", "\u202eab"} {
		path := filepath.Join(t.TempDir(), "named.ptau")
		if err := os.WriteFile(path, bytes.Replace(read(t, ptauFile("small.ptau")), []byte("final"), []byte(name), 1), 0o600); err != nil {
			t.Fatal(err)
		}
		text := succeed(t, "setup", "ptau", path).stdout
		if strings.Contains(text, name) || !strings.Contains(text, "  3  \"") {
			t.Errorf("the name %q is told as %q", name, text)
		}
	}
}

func TestSetupPtau_Refuses(t *testing.T) {
	file := ptauFile("small.ptau")
	changed := filepath.Join(t.TempDir(), "changed.ptau")
	data := read(t, file)
	data[len(data)/2] ^= 1
	if err := os.WriteFile(changed, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		want string
		args []string
	}{
		{"got 0 operands", nil},
		{"got 2 operands", []string{file, file}},
		{"no such file", []string{"none.ptau"}},
		{"section ", []string{changed}},
		{"not the pinned one", []string{file, "--sha256", strings.Repeat("ab", 32)}},
		{"64 hex digits", []string{file, "--sha256", "ab"}},
		{"want 2^4", []string{file, "--power", "4"}},
		{"want at least 1", []string{file, "--power", "0"}},
		{"want at least 1", []string{file, "--power", "-3"}},
		{"want 2^15", []string{file, "--circuit", "root/small"}},
		{"no circuit", []string{file, "--circuit", "root/tiny"}},
		{"no circuit", []string{file, "--circuit", "all"}},
		{"both given", []string{file, "--circuit", "root/small", "--power", "3"}},
	} {
		complains(t, console.ExitTrouble, row.want, append([]string{"setup", "ptau"}, row.args...)...)
	}
}

// TestSetup_IsStillAVerb: circuits are operands of setup, whatever is below it.
func TestSetup_IsStillAVerb(t *testing.T) {
	complains(t, console.ExitTrouble, `no circuit "ptau2"`, "setup", "ptau2")
}
