// Package record is the file of one benchmark run: what was measured, on which machine,
// by which program.
//
// A file has one form: [Decode] takes what [Encode] writes and nothing else, so that a
// figure cannot be there twice, or be other than its samples say. It is written whole
// after each task, hence a run that was stopped can go on (see [Run.Continues]).
package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/genproof/genproof/bench/stat"
)

// Format is the first field of every run file.
const Format = "genproof-bench/1"

// MaxBytes bounds a run file.
const MaxBytes = 16 << 20

// maxDepth bounds a profile's tree.
const maxDepth = 32

// A Run is all that one run has found so far.
type Run struct {
	Format       string        `json:"format"`
	Started      time.Time     `json:"started"` // UTC, in seconds
	Machine      Machine       `json:"machine"`
	Software     Software      `json:"software"`
	Settings     Settings      `json:"settings"`
	Busy         Busy          `json:"busy"`  // before the first task
	Tasks        []string      `json:"tasks"` // that are finished
	Circuits     []Circuit     `json:"circuits"`
	Measurements []Measurement `json:"measurements"`
	Profiles     []Profile     `json:"profiles"`
}

// A Machine is what a run ran on. Two are the same if they are equal but for the clock.
type Machine struct {
	OS     string `json:"os"`
	Kernel string `json:"kernel"`
	Arch   string `json:"arch"`
	CPU    string `json:"cpu"`
	Cores  int    `json:"cores"`  // that the program may use
	Memory uint64 `json:"memory"` // bytes
	// MHz is the processor's clock when the run began, its highest where the system knows
	// that; 0 if unknown.
	MHz float64 `json:"mhz,omitempty"`
}

// Software is what ran.
type Software struct {
	Genproof    string `json:"genproof"`
	Commit      string `json:"commit"`   // empty if the build does not say
	Modified    bool   `json:"modified"` // the sources differ from the commit
	Binary      string `json:"binary"`   // SHA-256 of the executable, hex
	Go          string `json:"go"`
	Gnark       string `json:"gnark"`
	GnarkCrypto string `json:"gnark_crypto"`
	GoEthereum  string `json:"go_ethereum"`
}

// Settings say what to measure. The same settings on the same machine repeat a run.
type Settings struct {
	Quick       bool     `json:"quick"`
	Subjects    []string `json:"subjects"`
	Backends    []string `json:"backends"`
	Cores       []int    `json:"cores"`
	Batches     []int    `json:"batches"`
	Warmup      int      `json:"warmup"`      // runs before the first that counts
	Repetitions int      `json:"repetitions"` // at most; fewer where Budget is used up
	Budget      float64  `json:"budget"`      // seconds a figure's repetitions may take, the first excepted
	Seed        string   `json:"seed"`        // of all secrets of the sample drops
}

// Busy is how much a machine did for others.
type Busy struct {
	Known bool    `json:"known"` // the system tells
	Cores float64 `json:"cores"` // kept busy by other processes, on average
	Load  float64 `json:"load"`  // average of the last minute
}

// A Circuit is a compiled subject.
type Circuit struct {
	Subject string `json:"subject"`
	Backend string `json:"backend"`
	Digest  string `json:"digest"` // SHA-256 of the serialised constraint system, hex
}

// A Measurement is one figure.
type Measurement struct {
	Subject string    `json:"subject"`         // what was measured: cid/small, sha256/1
	Backend string    `json:"backend"`         // groth16, or another tool's name; empty where it does not matter
	Cores   int       `json:"cores,omitempty"` // 0 where they do not matter
	Batch   int       `json:"batch,omitempty"` // tokens together, 0 where there is but one
	Name    string    `json:"name"`            // prove
	Unit    string    `json:"unit"`            // s, bytes, constraints, gas ...
	Exact   bool      `json:"exact"`           // the same whenever one looks: a count, a size, a price
	Samples []float64 `json:"samples"`         // in the order they were taken; one if the figure is exact
	Median  float64   `json:"median"`
	Spread  float64   `json:"spread"`         // between the quartiles
	Others  *float64  `json:"others"`         // cores that others kept busy meanwhile; null for exact figures and where unknown
	Note    string    `json:"note,omitempty"` // how it was measured, where the name does not say
}

// A Profile is where a subject's constraints go.
type Profile struct {
	Subject string `json:"subject"`
	Backend string `json:"backend"`
	Tree    Node   `json:"tree"`
}

