//go:build prover_checks && linux

package main

import (
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/genproof/genproof/service/state"
)

// A worker is stopped for longer than its coordinator is patient, and answers late.
func TestSlowStudio_TakesALateAnswerForWhatItIs(t *testing.T) {
	lateAnswer(t, 3*time.Second, 8*time.Second, 50)
}

// The same for two minutes, and the patience that a studio has by itself.
func TestLongStudio_TakesAnAnswerThatIsMinutesLate(t *testing.T) {
	lateAnswer(t, 30*time.Second, 2*time.Minute, 240)
}

// lateAnswer stops a worker as soon as it was given a batch. Another one proves that batch and is
// killed. The first goes on: its answer changes nothing, it is blamed for nothing, and it proves the
// rest.
func lateAnswer(t *testing.T, ackWait, pause time.Duration, batches int) {
	dir, here := newDeck(t, batches), t.TempDir()
	studio := filepath.Join(dir, ".studio")
	folder, err := state.Open(studio)
	if err != nil {
		t.Fatal(err)
	}
	coordinator, stderr := start(t, "prove", dir, "--keys", keys(t), "--workers", "0", "--listen", "127.0.0.1:0", "--ack-wait", ackWait.String(), "--json")
	nats, public := listening(t, stderr)
	work := func(name string) *exec.Cmd {
		key := filepath.Join(here, name)
		succeed(t, "workers", "add", decode[newWorkerReport](t, succeed(t, "workers", "new", key, "--json")).Worker, "--name", name, "--studio", studio)
		w, _ := start(t, "work", "--nats", nats, "--coordinator", public, "--identity", key, "--cache", filepath.Join(here, "cache"), "--keys", sharedKeys)
		return w
	}
	ended := make(chan error, 1)
	go func() { ended <- coordinator.Wait() }()
	// await waits for an event of the journal.
	await := func(is func(state.Event) bool) (found state.Event) {
		t.Helper()
		for deadline := time.Now().Add(ackWait + 3*time.Minute); found.Event == ""; {
			if err := folder.Events(func(e state.Event) {
				if found.Event == "" && is(e) {
					found = e
				}
			}); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-ended:
				t.Fatalf("the coordinator has ended: %v", err)
			case <-time.After(5 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				t.Fatal("the journal does not say so")
			}
		}
		return found
	}
	late := work("late")
	held := await(func(e state.Event) bool { return e.Event == state.Given })
	if err := late.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	stopped := time.Now()
	other := work("other")
	await(func(e state.Event) bool {
		return e.Event == state.Proven && e.Job == held.Job && e.Worker != held.Worker
	})
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(stopped.Add(pause)))
	if err := late.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	await(func(e state.Event) bool { return e.Event == state.Proven && e.Worker == held.Worker })
	select {
	case err := <-ended:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(10 * time.Minute):
		t.Fatal("it is not proven")
	}
	holds(t, filepath.Join(dir, "out"), 4*batches)
	provenOnce(t, folder, "batch", 0, batches)
	workers, err := folder.Workers()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range workers {
		if w.Standing != state.Enrolled || w.Bad != 0 {
			t.Errorf("%s is %s, with %d bad proofs", w.Label, w.Standing, w.Bad)
		}
	}
}
