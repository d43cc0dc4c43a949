package main

import (
	"context"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/coordinator"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/setup"
)

func (p *program) proveVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "prove", ArgsUsage: "[FOLDER]", Usage: "prove the deck, or tokens of the drawn drop, in a folder with workers here, and elsewhere with --listen or --nats",
		Description: "What is proven already is kept: run the same again to continue after an interruption. The default folder is this one.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "the output `FOLDER` (default: out in the deck's folder)"},
			&cli.BoolFlag{Name: "reveal", Usage: "of a sealed deck, publish documents and openings too"},
			&cli.StringFlag{Name: "tokens", Usage: "of a drawn drop, the tokens: 1-20,25 or all"},
			&cli.StringFlag{Name: "recipient", Usage: "of a drawn drop, the `ADDRESS` that the tokens may be minted to (default: anyone)"},
			&cli.BoolFlag{Name: "share-secrets", Usage: "of a drawn drop, let workers elsewhere prove tokens: they learn its seed and blind, from which follows what any of its tokens draws"},
		}, studioFlags()...),
		Action: p.prove,
	})
}

// studioFlags are of verbs that run a studio.
func studioFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.IntFlag{Name: "workers", Value: 1, Usage: "workers in this process: each takes the memory of a proof; 0 for none"},
		keysFlag(), studioFlag(),
		&cli.StringFlag{Name: "listen", Usage: "take workers of other machines at `HOST:PORT`: of loopback, or with --tls-cert"},
		&cli.StringFlag{Name: "tls-cert", Usage: "the `FILE` of a certificate for what listens"},
		&cli.StringFlag{Name: "tls-key", Usage: "the `FILE` of its key"},
		&cli.IntFlag{Name: "replicas", Value: 1, Usage: "copies of the queue in a cluster of --nats"},
		&cli.DurationFlag{Name: "ack-wait", Value: 30 * time.Second, Usage: "a job whose worker is silent for so long goes to another"},
	}, natsFlags()...)
}

type proveReport struct {
	Folder  string  `json:"folder"`
	Proven  int     `json:"proven"`
	Reused  int     `json:"reused"`
	Seconds float64 `json:"seconds"`
	Key     struct {
		Digest     string `json:"digest"`
		Provenance string `json:"provenance"`
	} `json:"key"`
}

func (p *program) prove(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	dir := "."
	if len(args) == 1 {
		dir = args[0]
	}
	if c.Int("workers") < 0 || c.Int("workers") > 64 {
		return errors.New("--workers: want 0 to 64")
	}
	if c.Int("workers") == 0 && c.String("listen") == "" && c.String("nats") == "" {
		return console.Hint(errors.New("there are no workers"), "leave --workers out, or take those of other machines with --listen or --nats")
	}
	out := c.String("out")
	if out == "" {
		out = filepath.Join(dir, "out")
	}
	if _, err := os.Lstat(filepath.Join(out, drop.DefinitionFile)); err == nil {
		return console.Hint(fmt.Errorf("%s is a drop's folder", out), "name another folder with --out: it will be published")
	}
	if err := engine.Recover(dir); err != nil {
		return err
	}
	what, prepare := "batches", p.deckJob
	if _, err := os.Lstat(filepath.Join(dir, drop.DefinitionFile)); err == nil && !drop.IsDeck(dir) {
		what, prepare = "tokens", p.tokensJob
	}
	job, err := prepare(c, dir, out)
	if err != nil {
		return err
	}
	r, err := p.proveJob(c, dir, job)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%d %s proven, %d there already, %.1f s", r.Proven, what, r.Reused, r.Seconds)
	p.Table([]string{"  folder", r.Folder}, []string{"  verifying key", r.Key.Digest})
	p.Say("Next: genproof verify %s, then genproof publish %s", r.Folder, r.Folder)
	return nil
}

// A job is what a studio is to prove.
type job struct {
	out   string
	total int // batches or tokens
	keys  *setup.Groth16Keys
	prove func(ctx context.Context, s *service.Studio, id message.DropID) (reused int, err error)
}

