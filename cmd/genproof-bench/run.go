package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/bench/measure"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/report"
	"github.com/genproof/genproof/bench/runner"
	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

// taskName is the hidden verb of the processes that measure.
const taskName = "task"

func (p *program) taskVerb() *cli.Command {
	return p.Verb(&cli.Command{Name: taskName, Hidden: true, Usage: "one measurement, for run itself", Action: p.task})
}

func (p *program) runVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "run", ArgsUsage: "[SUBJECT...]", Usage: "measure the circuits: constraints, times, memory, sizes, gas",
		Description: "Subjects: circuits such as cid/small, gadgets such as sha256/1 or receipt, or circuits, gadgets, all.\n" +
			"Each figure has a median and a spread (between the quartiles), and says how busy others kept the machine.\n" +
			"A run that was stopped goes on when the same is run again. Quickest: genproof-bench run --quick",
		Flags: runFlags(), Action: p.run,
	})
}

func runFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "out", Value: "bench.json", Usage: "the run's `FILE`; one that is there is continued"},
		&cli.StringFlag{Name: "resume", Usage: "continue the run in `FILE`, with its own settings"},
		&cli.BoolFlag{Name: "quick", Usage: "small circuits, few repetitions: three minutes on two cores"},
		&cli.StringFlag{Name: "backends", Usage: "proof systems, comma-separated: " + strings.Join(measure.Backends(), ", ")},
		&cli.StringFlag{Name: "cores", Usage: "numbers of cores to prove on, comma-separated (default: 1, 2, 4 … all)"},
		&cli.StringFlag{Name: "batches", Usage: "numbers of tokens verified and minted together, comma-separated; none for no batches"},
		&cli.IntFlag{Name: "repetitions", Usage: "samples of a time, at most"},
		&cli.IntFlag{Name: "warmup", Usage: "runs before the first sample"},
		&cli.Float64Flag{Name: "budget", Usage: "`SECONDS` after which a figure gets no further sample"},
		&cli.StringFlag{Name: "seed", Usage: "what the sample drops' secrets come from"},
		&cli.StringFlag{Name: "keys", Usage: "the key store's `FOLDER` (default: genproof/keys in the user's cache)"},
	}
}

// settingFlags are those that a continued run has in its file.
var settingFlags = []string{"quick", "backends", "cores", "batches", "repetitions", "warmup", "budget", "seed", "out"}

func (p *program) run(c *cli.Context) error {
	path := c.String("out")
	settings, err := settingsOf(c)
	if err != nil {
		return err
	}
	if c.IsSet("resume") {
		path = c.String("resume")
		for _, name := range settingFlags {
			if c.IsSet(name) || c.Args().Present() {
				return console.Hint(errors.New("a run that is continued has its settings in its file"), "use --resume without settings")
			}
		}
		settings = nil
	}
	keys := c.String("keys")
	if keys == "" {
		if keys, err = setup.DefaultDir(); err != nil {
			return err
		}
	}
	if keys, err = filepath.Abs(keys); err != nil {
		return err
	}
	r, err := runner.Begin(path, settings)
	if errors.Is(err, runner.ErrOther) {
		return console.Hint(err, "name another file with --out")
	}
	if err != nil {
		return err
	}
	if why := report.Untraceable(r.Software); why != "" {
		p.Warn("%s: %s", report.Origin(r.Software), why)
	}
	p.warnBusy("before the run", r.Busy.Cores, r.Busy.Known)
	if err := runner.Run(c.Context, r, runner.Options{Path: path, Keys: keys, Child: child, Progress: p.runProgress()}); err != nil {
		return err
	}
	p.warnBusy("during the run", r.Others(), r.Busy.Known)
	if p.JSON {
		return p.Report(r)
	}
	p.sayRun(path, r)
	return nil
}

