package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/bench/measure"
	"github.com/genproof/genproof/bench/record"
)

// Options are what a run's file does not say.
type Options struct {
	Path     string                                                       // of the run's file
	Keys     string                                                       // the key store's folder
	Child    func(context.Context) (*exec.Cmd, error)                     // a process that does [Serve]
	Progress func(done, total int, task string)                           // before each task; nil to tell nothing
	do       func(context.Context, measure.Task) (*measure.Result, error) // instead of a process, for tests
}

// look is how long the machine is watched before a new run. Tests do not wait.
var look = time.Second

// ErrOther says that the file is of another run.
var ErrOther = errors.New("this run cannot be continued")

// Begin returns the run in a file, to be continued, or a new one if there is no file. The
// run must be one of this machine, this program and these settings; with nil it is
// continued with its own.
func Begin(path string, settings *record.Settings) (*record.Run, error) {
	machine, software := host.Describe(), host.Software()
	r, err := record.Read(path)
	if errors.Is(err, fs.ErrNotExist) && settings != nil {
		r = &record.Run{
			Format: record.Format, Started: time.Now().UTC().Truncate(time.Second), Machine: machine, Software: software, Settings: *settings,
			Busy: host.Look(look), Tasks: []string{}, Circuits: []record.Circuit{}, Measurements: []record.Measurement{}, Profiles: []record.Profile{},
		}
		return r, record.Write(path, r)
	}
	if err != nil {
		return nil, err
	}
	if err := r.Continues(machine, software); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, ErrOther, err)
	}
	if settings != nil && !reflect.DeepEqual(*settings, r.Settings) {
		return nil, fmt.Errorf("%s: %w: it was begun with other settings", path, ErrOther)
	}
	return r, nil
}

// Run does the tasks that a run has not done yet, and writes its file after each.
func Run(ctx context.Context, r *record.Run, o Options) error {
	tasks, err := Plan(r.Settings)
	if err != nil {
		return err
	}
	work, err := workFolder(o.Path, r)
	if err != nil {
		return err
	}
	do := o.do
	if do == nil {
		do = o.process
	}
	for i, t := range tasks {
		if slices.Contains(r.Tasks, t.Name()) {
			continue
		}
		if o.Progress != nil {
			o.Progress(i, len(tasks), t.Name())
		}
		t.Keys, t.Work = o.Keys, work
		result, err := do(ctx, t)
		if err != nil {
			return err
		}
		if err := r.Add(t.Name(), result.Measurements, result.Circuits, result.Profiles); err != nil {
			return fmt.Errorf("%s: %w", t.Name(), err)
		}
		if err := record.Write(o.Path, r); err != nil {
			return err
		}
	}
	return os.RemoveAll(work)
}

// workFolder is beside the run's file: a run that is continued finds the gadgets' keys in it.
func workFolder(path string, r *record.Run) (string, error) {
	dir, err := filepath.Abs(path + ".work")
	if err != nil {
		return "", err
	}
	if len(r.Tasks) == 0 {
		if err := os.RemoveAll(dir); err != nil {
			return "", err
		}
	}
	return dir, os.MkdirAll(dir, 0o700)
}

// process does a task in a process of its own, on the first cores of this one's.
func (o Options) process(ctx context.Context, t measure.Task) (*measure.Result, error) {
	cmd, err := o.Child(ctx)
	if err != nil {
		return nil, err
	}
	request, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(request), &stdout, &stderr
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(t.Cores))
	if err := host.OnCores(t.Cores, cmd.Start); err != nil {
		return nil, fmt.Errorf("%s: starting its process: %w", t.Name(), err)
	}
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%s: its process ended with %w: %.500s", t.Name(), err, bytes.TrimSpace(stderr.Bytes()))
	}
	result := new(measure.Result)
	if err := json.Unmarshal(stdout.Bytes(), result); err != nil {
		return nil, fmt.Errorf("%s: its process said nothing that can be read", t.Name())
	}
	return result, nil
}

// Serve reads a task, does it and returns the result's JSON: the work of a child process.
func Serve(ctx context.Context, request []byte) ([]byte, error) {
	var t measure.Task
	if json.Unmarshal(request, &t) != nil {
		return nil, errors.New("this is for `genproof-bench run` alone: it gives the task")
	}
	result, err := measure.Do(ctx, t)
	if err != nil {
		return nil, err
	}
	return json.Marshal(result)
}

// Cores lists 1, 2, 4 … and all cores that the program may use.
func Cores() []int {
	list, all := []int{}, runtime.NumCPU()
	for n := 1; n < all; n *= 2 {
		list = append(list, n)
	}
	return append(list, all)
}
