package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// What everybody on a machine, and everybody else of the same user, can see of a server that has a token, a
// vault with a passphrase and recipients: no secret, no memory, no core dump.
func TestServe_ShowsNoSecretInProc(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	const passphrase = "CANARY correct horse"
	write(t, at("passphrase"), passphrase+"\n")
	succeed(t, "vault", "new", at("vault.key"), "--vault-passphrase", at("passphrase"))
	token := decode[map[string]any](t, succeed(t, "tokens", "new", "--data", at("data"), "--tenant", "foxes", "--scope", "author", "--json"))["token"].(string)
	s := serving(t, at("data"), token, "--vault", at("vault.key"), "--vault-passphrase", at("passphrase"), "--workers", "0", "--listen", "127.0.0.1:0")
	defer s.stop()
	s.collection("CANARY-licence")
	key, err := os.ReadFile(filepath.Join(at("data"), ".studio", "coordinator.key"))
	if err != nil {
		t.Fatal(err)
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(key)))
	if err != nil {
		t.Fatal(err)
	}
	secrets := [][]byte{[]byte("CANARY"), []byte(token), []byte("AGE-SECRET-KEY"), bytes.TrimSpace(key), seed}
	proc := fmt.Sprintf("/proc/%d", s.process.Process.Pid)
	for _, name := range []string{"cmdline", "environ", "comm", "status", "limits"} {
		data, err := os.ReadFile(filepath.Join(proc, name))
		if os.IsPermission(err) && name == "environ" {
			continue // for nobody of this user
		}
		if err != nil || len(data) == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		for _, secret := range secrets {
			if bytes.Contains(data, secret) {
				t.Errorf("%s shows a secret: %q", name, data)
			}
		}
		if name == "limits" && !strings.Contains(strings.Join(strings.Fields(string(data)), " "), "Max core file size 0 0 bytes") {
			t.Errorf("it may dump its memory: %s", data)
		}
	}
	links, err := os.ReadDir(filepath.Join(proc, "fd"))
	if err != nil && !os.IsPermission(err) {
		t.Fatal(err)
	}
	for _, e := range links {
		if to, err := os.Readlink(filepath.Join(proc, "fd", e.Name())); err == nil && (strings.Contains(to, "vault.key") || strings.Contains(to, "passphrase")) {
			t.Errorf("it keeps %s open", to)
		}
	}
}

// asLocked makes the tests' binary a program that tells what locked has done to it.
const asLocked = "GENPROOF_TEST_LOCKED"

func init() {
	if os.Getenv(asLocked) == "" {
		return
	}
	code := locked([]string{"genproof-studio", "--help"}, strings.NewReader(""), io.Discard, os.Stderr)
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	fmt.Println(code, dumpable, err)
	os.Exit(0)
}

// Other processes of the same user cannot look into the program's memory: the kernel gives what is below its
// /proc to root, and lets nobody trace it.
func TestMain_LocksItsMemory(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program)
	c.Env = append(os.Environ(), asLocked+"=1")
	if out, err := c.CombinedOutput(); err != nil || string(out) != "0 0 <nil>\n" {
		t.Errorf("%s, %v", out, err)
	}
}
