//go:build prover_checks

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/setup"
)

// A timing is what one way took.
type timing struct{ wall, processor time.Duration }

// Two workers of one studio against two processes of genproof that each prove half of the batches,
// in turn. It reports the ratios and asserts little:
// other programs run on this machine.
func TestLongStudio_AgainstTwoProcesses(t *testing.T) {
	t.Run("small", func(t *testing.T) { timed(t, statement.DeckSmall, 40) })
	t.Run("standard", func(t *testing.T) { timed(t, statement.DeckStandard, 12) })
}

// timed compares both ways for so many batches, half of them a process or worker.
func timed(t *testing.T, size statement.Size, batches int) {
	program := filepath.Join(t.TempDir(), "genproof")
	if out, err := exec.Command("go", "build", "-o", program, "../genproof").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := store.Circuit(context.Background(), statement.CircuitID{Binding: statement.Deck, Size: size}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Keys(context.Background(), circuit, nil); err != nil {
		t.Fatal(err)
	}
	dir := newDeck(t, batches*size.Cards/4)
	text, err := os.ReadFile(filepath.Join(dir, drop.DefinitionFile))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, drop.DefinitionFile), replaceOnce(t, string(text), "deck/small", "deck/"+size.Name))
	me, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	studio := func() timing {
		return together(t, exec.Command(me, "prove", dir, "--keys", sharedKeys, "--workers", "2", "--out", t.TempDir(), "--studio", t.TempDir()))
	}
	processes := func() timing {
		var list []*exec.Cmd
		for _, half := range []string{fmt.Sprintf("0-%d", batches/2-1), fmt.Sprintf("%d-%d", batches/2, batches-1)} {
			list = append(list, exec.Command(program, "prove", "--drop", dir, "--keys", sharedKeys, "--batches", half, "--out", t.TempDir()))
		}
		return together(t, list...)
	}
	var walls, processors []float64
	for range 3 {
		a, b := studio(), processes()
		t.Logf("studio %.1f s, %.1f of processors; two processes %.1f s, %.1f", a.wall.Seconds(), a.processor.Seconds(), b.wall.Seconds(), b.processor.Seconds())
		walls, processors = append(walls, a.wall.Seconds()/b.wall.Seconds()), append(processors, a.processor.Seconds()/b.processor.Seconds())
	}
	slices.Sort(walls)
	slices.Sort(processors)
	t.Logf("medians, studio against two processes: wall clock %.3f, processor seconds %.3f", walls[1], processors[1])
	if processors[1] > 1.25 {
		t.Errorf("a studio takes %.2f times the processor seconds of two processes", processors[1])
	}
}

// together runs processes beside each other.
func together(t *testing.T, list ...*exec.Cmd) (r timing) {
	t.Helper()
	start := time.Now()
	for _, c := range list {
		c.Env = append(os.Environ(), asProgram+"=1")
		c.Stdout, c.Stderr = io.Discard, io.Discard
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range list {
		if err := c.Wait(); err != nil {
			t.Fatal(err)
		}
		r.processor += c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	}
	r.wall = time.Since(start)
	return r
}

func replaceOnce(t *testing.T, text, old, new string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q is there %d times", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, new, 1)
}
