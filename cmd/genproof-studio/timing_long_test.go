//go:build prover_checks && linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
)

// A timing is what one way took.
type timing struct{ wall, processor time.Duration }

const (
	timingPairs = 5
	leastRate   = 0.95 // of two processes, that two workers give
	mostWork    = 1.10 // processor seconds, likewise
)

// Two workers pinned to a core each, and their coordinator on both, against two processes of
// genproof pinned alike that each prove half of the batches: in turn, medians of five. Other programs
// on the machine slow both ways down.
func TestLongStudio_AgainstTwoProcesses(t *testing.T) {
	if _, err := exec.LookPath("taskset"); err != nil {
		t.Skip("NOT MEASURED: there is no taskset to pin processes with")
	}
	t.Run("small", func(t *testing.T) { timed(t, statement.DeckSmall, 80) })
	t.Run("standard", func(t *testing.T) { timed(t, statement.DeckStandard, 12) })
}

// timed compares both ways for so many batches.
func timed(t *testing.T, size statement.Size, batches int) {
	dir := newDeck(t, batches*size.Cards/4)
	text, err := os.ReadFile(filepath.Join(dir, drop.DefinitionFile))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, drop.DefinitionFile), replaceOnce(t, string(text), "deck/small", "deck/"+size.Name))
	makeKeysOf(t, statement.CircuitID{Binding: statement.Deck, Size: size})
	processes, studio := newProcesses(t, dir, batches), newPinned(t, dir)
	var rates, work []float64
	for i := range timingPairs {
		ways := []func() timing{processes, studio}
		var r [2]timing
		for _, w := range [][]int{{0, 1}, {1, 0}}[i%2] {
			r[w] = ways[w]()
		}
		t.Logf("two processes %.1f s, %.1f of processors; two workers %.1f s, %.1f; load %s", r[0].wall.Seconds(), r[0].processor.Seconds(), r[1].wall.Seconds(), r[1].processor.Seconds(), load())
		rates, work = append(rates, r[0].wall.Seconds()/r[1].wall.Seconds()), append(work, r[1].processor.Seconds()/r[0].processor.Seconds())
	}
	slices.Sort(rates)
	slices.Sort(work)
	rate, more := rates[timingPairs/2], work[timingPairs/2]
	t.Logf("medians of %d: two workers give %.3f of two processes, for %.3f times the processor seconds", timingPairs, rate, more)
	if rate < leastRate || more > mostWork {
		t.Errorf("want at least %.2f for at most %.2f", leastRate, mostWork)
	}
}

// load is the machine's, of the last minute.
func load() string {
	data, _ := os.ReadFile("/proc/loadavg") // told, and nothing depends on it
	first, _, _ := strings.Cut(string(data), " ")
	return first
}

// pinned is a command on one core.
func pinned(core int, program string, args ...string) *exec.Cmd {
	c := exec.Command("taskset", append([]string{"-c", fmt.Sprint(core), program}, args...)...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

// newProcesses is the way of two processes of genproof.
func newProcesses(t *testing.T, dir string, batches int) func() timing {
	program := filepath.Join(t.TempDir(), "genproof")
	if out, err := exec.Command("go", "build", "-o", program, "../genproof").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func() timing {
		var list []*exec.Cmd
		for core, half := range []string{fmt.Sprintf("0-%d", batches/2-1), fmt.Sprintf("%d-%d", batches/2, batches-1)} {
			list = append(list, pinned(core, program, "prove", "--drop", dir, "--keys", sharedKeys, "--batches", half, "--out", t.TempDir()))
		}
		start := time.Now()
		for _, c := range list {
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
		}
		r := timing{processor: waited(t, list...)}
		r.wall = time.Since(start)
		return r
	}
}

// newPinned is the way of a coordinator and two workers, which keep the proving key once they have it.
func newPinned(t *testing.T, dir string) func() timing {
	me, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	here, studio := t.TempDir(), t.TempDir()
	for core := range 2 {
		key := filepath.Join(here, fmt.Sprintf("%d.key", core))
		succeed(t, "workers", "add", decode[newWorkerReport](t, succeed(t, "workers", "new", key, "--json")).Worker, "--name", fmt.Sprint(core), "--studio", studio)
	}
	return func() timing {
		start := time.Now()
		coordinator := exec.Command(me, "prove", dir, "--keys", sharedKeys, "--workers", "0", "--listen", "127.0.0.1:0", "--json", "--out", t.TempDir(), "--studio", studio)
		coordinator.Env = append(os.Environ(), asProgram+"=1")
		stderr, err := coordinator.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := coordinator.Start(); err != nil {
			t.Fatal(err)
		}
		nats, public := listening(t, stderr)
		var workers []*exec.Cmd
		for core := range 2 {
			w := pinned(core, me, "work", "--nats", nats, "--coordinator", public, "--identity", filepath.Join(here, fmt.Sprintf("%d.key", core)), "--cache", filepath.Join(here, fmt.Sprint(core)), "--keys", sharedKeys)
			if err := w.Start(); err != nil {
				t.Fatal(err)
			}
			workers = append(workers, w)
		}
		r := timing{processor: waited(t, coordinator)}
		r.wall = time.Since(start)
		for _, w := range workers {
			_ = w.Process.Signal(os.Interrupt) // taskset has become the worker
		}
		r.processor += waited(t, workers...)
		return r
	}
}

// waited waits for processes to end well and returns their processor seconds.
func waited(t *testing.T, list ...*exec.Cmd) (processor time.Duration) {
	t.Helper()
	for _, c := range list {
		if err := c.Wait(); err != nil {
			t.Fatalf("%s: %v", c.Args, err)
		}
		processor += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	return processor
}