// settingsOf reads the options; what is not set is the default of a quick or whole run.
func settingsOf(c *cli.Context) (*record.Settings, error) {
	s := runner.Whole(runner.Cores())
	if c.Bool("quick") {
		s = runner.Quick(runner.Cores())
	}
	if c.Args().Present() {
		s.Subjects = c.Args().Slice()
	}
	if _, err := subject.Find(s.Subjects...); err != nil {
		return nil, err
	}
	if c.IsSet("backends") {
		s.Backends = strings.Split(c.String("backends"), ",")
	}
	for _, b := range s.Backends {
		if !slices.Contains(measure.Backends(), b) {
			return nil, console.Hint(fmt.Errorf("there is no backend %.40q", b), "use "+strings.Join(measure.Backends(), ", "))
		}
	}
	all := runner.Cores()
	if err := numbers(c, "cores", all[len(all)-1], &s.Cores); err != nil {
		return nil, err
	}
	if err := numbers(c, "batches", 100, &s.Batches); err != nil {
		return nil, err
	}
	if c.IsSet("repetitions") {
		s.Repetitions = c.Int("repetitions")
	}
	if c.IsSet("warmup") {
		s.Warmup = c.Int("warmup")
	}
	if c.IsSet("budget") {
		s.Budget = c.Float64("budget")
	}
	if c.IsSet("seed") {
		s.Seed = c.String("seed")
	}
	switch {
	case len(s.Cores) == 0:
		return nil, errors.New("no number of cores is named")
	case s.Repetitions < 1 || s.Repetitions > 1000 || s.Warmup < 0 || s.Warmup > 100 || !(s.Budget >= 0 && s.Budget <= 86400) || len(s.Seed) > 100:
		return nil, errors.New("repetitions are 1 to 1000, warm-ups 0 to 100, the budget is 0 to 86400 seconds, and a seed has at most 100 bytes")
	}
	return &s, nil
}

// numbers reads a list of different numbers from 1 to most, in rising order.
func numbers(c *cli.Context, name string, most int, list *[]int) error {
	if !c.IsSet(name) {
		return nil
	}
	*list = []int{}
	if c.String(name) == "none" && name == "batches" {
		return nil
	}
	for _, field := range strings.Split(c.String(name), ",") {
		n, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || n < 1 || n > most {
			return fmt.Errorf("--%s has %.20q, want numbers from 1 to %d", name, field, most)
		}
		*list = append(*list, n)
	}
	slices.Sort(*list)
	*list = slices.Compact(*list)
	return nil
}

// child is this program as one that does a task. On Linux it is the very program that
// runs, even if its file has been replaced.
func child(ctx context.Context) (*exec.Cmd, error) {
	self, err := "/proc/self/exe", error(nil)
	if runtime.GOOS != "linux" {
		self, err = os.Executable()
	}
	if err != nil {
		return nil, err
	}
	return exec.CommandContext(ctx, self, taskName), nil
}

// task is what the child does.
func (p *program) task(c *cli.Context) error {
	request, err := io.ReadAll(io.LimitReader(p.Stdin, 1<<20))
	if err != nil {
		return err
	}
	answer, err := runner.Serve(c.Context, request)
	if err != nil {
		return err
	}
	_, err = p.Stdout.Write(answer)
	return err
}

// runProgress shows the task in work and how many are done.
func (p *program) runProgress() func(done, total int, task string) {
	var all, now *console.Meter
	return func(done, total int, task string) {
		p.Log.Info().Int("task", done+1).Int("of", total).Str("name", task).Msg("bench")
		if all == nil {
			all = p.Bars.Count("bench", int64(total))
		}
		all.Set(int64(done))
		now.End()
		now = p.Bars.Spin(task)
	}
}

// warnBusy tells that others use the machine, which makes times longer and spreads wider.
func (p *program) warnBusy(when string, cores float64, known bool) {
	switch {
	case !known:
		p.Warn("this system does not report how busy the machine is: see that nothing else runs")
	case cores > record.QuietCores:
		p.Warn("the machine is not quiet: others kept up to %.2f of %d cores busy %s", cores, host.Describe().Cores, when)
	}
}