// A Node is a part of the statement. Constraints are those of its children and its own.
type Node struct {
	Name        string `json:"name"`
	Constraints int    `json:"constraints"`
	Children    []Node `json:"children,omitempty"`
}

// Timed returns a figure of several samples. They are kept as they are.
func Timed(name, unit string, samples []float64) Measurement {
	return Measurement{Name: name, Unit: unit, Samples: samples, Median: stat.Median(samples), Spread: stat.Spread(samples)}
}

// Exact returns a figure that is the same whenever one looks at it.
func Exact(name, unit string, value float64) Measurement {
	m := Timed(name, unit, []float64{value})
	m.Exact = true
	return m
}

// A Key tells figures apart.
type Key struct {
	Subject, Backend string
	Cores, Batch     int
	Name, Unit       string
}

// Key returns what tells m from the other figures of its run.
func (m *Measurement) Key() Key {
	return Key{m.Subject, m.Backend, m.Cores, m.Batch, m.Name, m.Unit}
}

func (k Key) String() string {
	s := k.Subject
	if k.Backend != "" {
		s += " " + k.Backend
	}
	if k.Cores > 0 {
		s += fmt.Sprintf(" on %d cores", k.Cores)
	}
	if k.Batch > 0 {
		s += fmt.Sprintf(" of %d tokens", k.Batch)
	}
	return s + ": " + k.Name
}

// Find returns a figure, or nil.
func (r *Run) Find(k Key) *Measurement {
	for i := range r.Measurements {
		if r.Measurements[i].Key() == k {
			return &r.Measurements[i]
		}
	}
	return nil
}

// Encode writes a run.
func Encode(r *Run) ([]byte, error) {
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return nil, fmt.Errorf("writing a benchmark run: %w", err)
	}
	return append(b, '\n'), nil
}

// Decode reads what [Encode] writes, of at most [MaxBytes].
func Decode(b []byte) (*Run, error) {
	if len(b) > MaxBytes {
		return nil, fmt.Errorf("a benchmark run of more than %d bytes", MaxBytes)
	}
	r := new(Run)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, errors.New("not a benchmark run: it is not the JSON of one")
	}
	if r.Format != Format {
		return nil, fmt.Errorf("not a benchmark run of this version: format %.40q, want %q", r.Format, Format)
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	again, err := Encode(r)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, b) {
		return nil, errors.New("a benchmark run in another form than genproof writes: it was edited")
	}
	return r, nil
}

// check refuses a run whose figures are not what their samples say.
func (r *Run) check() error {
	seen := map[Key]bool{}
	for i := range r.Measurements {
		m := &r.Measurements[i]
		if seen[m.Key()] {
			return fmt.Errorf("a figure is there twice: %.200q", m.Key())
		}
		seen[m.Key()] = true
		if m.Exact && len(m.Samples) != 1 {
			return fmt.Errorf("an exact figure has one sample: %.200q", m.Key())
		}
		// Of no samples the median is not a number, which nothing equals.
		if m.Median != stat.Median(m.Samples) || m.Spread != stat.Spread(m.Samples) {
			return fmt.Errorf("median or spread are not those of the samples: %.200q", m.Key())
		}
		for _, s := range m.Samples {
			if s < 0 || math.IsNaN(s) || math.IsInf(s, 0) {
				return fmt.Errorf("a sample is not a figure: %.200q", m.Key())
			}
		}
	}
	for i := range r.Profiles {
		if err := r.Profiles[i].Tree.check(maxDepth); err != nil {
			return fmt.Errorf("profile of %.60q: %w", r.Profiles[i].Subject, err)
		}
	}
	return nil
}

func (n *Node) check(depth int) error {
	if depth == 0 {
		return errors.New("the tree is too deep")
	}
	sum := 0
	for i := range n.Children {
		if err := n.Children[i].check(depth - 1); err != nil {
			return err
		}
		sum += n.Children[i].Constraints
	}
	if n.Constraints < 0 || len(n.Children) > 0 && sum != n.Constraints {
		return fmt.Errorf("the parts of %.60q do not add up", n.Name)
	}
	return nil
}

// QuietCores is how much others may do before a run is no longer called quiet.
const QuietCores = 0.1

// Others returns the most cores that others kept busy during a figure, or before the run.
func (r *Run) Others() float64 {
	most := r.Busy.Cores
	for _, m := range r.Measurements {
		if m.Others != nil {
			most = max(most, *m.Others)
		}
	}
	return most
}
