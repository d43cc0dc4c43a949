package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

func (p *program) proveVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "prove", Usage: "prove a deck, or tokens of a drawn drop, and write all that is public about them",
		Description: "What is proven already is kept: run the same again to continue after an interruption.",
		Flags: []cli.Flag{
			dropFlag(), keysFlag(),
			&cli.StringFlag{Name: "tokens", Usage: "the tokens: 1-20,25 or all"},
			&cli.StringFlag{Name: "out", Usage: "the output `FOLDER` (default: out in the drop's folder)"},
			&cli.StringFlag{Name: "recipient", Usage: "the `ADDRESS` that the tokens may be minted to (default: anyone)"},
			&cli.StringFlag{Name: "recipients", Usage: "a CSV `FILE` of token,recipient: each token may be minted to its own"},
			&cli.StringFlag{Name: "batches", Usage: "of a deck, the batches: 0-9,12 (default: all)"},
			&cli.BoolFlag{Name: "reveal", Usage: "of a sealed deck, publish documents and openings too"},
			&cli.BoolFlag{Name: "skip-refused", Usage: "prove the other tokens when some break the policy"},
			&cli.IntFlag{Name: "workers", Usage: "tokens in work at once (default: what suits the machine)"},
		},
		Action: p.prove,
	})
}

type proveReport struct {
	Folder  string          `json:"folder"`
	Proven  int             `json:"proven"`
	Reused  int             `json:"reused"`
	Seconds float64         `json:"seconds"`
	Refused []refusedTokens `json:"refused,omitempty"` // with --skip-refused
	carReport
	Key struct {
		Digest     string `json:"digest"`
		Provenance string `json:"provenance"`
	} `json:"key"`
}

type refusedTokens struct {
	Rule   string   `json:"rule"`
	Tokens []uint64 `json:"tokens"`
}

func (p *program) prove(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	dir := c.String("drop")
	out, err := outputFolder(c, dir)
	if err != nil {
		return err
	}
	collectOften()
	if drop.IsDeck(dir) {
		return p.proveDeck(c, dir, out)
	}
	for _, name := range []string{"batches", "reveal"} {
		if c.IsSet(name) {
			return console.Hint(fmt.Errorf("--%s is for decks, and this is a drawn drop", name), "name tokens: --tokens 1-20")
		}
	}
	d, err := p.openedDrop(dir)
	if err != nil {
		return err
	}
	job := prover.Job{Dir: out, Workers: c.Int("workers"), SkipRefused: c.Bool("skip-refused")}
	if err := nameTokens(c, &job, d.IDs); err != nil {
		return err
	}
	if job.Workers < 0 {
		return errors.New("--workers is negative")
	}
	keys, err := p.existingKeys(c.Context, c, d.Circuit)
	if err != nil {
		return err
	}
	r, err := p.proveJob(c.Context, d, keys, job)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.sayProven(r)
	return nil
}

// collectOften makes the garbage of proofs, which is large and of one kind, half as much as Go
// allows by itself: a deck/standard batch takes 573 MB instead of 710, and 2 % more processor time. GOGC in the
// environment has the last word.
func collectOften() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// outputFolder returns what --out names, or out in the drop's folder. It is never a drop's own
// folder, because it will be published.
func outputFolder(c *cli.Context, dir string) (string, error) {
	out := c.String("out")
	if out == "" {
		out = filepath.Join(dir, "out")
	}
	if _, err := os.Lstat(filepath.Join(out, drop.DefinitionFile)); err == nil {
		return "", console.Hint(fmt.Errorf("%s is a drop's folder", out), "name another folder with --out: it will be published")
	}
	return out, nil
}

// proveJob proves tokens into a folder and writes the CAR of all that is in it.
func (p *program) proveJob(ctx context.Context, d *drop.Drop, keys setup.Keys, job prover.Job) (*proveReport, error) {
	prove, err := prover.New(d, keys)
	if err != nil {
		return nil, err
	}
	r := &proveReport{Folder: job.Dir}
	job.Progress = p.jobProgress()
	job.Finish = func(ctx context.Context) (err error) {
		r.carReport, err = p.writeCAR(ctx, job.Dir, filepath.Join(job.Dir, bundle.CARFile))
		return err
	}
	summary, err := prove.Run(ctx, job)
	if err != nil {
		return nil, err
	}
	p.Log.Info().Int("proven", summary.Proven).Int("reused", summary.Reused).Dur("elapsed", summary.Elapsed).Msg("proven")
	r.Refused = refusedOf(summary.Refused)
	info := keys.Info()
	digest := info.Verifying.Digest()
	r.Proven, r.Reused, r.Seconds = summary.Proven, summary.Reused, summary.Elapsed.Seconds()
	r.Key.Digest, r.Key.Provenance = hexOf(digest[:]), info.Provenance
	return r, nil
}

// jobProgress shows the two phases of a job. The second bar is there while the first proof
// is still in work.
func (p *program) jobProgress() func(prover.Event) {
	var now *console.Meter
	var missing, proven int64
	return func(e prover.Event) {
		p.Log.Debug().Str("phase", e.Phase).Uint64("token", e.ID).Int("done", e.Done).Int("total", e.Total).Bool("reused", e.Reused).Msg("token")
		if e.Phase == prover.PhaseProve {
			proven++
			now.Set(proven)
			return
		}
		if e.Done == 1 {
			now = p.Bars.Count("checking", int64(e.Total))
		}
		if !e.Reused {
			missing++
		}
		if now.Set(int64(e.Done)); e.Done == e.Total && missing > 0 {
			now.End()
			now = p.Bars.Count("proving", missing)
		}
	}
}

func (p *program) sayProven(r *proveReport) {
	p.Say("%s proven, %d there already, %.1f s", counted(r.Proven, "token"), r.Reused, r.Seconds)
	for _, refused := range r.Refused {
		p.Say("  left out, breaking %q: %s", refused.Rule, someTokens(refused.Tokens))
	}
	p.Table([]string{"  folder", r.Folder}, []string{"  CAR", r.CAR}, []string{"  root CID", r.Root}, []string{"  verifying key", r.Key.Digest})
	p.sayProvenance(r.Key.Provenance, false)
	p.Say("Next: genproof verify %s", r.Folder)
}
