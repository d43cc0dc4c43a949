package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/bench/record"
)

// Options say how to run.
type Options struct {
	Cache    string   // folder of tools, setups and keys; nothing in it is needed for ever
	Self     []string // the command of a process that does [Work]
	Peers    []Peer
	Blocks   int // of the document
	Warmup   int
	Runs     int
	Out      string            // the run's file; one that is there is continued
	Install  bool              // fetch tools with npm first
	Look     time.Duration     // how long to look at the resting machine
	Progress func(what string) // told what goes on; may be nil
	Log      io.Writer         // what npm says
}

// A Row is a peer and why there are no figures of it, if there are none.
type Row struct {
	Peer
	Subject string
	Missing string // why the tool cannot run here
	Failed  string // what went wrong
}

// ErrOther is a run file of other settings, or another machine or program.
var ErrOther = errors.New("another run")

// Run measures the peers that the run file does not have yet, and writes it after each.
// A peer that fails or is missing has a row that says so and is not an error.
func Run(ctx context.Context, o *Options) (*Report, error) {
	if err := os.MkdirAll(o.Cache, 0o700); err != nil {
		return nil, err
	}
	r, err := o.begin()
	if err != nil {
		return nil, err
	}
	if o.Install {
		if err := o.install(ctx); err != nil {
			return nil, err
		}
	}
	report := &Report{Run: r}
	for _, p := range o.Peers {
		row := Row{Peer: p, Subject: p.subject(o.Blocks), Missing: p.missing(o.Cache)}
		if task := "peers " + p.Name(); row.Missing == "" && !slices.Contains(r.Tasks, task) {
			found, err := o.measure(ctx, p)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				row.Failed = err.Error()
			} else if err := o.keep(r, task, found); err != nil {
				return nil, err
			}
		}
		report.Rows = append(report.Rows, row)
	}
	return report, nil
}

// begin reads the run's file or starts it.
func (o *Options) begin() (*record.Run, error) {
	settings := record.Settings{Warmup: o.Warmup, Repetitions: o.Runs, Seed: "peers"}
	for _, p := range o.Peers {
		settings.Subjects = append(settings.Subjects, p.subject(o.Blocks)+" "+p.Tool)
	}
	machine, software := host.Describe(), host.Software()
	r, err := record.Read(o.Out)
	if errors.Is(err, os.ErrNotExist) {
		o.tell("looking how busy the machine is")
		return &record.Run{
			Format: record.Format, Started: time.Now().UTC().Truncate(time.Second), Machine: machine, Software: software,
			Settings: settings, Busy: host.Look(o.Look),
		}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := r.Continues(machine, software); err != nil {
		return nil, fmt.Errorf("%s is %w: %w", o.Out, ErrOther, err)
	}
	if fmt.Sprint(r.Settings) != fmt.Sprint(settings) {
		return nil, fmt.Errorf("%s is %w: its settings are others", o.Out, ErrOther)
	}
	return r, nil
}

func (o *Options) install(ctx context.Context) error {
	for _, n := range toolPackages(o.Cache) {
		o.tell("installing " + n.name)
		if err := n.install(ctx, o.Log); err != nil {
			return err
		}
	}
	return nil
}

func (o *Options) keep(r *record.Run, task string, found []record.Measurement) error {
	if err := r.Add(task, found, nil, nil); err != nil {
		return err
	}
	return record.Write(o.Out, r)
}

func (o *Options) tell(what string) {
	if o.Progress != nil {
		o.Progress(what)
	}
}

// subject is how the run file names the statement.
func (p Peer) subject(blocks int) string {
	switch p.Statement {
	case Document:
		return fmt.Sprintf("document/%d", blocks)
	case CID, Root:
		return p.Statement + "/standard"
	}
	return p.Statement
}

// measure does all phases of a peer.
func (o *Options) measure(ctx context.Context, p Peer) ([]record.Measurement, error) {
	job := Job{Peer: p, Blocks: o.Blocks, Cache: o.Cache, Warmup: o.Warmup, Runs: o.Runs}
	set, err := o.setUp(ctx, &job)
	if err != nil {
		return nil, fmt.Errorf("setup: %w", err)
	}
	o.tell(p.Name() + " proving")
	proved, err := o.child(ctx, job, phaseProve)
	if err != nil {
		return nil, fmt.Errorf("proving: %w", err)
	}
	o.tell(p.Name() + " gas")
	gas, err := o.child(ctx, job, phaseGas)
	if err != nil {
		return nil, fmt.Errorf("gas: %w", err)
	}
	return figures(p, o.Blocks, set, proved, gas), nil
}

// setupFile tells that a folder has a whole setup, and what it took.
const setupFile = "setup.json"

// setUp makes the peer's keys, or finds them in the cache. Folders are named by what made
// them; those of the same peer by other programs are removed.
func (o *Options) setUp(ctx context.Context, job *Job) (*Outcome, error) {
	prefix := fmt.Sprintf("%s-%s-", strings.ReplaceAll(job.Peer.subject(o.Blocks), "/", "-"), job.Peer.Tool)
	job.Folder = filepath.Join(o.Cache, prefix+job.Peer.digest()[:12])
	data, err := os.ReadFile(filepath.Join(job.Folder, setupFile))
	if err == nil {
		set := new(Outcome)
		return set, json.Unmarshal(data, set)
	}
	if err := removeAll(filepath.Join(o.Cache, prefix+"*")); err != nil {
		return nil, err
	}
	if err := os.Mkdir(job.Folder, 0o700); err != nil {
		return nil, err
	}
	o.tell(job.Peer.Name() + " setup")
	set, err := o.child(ctx, *job, phaseSetup)
	if err != nil {
		return nil, err
	}
	if data, err = json.Marshal(set); err != nil {
		return nil, err
	}
	return set, os.WriteFile(filepath.Join(job.Folder, setupFile), data, 0o600)
}

// child does a phase in a process of its own.
func (o *Options) child(ctx context.Context, job Job, phase string) (*Outcome, error) {
	job.Phase = phase
	in, err := json.Marshal(job)
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, o.Self[0], o.Self[1:]...)
	c.Stdin = bytes.NewReader(in)
	stopGroup(c)
	watch := host.StartWatch()
	out, err := output(c)
	if err != nil {
		return nil, err
	}
	result := new(Outcome)
	if err := json.Unmarshal(out, result); err != nil {
		return nil, fmt.Errorf("reading what it found: %w", err)
	}
	if others, known := watch.Others(c.ProcessState.UserTime() + c.ProcessState.SystemTime()); known {
		result.Others = &others
	}
	return result, nil
}