// deckJob is the deck in dir.
func (p *program) deckJob(c *cli.Context, dir, out string) (*job, error) {
	for _, name := range []string{"tokens", "recipient", "share-secrets"} {
		if c.IsSet(name) {
			return nil, fmt.Errorf("--%s is for drawn drops, and this is a deck", name)
		}
	}
	d, err := p.loadDeck(c, dir)
	if err != nil {
		return nil, err
	}
	if err := d.Provable(); err != nil {
		return nil, err
	}
	s, keys, err := p.storeAndKeys(c, d.Circuit)
	if err != nil {
		return nil, err
	}
	work := service.Deck{Deck: d, Out: out, Reveal: c.Bool("reveal"), Store: s, Keys: keys}
	return &job{out, d.Batches(), keys, func(ctx context.Context, s *service.Studio, id message.DropID) (int, error) {
		return s.Prove(ctx, id, work)
	}}, nil
}

// loadDeck reads the deck in dir.
func (p *program) loadDeck(c *cli.Context, dir string) (*drop.Deck, error) {
	d, err := drop.LoadDeck(c.Context, dir, nil)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		p.Warn("%s", w)
	}
	return d, nil
}

// proveJob runs a studio until all is proven.
func (p *program) proveJob(c *cli.Context, dir string, job *job) (*proveReport, error) {
	start := time.Now()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50) // a proof's garbage is large and of one kind
	}
	o, err := p.studioOptions(c, dir)
	if err != nil {
		return nil, err
	}
	s, err := service.Open(c.Context, o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if err := p.tellWhere(s); err != nil {
		return nil, err
	}
	if err := s.Work(c.Int("workers"), job.keys); err != nil {
		return nil, err
	}
	id, err := s.IDOf()
	if err != nil {
		return nil, err
	}
	r := &proveReport{Folder: job.out}
	if r.Reused, err = job.prove(c.Context, s, id); err != nil {
		return nil, err
	}
	digest := job.keys.Verifying.Digest()
	r.Proven, r.Seconds = job.total-r.Reused, time.Since(start).Seconds()
	r.Key.Digest, r.Key.Provenance = "0x"+hex.EncodeToString(digest[:]), job.keys.Provenance
	return r, nil
}

func (p *program) studioOptions(c *cli.Context, dir string) (o service.Options, err error) {
	url, err := natsURL(c)
	if err != nil {
		return o, err
	}
	o = service.Options{
		Dir: studio(c, dir), URL: url, CA: c.String("nats-ca"), Listen: c.String("listen"),
		Coordinator: coordinator.Options{
			Queue: queue.Options{AckWait: c.Duration("ack-wait"), Replicas: c.Int("replicas")}, Log: p.Log, Progress: p.progress(),
		},
	}
	if o.URL != "" && o.Listen != "" {
		return o, errors.New("--listen is for a queue in this process, and --nats names another")
	}
	if cert := c.String("tls-cert"); cert != "" {
		pair, err := tls.LoadX509KeyPair(cert, c.String("tls-key"))
		if err != nil {
			return o, fmt.Errorf("--tls-cert: %w", err)
		}
		o.TLS = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS13}
	}
	return o, nil
}

// tellWhere says, on stderr, what workers of other machines need to know.
func (p *program) tellWhere(s *service.Studio) error {
	key, err := s.State.Public()
	if err != nil || s.URL() == "" {
		return err
	}
	if p.JSON {
		p.Note(map[string]string{"nats": s.URL(), "coordinator": hex.EncodeToString(key[:])})
		return nil
	}
	fmt.Fprintf(p.Stderr, "genproof-studio: workers elsewhere: genproof-studio work --nats %s --coordinator %x --identity FILE\n", s.URL(), key)
	return nil
}

func (p *program) progress() func(message.DropID, int, int) {
	var now *console.Meter
	return func(_ message.DropID, done, total int) {
		if now == nil {
			now = p.Bars.Count("proving", int64(total))
		}
		if now.Set(int64(done)); done == total {
			now.End()
		}
	}
}
