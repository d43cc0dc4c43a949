//go:build prover_checks

package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/service/state"
)

// A pack is a coordinator and workers, each a process that is killed and started again.
type pack struct {
	t         *testing.T
	args      [][]string
	processes []*exec.Cmd
	ended     []chan error
	retried   int // parked jobs
}

func (p *pack) start(i int) {
	p.t.Helper()
	program, err := os.Executable()
	if err != nil {
		p.t.Fatal(err)
	}
	c := exec.Command(program, p.args[i]...)
	c.Env = append(os.Environ(), asProgram+"=1")
	c.Stdout, c.Stderr = io.Discard, io.Discard
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	p.processes[i], p.ended[i] = c, ended
}

func (p *pack) kill(i int) {
	_ = p.processes[i].Process.Kill()
	<-p.ended[i]
}

// retry starts a coordinator that has ended with jobs that were given out too often, as they are when
// whoever has them is killed again and again: a person lets them be given out once more.
func (p *pack) retry(folder *state.Folder) {
	p.t.Helper()
	n, err := folder.Retry(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	p.retried += n
	p.start(0)
}

// revive starts what has ended by itself: a worker whose coordinator was away too long.
func (p *pack) revive() {
	for i := 1; i < len(p.args); i++ {
		select {
		case <-p.ended[i]:
			p.start(i)
		default:
		}
	}
}

// A prey is what is proven while processes are killed.
type prey struct {
	dir     string
	args    []string // of prove
	results string   // the folder in out that has a file for each job
	what    string   // what jobs are called
	first   int
	jobs    int
	holds   func(t *testing.T, out string)
}

// Coordinator and workers are killed fifty times, at any moment, now and then all at once. Nothing
// that was proven is lost or replaced, nothing is proven twice, and all is proven in the end.
func TestLongStudio_KilledAtRandom(t *testing.T) {
	t.Run("deck", func(t *testing.T) {
		killedAtRandom(t, 50, prey{newDeck(t, 200), nil, bundle.BatchesDir, "batch", 0, 200, func(t *testing.T, out string) { holds(t, out, 800) }})
	})
	t.Run("tokens", func(t *testing.T) {
		killedAtRandom(t, 12, prey{newDrop(t), []string{"--tokens", "1-400", "--share-secrets"}, bundle.BundlesDir, "token", 1, 400, func(t *testing.T, out string) { holdTokens(t, out, 400) }})
	})
}

func killedAtRandom(t *testing.T, kills int, it prey) {
	dir, here := it.dir, t.TempDir()
	studio, out := filepath.Join(dir, ".studio"), filepath.Join(dir, "out")
	results := filepath.Join(out, it.results)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	p := &pack{t: t, processes: make([]*exec.Cmd, 3), ended: make([]chan error, 3)}
	p.args = append(p.args, append([]string{"prove", dir, "--keys", keys(t), "--workers", "0", "--listen", address, "--ack-wait", "3s"}, it.args...))
	folder, err := state.Open(studio)
	if err != nil {
		t.Fatal(err)
	}
	public, err := folder.Public()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		key := filepath.Join(here, fmt.Sprintf("%d.key", i))
		succeed(t, "workers", "add", decode[newWorkerReport](t, succeed(t, "workers", "new", key, "--json")).Worker, "--name", fmt.Sprint(i), "--studio", studio)
		p.args = append(p.args, []string{"work", "--nats", "nats://" + address, "--coordinator", fmt.Sprintf("%x", public), "--identity", key, "--cache", filepath.Join(here, "cache"), "--keys", filepath.Join(here, "store")})
	}
	for i := range p.args {
		p.start(i)
	}
	defer func() {
		for i := range p.args {
			p.kill2(i)
		}
	}()
	seen := map[string][32]byte{}
	for n := 0; n < kills; {
		if n%3 == 0 { // there is something new to lose
			awaitMore(results, len(seen))
		}
		time.Sleep(time.Duration(rand.IntN(1500)) * time.Millisecond)
		select {
		case err := <-p.ended[0]:
			if err == nil {
				p.ended[0] <- nil
				t.Fatalf("it was proven after %d kills: there has to be more to prove", n)
			}
			p.retry(folder)
			continue
		default:
		}
		victims := []int{rand.IntN(3)}
		if n%10 == 9 {
			victims = []int{0, 1, 2}
		}
		for _, i := range victims {
			p.kill(i)
		}
		n++
		unchanged(t, results, seen)
		for _, i := range victims {
			p.start(i)
		}
		p.revive()
	}
	t.Logf("%d of %d after %d kills", len(seen), it.jobs, kills)
	deadline := time.After(20 * time.Minute)
	for done := false; !done; {
		select {
		case err := <-p.ended[0]:
			if done = err == nil; !done {
				p.retry(folder)
			}
		case <-deadline:
			t.Fatal("it is not proven")
		case <-time.After(time.Second):
			p.revive()
		}
	}
	p.ended[0] <- nil
	unchanged(t, results, seen)
	it.holds(t, out)
	provenOnce(t, folder, it.what, it.first, it.jobs)
	t.Logf("%d jobs were parked, and given out again", p.retried)
}

// awaitMore waits for more proofs than there were, for a while.
func awaitMore(results string, before int) {
	for range 300 {
		entries, _ := os.ReadDir(results) // it may not be there yet
		if len(entries) > before {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// kill2 is kill of what may have ended and been heard of.
func (p *pack) kill2(i int) { _ = p.processes[i].Process.Kill() }

// unchanged sees that every proof that was ever there is there as it was.
func unchanged(t *testing.T, results string, seen map[string][32]byte) {
	t.Helper()
	entries, err := os.ReadDir(results)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(results, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		there[e.Name()] = true
		if old, ok := seen[e.Name()]; ok && old != sha256.Sum256(data) {
			t.Errorf("%s was replaced", e.Name())
		}
		seen[e.Name()] = sha256.Sum256(data)
	}
	for name := range seen {
		if !there[name] {
			t.Errorf("%s is lost", name)
		}
	}
}

// provenOnce sees by the journal that no job was proven twice, and tells how many were given out
// more than once.
func provenOnce(t *testing.T, folder *state.Folder, what string, first, jobs int) {
	t.Helper()
	proven, given := map[string]int{}, map[string]int{}
	err := folder.Events(func(e state.Event) {
		switch e.Event {
		case state.Proven:
			proven[e.Job]++
		case state.Given:
			given[e.Job]++
		case state.Bad, state.Failed:
			t.Errorf("%s: %s %s", e.Job, e.Event, e.Reason) // nobody was at fault
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	more := 0
	for i := range jobs {
		n := fmt.Sprintf("%s %d", what, first+i)
		if proven[n] > 1 {
			t.Errorf("%s was proven %d times", n, proven[n])
		}
		if given[n] == 0 {
			t.Errorf("%s was given to nobody by the journal", n)
		}
		if given[n] > 1 {
			more++
		}
	}
	t.Logf("%d of %d were given out more than once", more, jobs)
}
