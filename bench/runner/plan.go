// Package runner carries out a benchmark: it plans tasks from settings, runs each in a process
// of its own, and writes the run's file after each.
package runner

import (
	"slices"

	"github.com/genproof/genproof/bench/measure"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/circuits/statement"
)

// Plan returns the tasks of settings, in order: what one needs from another comes later.
// Subjects must have been checked by [subject.Find].
func Plan(s record.Settings) ([]measure.Task, error) {
	subjects, err := subject.Find(s.Subjects...)
	if err != nil {
		return nil, err
	}
	most := slices.Max(s.Cores)
	task := func(kind, name, backend string, cores int) measure.Task {
		return measure.Task{Kind: kind, Subject: name, Backend: backend, Cores: cores,
			Warmup: s.Warmup, Repetitions: s.Repetitions, Budget: s.Budget, Seed: s.Seed}
	}
	var tasks []measure.Task
	for _, u := range subject.Units() {
		if slices.ContainsFunc(subjects, func(s subject.Subject) bool { return s.Name == u.Large }) {
			tasks = append(tasks, task(measure.Unit, u.Name, "", most))
		}
	}
	for _, backend := range s.Backends {
		for _, sub := range subjects {
			tasks = append(tasks, task(measure.Compile, sub.Name, backend, most))
			if !measure.Proves(backend, &sub) {
				continue
			}
			tasks = append(tasks, task(measure.Setup, sub.Name, backend, most))
			if sub.Circuit != nil {
				tasks = append(tasks, task(measure.Load, sub.Name, backend, most))
			}
			for _, cores := range s.Cores {
				tasks = append(tasks, task(measure.Prove, sub.Name, backend, cores))
			}
			tasks = append(tasks, task(measure.Parts, sub.Name, backend, most))
		}
		if b := batchSubject(subjects); b != "" && len(s.Batches) > 0 && measure.HasBatch(backend) {
			t := task(measure.Batch, b, backend, most)
			t.Batches = s.Batches
			tasks = append(tasks, t)
		}
	}
	return tasks, nil
}

// batchSubject is the smallest circuit whose tokens can be minted, or else the smallest:
// neither gas nor the time of verifying depends on the circuit's size.
func batchSubject(subjects []subject.Subject) string {
	for _, binding := range []statement.Binding{statement.CID, statement.Root} {
		for _, s := range subject.All() { // smaller ones first
			if s.Circuit != nil && s.Circuit.Binding == binding && slices.ContainsFunc(subjects, func(c subject.Subject) bool { return c.Name == s.Name }) {
				return s.Name
			}
		}
	}
	return ""
}

// Quick are settings of three minutes on two cores: the small circuits, and of the gadgets
// all but the largest.
func Quick(cores []int) record.Settings {
	subjects := []string{"root/small", "cid/small"}
	for _, s := range subject.All() {
		if s.Circuit == nil && s.Name != "sha256/12" {
			subjects = append(subjects, s.Name)
		}
	}
	return record.Settings{
		Quick: true, Subjects: subjects, Backends: measure.Backends()[:1],
		Cores: cores, Batches: []int{1, 2, 5}, Warmup: 1, Repetitions: 3, Budget: 2, Seed: DefaultSeed,
	}
}

// Whole are settings that measure everything.
func Whole(cores []int) record.Settings {
	return record.Settings{
		Subjects: []string{"all"}, Backends: measure.Backends(), Cores: cores,
		Batches: []int{1, 2, 5, 10, 25, 50}, Warmup: 1, Repetitions: 7, Budget: 60, Seed: DefaultSeed,
	}
}

// DefaultSeed is what the sample drops' secrets come from, unless another is named.
const DefaultSeed = "genproof bench 1"
