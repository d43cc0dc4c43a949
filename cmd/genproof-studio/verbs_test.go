package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
)

// holds judges a publication as everybody can.
func holds(t *testing.T, out string, cards int) {
	t.Helper()
	p, err := publication.Open(out, publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	r, err := p.JudgeDeck(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Counts.Complete || r.Counts.Holding != cards {
		t.Errorf("the publication: %s, %+v", r.Verdict, r.Counts)
	}
}

func TestProve_ProvesAndContinues(t *testing.T) {
	dir := newDeck(t, 3)
	prove := []string{"prove", dir, "--keys", keys(t), "--workers", "2", "--json"}
	r := decode[proveReport](t, succeed(t, prove...))
	if r.Proven != 3 || r.Reused != 0 || r.Folder != filepath.Join(dir, "out") {
		t.Errorf("%+v", r)
	}
	holds(t, r.Folder, 12)
	if err := os.Remove(filepath.Join(r.Folder, bundle.BatchPath(1))); err != nil {
		t.Fatal(err)
	}
	if r := decode[proveReport](t, succeed(t, prove...)); r.Proven != 1 || r.Reused != 2 {
		t.Errorf("%+v", r)
	}
	if text := succeed(t, "parked", "--studio", filepath.Join(dir, ".studio")).stdout; !strings.HasPrefix(text, "0 jobs are parked") {
		t.Error(text)
	}
}

func TestVerbs_SayWhatIsWrong(t *testing.T) {
	dir := newDeck(t, 1)
	complains(t, "has no keys of circuit deck/small", "prove", dir, "--keys", t.TempDir())
	complains(t, "there are no workers", "prove", dir, "--workers", "0")
	complains(t, "is not loopback", "prove", dir, "--keys", keys(t), "--listen", "0.0.0.0:0")
	complains(t, "there is no studio in", "workers", "list", "--studio", filepath.Join(t.TempDir(), "none"))
	complains(t, "there is no studio in", "parked", "--studio", filepath.Join(t.TempDir(), "none"))
	complains(t, "is no worker", "workers", "add", "age1abc", "--studio", t.TempDir())
	complains(t, "--identity is missing", "work", "--nats", "nats://127.0.0.1:1")
	key := filepath.Join(t.TempDir(), "age.key")
	succeed(t, "workers", "new", key)
	for _, verb := range [][]string{{"work", "--identity", key, "--coordinator", strings.Repeat("0", 64)}, {"prove", dir, "--keys", keys(t)}, {"serve", "--data", t.TempDir(), "--keys", keys(t)}} {
		complains(t, "--nats holds a name or password", append(verb, "--nats", "tls://a.example:4222,tls://me:hunter2@b.example:4222")...)
	}
	complains(t, "file exists", "workers", "new", key)
	complains(t, "is no public key", "work", "--nats", "nats://127.0.0.1:1", "--identity", key, "--coordinator", "abc")
	complains(t, "connecting to the queue", "work", "--nats", "nats://127.0.0.1:1", "--identity", key, "--coordinator", strings.Repeat("0", 64))
	if err := os.Chmod(key, 0o644); err != nil {
		t.Fatal(err)
	}
	complains(t, "others can read it", "work", "--nats", "nats://127.0.0.1:1", "--identity", key, "--coordinator", strings.Repeat("0", 64))
}

// start runs the program in a process of its own.
func start(t *testing.T, args ...string) (*exec.Cmd, io.Reader) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := exec.CommandContext(t.Context(), program, args...)
	p.Env = append(os.Environ(), asProgram+"=1")
	stderr, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill(); _ = p.Wait() })
	return p, stderr
}

// listening reads what a coordinator says of where it is.
func listening(t *testing.T, stderr io.Reader) (nats, coordinator string) {
	t.Helper()
	var where struct{ Nats, Coordinator string }
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if json.Unmarshal(lines.Bytes(), &where) == nil && where.Nats != "" {
			go func() { _, _ = io.Copy(io.Discard, stderr) }()
			return where.Nats, where.Coordinator
		}
	}
	t.Fatal("the coordinator does not say where it is")
	return "", ""
}

// A worker is enrolled, works in a process of its own, and is told of; once removed it gets nothing.
func TestWork_ProvesForAnotherProcess(t *testing.T) {
	dir, here := newDeck(t, 4), t.TempDir()
	studio := filepath.Join(dir, ".studio")
	key := filepath.Join(here, "age.key")
	worker := decode[newWorkerReport](t, succeed(t, "workers", "new", key, "--json")).Worker
	succeed(t, "workers", "add", worker, "--name", "attic", "--studio", studio)

	coordinator, stderr := start(t, "prove", dir, "--keys", keys(t), "--workers", "0", "--listen", "127.0.0.1:0", "--json")
	nats, public := listening(t, stderr)
	start(t, "work", "--nats", nats, "--coordinator", public, "--identity", key, "--cache", filepath.Join(here, "cache"), "--keys", filepath.Join(here, "store"))
	done := make(chan error, 1)
	go func() { done <- coordinator.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("it is not proven")
	}
	holds(t, filepath.Join(dir, "out"), 16)
	list := decode[[]workerReport](t, succeed(t, "workers", "list", "--studio", studio, "--json"))
	if len(list) != 1 || list[0].Proven != 4 || list[0].Label != "attic" || list[0].Bad != 0 || len(list[0].Seen) != 1 {
		t.Errorf("%+v", list)
	}
	for _, n := range list[0].Seen {
		if n != 4 {
			t.Errorf("it has seen %d batches, want 4", n)
		}
	}

	succeed(t, "workers", "remove", "attic", "--studio", studio)
	if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	_, stderr = start(t, "prove", dir, "--keys", keys(t), "--workers", "0", "--listen", "127.0.0.1:0", "--json")
	nats, _ = listening(t, stderr)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	refused := exec.CommandContext(ctx, os.Args[0], "work", "--nats", nats, "--coordinator", public, "--identity", key, "--cache", filepath.Join(here, "cache"))
	refused.Env = append(os.Environ(), asProgram+"=1")
	if out, err := refused.CombinedOutput(); err == nil || !strings.Contains(string(out), "Authorization Violation") {
		t.Errorf("a removed worker: %v, %s", err, out)
	}
}
