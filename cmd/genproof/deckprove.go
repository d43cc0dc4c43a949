package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
	"github.com/genproof/genproof/prover"
)

// proveDeck proves the batches of a deck.
func (p *program) proveDeck(c *cli.Context, dir, out string) error {
	for _, name := range []string{"tokens", "recipient", "recipients", "skip-refused"} {
		if c.IsSet(name) {
			return console.Hint(fmt.Errorf("--%s is for drawn drops, and this is a deck", name), "prove all batches, or some with --batches 0-9")
		}
	}
	d, err := p.loadDeck(c, dir)
	if err != nil {
		return err
	}
	job := prover.DeckJob{Dir: out, Reveal: c.Bool("reveal")}
	if job.Batches, err = batchNumbers(c.String("batches"), d.Batches()); err != nil {
		return err
	}
	if err := d.Provable(); err != nil {
		return console.Hint(err, "genproof check shows all of it")
	}
	if bits := d.GuessBits(); d.Documents() == bundle.Sealed && bits < enoughBits && !job.Reveal {
		p.Warn("the sealed documents CAN BE GUESSED from their digests, which are public from now on: about %.0f bits have to be tried; genproof import --random-member salt adds 128", bits)
	}
	keys, err := p.existingKeys(c.Context, c, d.Circuit)
	if err != nil {
		return err
	}
	deck, err := prover.NewDeck(d, keys)
	if err != nil {
		return err
	}
	r := &proveReport{Folder: job.Dir}
	job.Progress = p.batchProgress()
	job.Finish = func(ctx context.Context) (err error) {
		r.carReport, err = p.writeCAR(ctx, job.Dir, filepath.Join(job.Dir, bundle.CARFile))
		return err
	}
	summary, err := deck.Run(c.Context, job)
	if err != nil {
		return err
	}
	info := keys.Info()
	digest := info.Verifying.Digest()
	r.Proven, r.Reused, r.Seconds = summary.Proven, summary.Reused, summary.Elapsed.Seconds()
	r.Key.Digest, r.Key.Provenance = hexOf(digest[:]), info.Provenance
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s proven, %d there already, %.1f s", countedOf(r.Proven, "batch", "batches"), r.Reused, r.Seconds)
	p.Table(append(append([][]string{{"  folder", r.Folder}}, r.rows()...), []string{"  verifying key", r.Key.Digest})...)
	p.sayProvenance(r.Key.Provenance, false)
	p.Say("Next: genproof verify %s", r.Folder)
	return nil
}

func (p *program) batchProgress() func(done, total int, reused bool) {
	var now *console.Meter
	return func(done, total int, reused bool) {
		if now == nil {
			now = p.Bars.Count("proving batches", int64(total))
		}
		p.Log.Debug().Int("done", done).Int("total", total).Bool("reused", reused).Msg("batch")
		if now.Set(int64(done)); done == total {
			now.End()
		}
	}
}

// batchNumbers reads a list of numbers and ranges, such as 0-9,12; none are all.
func batchNumbers(list string, batches int) ([]int, error) {
	if list == "" || list == "all" {
		return nil, nil
	}
	numbers, err := numbered(list, uint64(batches), "batch", "batches")
	out := make([]int, len(numbers))
	for i, n := range numbers {
		out[i] = int(n)
	}
	return out, err
}

// numbered reads a list of numbers from 0 to below n, and ranges of them.
func numbered(list string, n uint64, one, many string) ([]uint64, error) {
	want := fmt.Sprintf("write numbers and ranges from 0 to %d, such as 0-9,12", n-1)
	var out []uint64
	for part := range strings.SplitSeq(list, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.ParseUint(first, 10, 64)
		to, err2 := strconv.ParseUint(last, 10, 64)
		if err != nil || err2 != nil || to < from || to >= n || to-from >= tokenlist.Max || len(out) >= tokenlist.Max {
			return nil, console.Hint(fmt.Errorf("%.40q is not a list of %s", list, many), want)
		}
		for i := from; i <= to; i++ {
			out = append(out, i)
		}
	}
	return out, nil
}
