package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/internal/console"
)

// binary builds the program: what happens to processes needs a real one.
var binary = sync.OnceValues(func() (string, error) {
	path := filepath.Join(filepath.Dir(sharedKeys), "genproof")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", &exec.Error{Name: string(out), Err: err}
	}
	return path, nil
})

// A process is the program while it proves.
type process struct {
	*exec.Cmd
	stdout, stderr bytes.Buffer
}

// startProving proves tokens 1 to 12 of a drawn drop.
func startProving(t *testing.T, dir string) *process {
	t.Helper()
	return start(t, "prove", "--drop", dir, "--tokens", "1-12", "--keys", keys(t), "--workers", "2")
}

func start(t *testing.T, args ...string) *process {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(path, args...)}
	p.Cmd.Stdout, p.Cmd.Stderr = &p.stdout, &p.stderr
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

func waitForBundles(t *testing.T, dir string, least int) {
	t.Helper()
	waitForFiles(t, filepath.Join(dir, "out", "bundles"), least)
}

// waitForFiles waits until a folder has so many.
func waitForFiles(t *testing.T, dir string, least int) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if found, _ := os.ReadDir(dir); len(found) >= least {
			return
		}
	}
	t.Fatalf("%s has no %d files", dir, least)
}

// kill ends a process that is still at work, as kill -9 does.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err == nil {
		t.Fatal("it was done before it was killed")
	}
}

// wholeBundles holds that every file among the bundles and documents is whole.
func wholeBundles(t *testing.T, dir string) int {
	t.Helper()
	out := filepath.Join(dir, "out")
	for name, data := range filesOf(t, filepath.Join(out, "documents")) {
		if document.CID(data) != filepath.Base(name) {
			t.Errorf("document %s is not whole", name)
		}
	}
	found := filesOf(t, filepath.Join(out, "bundles"))
	for name, data := range found {
		b, err := bundle.Unmarshal(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		read(t, out, "documents", b.CID)
	}
	return len(found)
}

func TestProcess_KilledWhileProving(t *testing.T) {
	dir := newDrop(t)
	p := startProving(t, dir)
	waitForBundles(t, dir, 2)
	p.kill(t)
	done := wholeBundles(t, dir)
	if done < 2 || done >= 12 {
		t.Fatalf("killed with %d bundles of 12", done)
	}
	if n := len(decode[verifyReport](t, succeed(t, "verify", filepath.Join(dir, "out"), "--keys", keys(t), "--json")).Tokens); n != done {
		t.Errorf("%d tokens verify, want %d", n, done)
	}
	again := decode[proveReport](t, succeed(t, "prove", "--drop", dir, "--tokens", "1-12", "--keys", keys(t), "--json"))
	if again.Reused != done || again.Proven != 12-done {
		t.Errorf("continued with %+v, want %d reused", again, done)
	}
	if n := wholeBundles(t, dir); n != 12 {
		t.Errorf("%d bundles in the end", n)
	}
	succeed(t, "verify", filepath.Join(dir, "out", "drop.car"), "--keys", keys(t))
}

func TestProcess_InterruptedWhileProving(t *testing.T) {
	dir := newDrop(t)
	p := startProving(t, dir)
	waitForBundles(t, dir, 1)
	if err := p.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait() // its exit code is looked at next
	if code := p.ProcessState.ExitCode(); code != console.ExitTrouble {
		t.Errorf("exit code %d, want %d", code, console.ExitTrouble)
	}
	want := "genproof: error: stopped\nhint: what is finished is kept: run the same again to continue\n"
	if got := p.stderr.String(); got != want || p.stdout.Len() > 0 {
		t.Errorf("stdout %q, stderr %q", &p.stdout, got)
	}
	if done := wholeBundles(t, dir); done < 1 || done >= 12 {
		t.Errorf("interrupted with %d bundles of 12", done)
	}
	left, err := os.ReadDir(filepath.Join(dir, "out", ".partial"))
	if err == nil && len(left) > 0 {
		t.Errorf("half-written files are left: %v", left)
	}
}

// gnark's log, which tests do not see, would go to stdout.
func TestProcess_StdoutIsTheReportAlone(t *testing.T) {
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	for _, args := range [][]string{
		{"setup", "root/small", "--keys", t.TempDir(), "--json"},
		{"prove", "--drop", newDrop(t), "--tokens", "1", "--keys", keys(t), "--json"},
	} {
		cmd := exec.Command(path, args...)
		stdout.Reset()
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %v: %s", args, err, &stderr)
		}
		if text := strings.TrimSpace(stdout.String()); !(text[0] == '[' && strings.HasSuffix(text, "]") || text[0] == '{' && strings.HasSuffix(text, "}")) || strings.Contains(text, "DBG") {
			t.Errorf("%v: stdout %s", args, text)
		}
		if stderr.Len() > 0 {
			t.Errorf("%v: stderr %s", args, &stderr)
		}
	}
}
