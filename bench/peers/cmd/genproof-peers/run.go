package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/peers"
	"github.com/genproof/genproof/bench/peers/sample"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/internal/console"
)

// workName is the hidden verb of the processes that measure.
const workName = "work"

func (p *program) runVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "run", Usage: "measure the same statements in the tools one would otherwise pick",
		Description: "Tools that are not installed are left out and say so; --install fetches circom, circomlib, snarkjs, Noir and Barretenberg with npm.\n" +
			"The first run takes many minutes: circuits are compiled and keys made, and then kept. A run that was stopped goes on.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "only", Usage: "statements, tools or both, comma-separated: cid, circom, document/gnark"},
			&cli.StringFlag{Name: "out", Value: "peers.json", Usage: "the run's `FILE`; one that is there is continued"},
			&cli.StringFlag{Name: "cache", Usage: "the `FOLDER` of tools, setups and keys (default: in the user's cache)"},
			&cli.BoolFlag{Name: "install", Usage: "fetch the pinned tools with npm first"},
			&cli.IntFlag{Name: "blocks", Value: sample.Blocks, Usage: "SHA-256 blocks of the document, 1 to 12"},
			&cli.IntFlag{Name: "repetitions", Value: 5, Usage: "samples of a time"},
			&cli.IntFlag{Name: "warmup", Value: 1, Usage: "runs before the first sample"},
			&cli.BoolFlag{Name: "csv", Usage: "write every figure as CSV"},
		},
		Action: p.run,
	})
}

func (p *program) workVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: workName, Hidden: true, Usage: "one measurement, for run itself",
		Action: func(c *cli.Context) error { return peers.Work(c.Context, p.Stdin, p.Stdout) },
	})
}

type report struct {
	File   string        `json:"file"`
	Run    *record.Run   `json:"run"`
	Absent []absent      `json:"absent"`
	Ratios []peers.Ratio `json:"ratios"`
}

type absent struct {
	Peer    string `json:"peer"`
	Missing string `json:"missing,omitempty"`
	Failed  string `json:"failed,omitempty"`
}

func (p *program) run(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	o, err := p.optionsOf(c)
	if err != nil {
		return err
	}
	report, err := peers.Run(c.Context, o)
	if errors.Is(err, peers.ErrOther) {
		return console.Hint(err, "name another file with --out")
	}
	if err != nil {
		return err
	}
	switch {
	case p.JSON:
		err = p.Report(jsonOf(o.Out, report))
	case c.Bool("csv"):
		p.Bars.Finish()
		err = report.WriteCSV(p.Stdout)
	default:
		p.sayPeers(report)
	}
	if err != nil {
		return err
	}
	return failedPeers(report)
}

func (p *program) optionsOf(c *cli.Context) (*peers.Options, error) {
	o := &peers.Options{
		Cache: c.String("cache"), Blocks: c.Int("blocks"), Warmup: c.Int("warmup"), Runs: c.Int("repetitions"),
		Out: c.String("out"), Install: c.Bool("install"), Log: p.Stderr, Look: 2 * time.Second,
	}
	switch {
	case p.JSON && c.Bool("csv"):
		return nil, errors.New("--json and --csv exclude each other")
	case o.Blocks < 1 || o.Blocks > sample.Blocks:
		return nil, fmt.Errorf("--blocks is %d, want 1 to %d", o.Blocks, sample.Blocks)
	case o.Warmup < 0 || o.Warmup > maxPeerRuns || o.Runs < 1 || o.Runs > maxPeerRuns:
		return nil, fmt.Errorf("--warmup and --repetitions go up to %d", maxPeerRuns)
	}
	var names []string
	if only := c.String("only"); only != "" {
		names = strings.Split(only, ",")
	}
	var err error
	if o.Peers, err = peers.Select(names); err != nil {
		return nil, err
	}
	if o.Cache == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return nil, console.Hint(err, "name a folder with --cache")
		}
		o.Cache = filepath.Join(cache, "genproof", "peers")
	}
	if o.Cache, err = filepath.Abs(o.Cache); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	o.Self = []string{self, workName}
	var now *console.Meter
	o.Progress = func(what string) {
		p.Log.Info().Msg(what)
		now.End()
		now = p.Bars.Spin(what)
	}
	return o, nil
}

// maxPeerRuns keeps a slip from measuring for ever.
const maxPeerRuns = 1000

func jsonOf(file string, r *peers.Report) *report {
	out := &report{File: file, Run: r.Run, Absent: []absent{}, Ratios: r.Ratios()}
	for _, row := range r.Rows {
		if row.Missing != "" || row.Failed != "" {
			out.Absent = append(out.Absent, absent{row.Name(), row.Missing, row.Failed})
		}
	}
	return out
}

func (p *program) sayPeers(r *peers.Report) {
	m := r.Run.Machine
	p.Say("%s, %d cores, %.0f GB; others kept %.1f of the cores busy before the run", m.CPU, m.Cores, float64(m.Memory)/1e9, r.Run.Busy.Cores)
	p.Table(r.Table()...)
	for _, note := range r.Notes() {
		p.Say("%s", note)
	}
	p.Say("")
	rows := [][]string{}
	for _, ratio := range r.Ratios() {
		value, verdict := fmt.Sprintf("%.2f", ratio.Value), "missed"
		if ratio.CPU != 0 {
			value += fmt.Sprintf(" (processor time %.2f)", ratio.CPU)
		}
		if ratio.Met {
			verdict = "met"
		}
		if ratio.Missing != "" {
			value, verdict = "unknown", "no figures of "+ratio.Missing
		}
		rows = append(rows, []string{ratio.What, value, ratio.Goal, verdict})
	}
	p.Table(rows...)
}

// failedPeers is an error if a tool that is installed could not do its work.
func failedPeers(r *peers.Report) error {
	var failed []string
	for _, row := range r.Rows {
		if row.Failed != "" {
			failed = append(failed, row.Name())
		}
	}
	if len(failed) == 0 {
		return nil
	}
	return console.Hint(fmt.Errorf("no figures of %s", strings.Join(failed, ", ")), "the table says why; what is measured is kept, run the same again")
}
