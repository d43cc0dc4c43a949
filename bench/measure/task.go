// Package measure takes figures. Each [Task] runs in a process of its own, so that the
// largest memory of one is not that of another, and on as many cores as it names.
package measure

import (
	"context"
	"fmt"
	"strings"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/subject"
)

// The kinds of tasks, in the order in which they make sense: keys before proofs.
const (
	Unit    = "unit"    // what one more block, literal or layer costs
	Compile = "compile" // the constraint system: time, sizes, where its constraints go
	Setup   = "setup"   // fresh keys, thrown away for circuits: theirs are the store's
	Load    = "load"    // a circuit's keys from the store
	Prove   = "prove"   // proofs of one token
	Parts   = "parts"   // what a proof is made of, each part alone
	Batch   = "batch"   // many tokens: proving, verifying, and minting on a chain of its own
)

// A Task is one process's work.
type Task struct {
	Kind        string  `json:"kind"`
	Subject     string  `json:"subject"`
	Backend     string  `json:"backend"`
	Cores       int     `json:"cores"`
	Batches     []int   `json:"batches,omitempty"`
	Warmup      int     `json:"warmup"`
	Repetitions int     `json:"repetitions"`
	Budget      float64 `json:"budget"`
	Seed        string  `json:"seed"`
	Keys        string  `json:"keys"` // the store's folder
	Work        string  `json:"work"` // a folder for gadgets' keys, which tasks of one run share
}

// Name tells tasks of one run apart.
func (t *Task) Name() string {
	return strings.TrimRight(fmt.Sprintf("%s %s %s on %d cores", t.Kind, t.Subject, t.Backend, t.Cores), " ")
}

// A Result is what a task has found.
type Result struct {
	Measurements []record.Measurement `json:"measurements"`
	Circuits     []record.Circuit     `json:"circuits"`
	Profiles     []record.Profile     `json:"profiles"`
}

// Do does a task.
func Do(ctx context.Context, t Task) (*Result, error) {
	w := &work{Task: t}
	err := w.do(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.Name(), err)
	}
	for i := range w.Measurements {
		w.Measurements[i].Subject, w.Measurements[i].Backend = t.Subject, t.Backend
		if !w.Measurements[i].Exact {
			w.Measurements[i].Cores = t.Cores
		}
	}
	return &w.Result, nil
}

// A work is a task under way.
type work struct {
	Task
	Result
	subject subject.Subject
	backend backend
}

func (w *work) do(ctx context.Context) error {
	if w.Kind == Unit {
		return w.unit()
	}
	found, err := subject.Find(w.Subject)
	if err != nil {
		return err
	}
	w.subject = found[0]
	var ok bool
	if w.backend, ok = backends[w.Backend]; !ok || len(found) != 1 {
		return fmt.Errorf("there is no backend %.40q for one subject %.40q", w.Backend, w.Subject)
	}
	do, ok := map[string]func(context.Context) error{
		Compile: w.compile, Setup: w.setup, Load: w.load, Prove: w.prove, Parts: w.parts, Batch: w.batch,
	}[w.Kind]
	if !ok {
		return fmt.Errorf("there is no kind of task %.40q", w.Kind)
	}
	return do(ctx)
}

// add takes up a figure, and says how it was measured if its name does not.
func (w *work) add(m record.Measurement, note string) {
	m.Note = strings.TrimPrefix(m.Note+"; "+note, "; ")
	m.Note = strings.TrimSuffix(m.Note, "; ")
	w.Measurements = append(w.Measurements, m)
}

func (w *work) exact(name, unit string, value int) {
	w.add(record.Exact(name, unit, float64(value)), "")
}
