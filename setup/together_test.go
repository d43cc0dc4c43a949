package setup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// keysCommand makes this test program a second process that gets keys: it prints the
// constraint system's digest, whether it ran the setup, and the verifying key's digest.
const keysCommand = "get-keys"

func getKeys(dir string) int {
	s, err := OpenStore(dir)
	if err == nil {
		var c *Circuit
		var keys *Groth16Keys
		var phases tape
		if c, err = newPower("toy/power", 2000); err == nil {
			if keys, err = s.Groth16Keys(context.Background(), c, phases.record); err == nil {
				fmt.Printf("%x %t %x", c.Digest, phases.has(PhaseSetup), keys.Verifying.Digest())
				return 0
			}
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestKeys_ProcessesTogetherMakeThemOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var runs [3]struct {
		out string
		err error
	}
	var wg sync.WaitGroup
	for i := range runs {
		wg.Go(func() {
			out, err := exec.Command(program, keysCommand, dir).CombinedOutput()
			runs[i].out, runs[i].err = string(out), err
		})
	}
	wg.Wait()
	made := 0
	want := fmt.Sprintf("%x", compilePower(t, "toy/power", 2000).Digest)
	var key string
	for _, run := range runs {
		if run.err != nil {
			t.Fatalf("%v: %s", run.err, run.out)
		}
		words := strings.Fields(run.out)
		if words[0] != want {
			t.Errorf("constraint system %s, in this process %s", words[0], want)
		}
		if words[1] == "true" {
			made++
		}
		if key != "" && words[2] != key {
			t.Error("two processes have two verifying keys")
		}
		key = words[2]
	}
	if made != 1 {
		t.Errorf("%d processes ran the setup, want 1", made)
	}
	assertTidy(t, dir)
}

// assertTidy: nothing half made is left.
func assertTidy(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); strings.Contains(name, ".tmp") || strings.HasSuffix(name, ".old") {
			t.Errorf("%s was left", name)
		}
	}
}

func TestKeys_GoroutinesTogetherMakeThemOnce(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 2000)
	var wg sync.WaitGroup
	var phases [4]tape
	for i := range phases {
		wg.Go(func() {
			if _, err := s.Groth16Keys(context.Background(), c, phases[i].record); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	made := 0
	for _, p := range phases {
		if p.has(PhaseSetup) {
			made++
		}
	}
	if made != 1 {
		t.Errorf("%d goroutines ran the setup, want 1", made)
	}
}

func TestKeys_WaiterCanBeCancelled(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	unlock, err := s.lock(context.Background(), c, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithCancel(context.Background())
	var phases tape
	_, err = s.Groth16Keys(ctx, c, func(phase Phase, done, total int64) {
		phases.record(phase, done, total)
		cancel()
	})
	if !errors.Is(err, context.Canceled) || !phases.has(PhaseWait) {
		t.Errorf("got %v after %v, want context.Canceled after a wait", err, phases)
	}
}

// A process that is killed leaves its lock file and half a folder, which stop nobody.
func TestKeys_KilledProcessBlocksNobody(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	holder := exec.Command(program, holdCommand, s.Dir())
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil { // it has the lock
		t.Fatal(err)
	}
	var phases tape
	keys, err := s.Groth16Keys(context.Background(), c, func(phase Phase, done, total int64) {
		if phases.record(phase, done, total); phase == PhaseWait && done == 0 {
			if err := holder.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	})
	_ = holder.Wait() // killed, as it should be
	if err != nil || !phases.has(PhaseWait) || !phases.has(PhaseSetup) {
		t.Fatalf("%v after %v, want keys after a wait", err, phases)
	}
	assertProves(t, keys)
	assertTidy(t, s.Dir())
}

// holdCommand makes this test program a process that dies while it makes keys.
const holdCommand = "hold-lock"

func holdLock(dir string) int {
	s, err := OpenStore(dir)
	if err == nil {
		var c *Circuit
		if c, err = newPower("toy/power", 4); err == nil {
			_, err = s.lock(context.Background(), c, true, nil)
			half := s.Path(c.Digest) + ".tmp"
			err = errors.Join(err, os.Mkdir(half, 0o700), os.WriteFile(filepath.Join(half, "pk"), []byte("half"), 0o600))
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Print("!")
	time.Sleep(time.Minute)
	return 0
}

func TestKeys_CancelledLeavesNothing(t *testing.T) {
	for _, at := range []Phase{PhaseSetup, PhaseWrite} {
		s, c := openStore(t), compilePower(t, "toy/power", 2000)
		ctx, cancel := context.WithCancel(context.Background())
		_, err := s.Groth16Keys(ctx, c, func(phase Phase, _, _ int64) {
			if phase == at {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("in %s: got %v, want context.Canceled", at, err)
		}
		if there, err := s.Has(c); there || err != nil {
			t.Errorf("in %s: keys were left, %v", at, err)
		}
		assertTidy(t, s.Dir())
	}
}

func TestKeys_CancelledLoadIsNoDamage(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	keysOf(t, s, c)
	for _, at := range []Phase{PhaseCheck, PhaseLoad} {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := s.Groth16Keys(ctx, c, func(phase Phase, _, _ int64) {
			if phase == at {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) || errors.Is(err, ErrDamaged) {
			t.Errorf("in %s: got %v, want context.Canceled alone", at, err)
		}
	}
}

func TestReplace_MakesOtherKeys(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	old, _ := keysOf(t, s, c)
	path := filepath.Join(s.Path(c.Digest), "pk")
	writeAll(t, path, nil)
	assertDamaged(t, s, c, path)
	made, err := s.Replace(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	loaded, phases := keysOf(t, s, c)
	if phases.has(PhaseSetup) || loaded.Verifying.Digest() != made.Info().Verifying.Digest() {
		t.Error("the keys that Replace made are not those in the store")
	}
	if old.Verifying.Digest() == made.Info().Verifying.Digest() {
		t.Error("the same keys twice: the setup has no randomness")
	}
	assertTidy(t, s.Dir())
}

func TestKeys_SystemsWithCommitmentsAreRefused(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	c.Commitments = 1
	start := time.Now()
	_, err := s.Groth16Keys(context.Background(), c, nil)
	if !errors.Is(err, errCommitments) || time.Since(start) > time.Second {
		t.Errorf("got %v, want a refusal", err)
	}
	assertTidy(t, s.Dir())
}
