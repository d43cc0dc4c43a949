package main

import (
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
)

func (p *program) proveVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "prove", ArgsUsage: "[FOLDER]", Usage: "prove the deck in a folder with workers here, and elsewhere with --listen or --nats",
		Description: "What is proven already is kept: run the same again to continue after an interruption. The default folder is this one.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "the output `FOLDER` (default: out in the deck's folder)"},
			&cli.BoolFlag{Name: "reveal", Usage: "of a sealed deck, publish documents and openings too"},
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
	d, err := p.loadDeck(c, dir)
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = filepath.Join(dir, "out")
	}
	if _, err := os.Lstat(filepath.Join(out, drop.DefinitionFile)); err == nil {
		return console.Hint(fmt.Errorf("%s is a drop's folder", out), "name another folder with --out: it will be published")
	}
	job := service.Deck{Deck: d, Out: out, Reveal: c.Bool("reveal")}
	if job.Store, err = store(c); err != nil {
		return err
	}
	if err := d.Provable(); err != nil {
		return err
	}
	if job.Keys, err = p.existingKeys(c.Context, job.Store, d.Circuit); err != nil {
		return err
	}
	r, err := p.proveDeck(c, dir, job)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%d batches proven, %d there already, %.1f s", r.Proven, r.Reused, r.Seconds)
	p.Table([]string{"  folder", r.Folder}, []string{"  verifying key", r.Key.Digest})
	p.Say("Next: genproof verify %s, then genproof publish %s", r.Folder, r.Folder)
	return nil
}

// loadDeck reads the deck in dir.
func (p *program) loadDeck(c *cli.Context, dir string) (*drop.Deck, error) {
	if err := engine.Recover(dir); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(filepath.Join(dir, drop.DefinitionFile)); err == nil && !drop.IsDeck(dir) {
		return nil, console.Hint(errors.New("this is a drawn drop, and genproof-studio proves decks"), "genproof prove --tokens 1-20")
	}
	d, err := drop.LoadDeck(c.Context, dir, nil)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		p.Warn("%s", w)
	}
	return d, nil
}

// proveDeck runs a studio until the deck is proven.
func (p *program) proveDeck(c *cli.Context, dir string, job service.Deck) (*proveReport, error) {
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
	if err := s.Work(c.Int("workers"), job.Keys); err != nil {
		return nil, err
	}
	id, err := s.IDOf()
	if err != nil {
		return nil, err
	}
	r := &proveReport{Folder: job.Out}
	if r.Reused, err = s.Prove(c.Context, id, job); err != nil {
		return nil, err
	}
	digest := job.Keys.Verifying.Digest()
	r.Proven, r.Seconds = job.Deck.Batches()-r.Reused, time.Since(start).Seconds()
	r.Key.Digest, r.Key.Provenance = "0x"+hex.EncodeToString(digest[:]), job.Keys.Provenance
	return r, nil
}

func (p *program) studioOptions(c *cli.Context, dir string) (o service.Options, err error) {
	o = service.Options{
		Dir: studio(c, dir), URL: c.String("nats"), CA: c.String("nats-ca"), Listen: c.String("listen"),
		Coordinator: coordinator.Options{
			Queue: queue.Options{AckWait: c.Duration("ack-wait"), Replicas: c.Int("replicas")}, Log: p.Log, Progress: p.batchProgress(),
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

func (p *program) batchProgress() func(message.DropID, int, int) {
	var now *console.Meter
	return func(_ message.DropID, done, total int) {
		if now == nil {
			now = p.Bars.Count("proving batches", int64(total))
		}
		if now.Set(int64(done)); done == total {
			now.End()
		}
	}
}
