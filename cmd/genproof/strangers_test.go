//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/genproof/genproof/internal/console"
)

// Nothing that a user names may hang a verb for ever: a pipe without a writer did.
func TestFiles_PipesAreRefusedAtOnce(t *testing.T) {
	dir, out := newDrop(t), publishedCopy(t)
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	moved := publishedCopy(t)
	description := filepath.Join(moved, "drop.json")
	if err := os.Remove(description); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(description, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"verify", out, "--drop", pipe}, {"verify", out, "--key", pipe}, {"verify", pipe}, {"verify", moved},
		{"setup", "root/small/plonk", "--ptau", pipe, "--keys", t.TempDir()}, {"inspect", pipe},
		{"receipt", "sign", "--drop", pipe, "--key", pipe, "--claims", pipe, "--tokens", "1", "--out", filepath.Join(dir, "r")},
		{"deploy", "--drop", dir, "--rpc", "http://127.0.0.1:1", "--key-file", pipe, "--keys", keys(t)},
	} {
		start := time.Now()
		r := call("", args...)
		if r.code != console.ExitTrouble || !strings.Contains(r.stderr, "regular file") && !strings.Contains(r.stderr, "neither a file nor a folder") && args[0] != "deploy" {
			t.Errorf("genproof %s: exit code %d: %s", strings.Join(args, " "), r.code, r.stderr)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("genproof %s took %v", strings.Join(args, " "), took)
		}
	}
}

// The key that pays is a secret like any other.
func TestKeyFile_MustBeItsOwnersAlone(t *testing.T) {
	_, sender := chainDrop(t, "none")
	for i, arg := range sender {
		if arg != "--key-file" {
			continue
		}
		if err := os.Chmod(sender[i+1], 0o644); err != nil {
			t.Fatal(err)
		}
		complains(t, console.ExitTrouble, "others can read it (mode 0644)", with("open", sender)...)
		complains(t, console.ExitTrouble, "hint: chmod 600", with("open", sender)...)
		return
	}
	t.Fatal("the sender names no key file")
}

// A recipient or contract that is mistyped is nobody's.
func TestAddresses_AreCheckedEverywhere(t *testing.T) {
	const wrong = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d35A" // another last digit than EIP-55's example
	dir := newDrop(t)
	for _, address := range []string{wrong, wrong[2:]} {
		complains(t, console.ExitTrouble, "mistyped", "prove", "--drop", dir, "--tokens", "1", "--recipient", address, "--keys", keys(t))
	}
	replace(t, filepath.Join(dir, "drop.yaml"), "authority: ", "beacon: {chain_id: 1, contract: \""+wrong+"\", entropy: \"0x"+strings.Repeat("e7", 32)+"\"}\nauthority: ")
	complains(t, console.ExitTrouble, "drop.yaml:", "commit", "--drop", dir)
	complains(t, console.ExitTrouble, "mistyped", "commit", "--drop", dir)
}

// What a person gets wrong first is answered with what to do.
func TestTexts_SayWhatToDo(t *testing.T) {
	dir, out := newDrop(t), publishedCopy(t)
	names, err := os.ReadDir(filepath.Join(out, "documents"))
	if err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitTrouble, "this is a token's document, not its bundle", "verify", filepath.Join(out, "documents", names[0].Name()))
	complains(t, console.ExitTrouble, "hint: genproof prove makes an output folder", "verify", filepath.Join(dir, "out"))
	complains(t, console.ExitTrouble, "there is none yet", "commit", "--drop", dir, "--out", filepath.Join(dir, "drop.json"), "--keys", t.TempDir())
	complains(t, console.ExitTrouble, "names no contract", "verify", out, "--keys", keys(t), "--rpc", serveNode(t, 1337))
	key := filepath.Join(t.TempDir(), "authority.key")
	succeed(t, "receipt", "new-key", key)
	complains(t, console.ExitTrouble, "file exists", "receipt", "new-key", key)
}
