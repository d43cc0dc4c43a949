package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/worker"
)

func (p *program) workVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "work", Usage: "take jobs from a coordinator and prove them, until it is stopped",
		Description: "The identity is a file of genproof-studio workers new, whose public part the coordinator's machine has added. A worker sees the hidden values of the batches that it proves, and of no others. With a token of a drawn drop it sees the drop's seed and blind: a coordinator gives it one with --share-secrets alone.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "identity", Usage: "the `FILE` with the worker's secret key", Required: true},
			&cli.StringFlag{Name: "coordinator", Usage: "the coordinator's public `KEY`, 64 hex digits, as prove --listen tells it: nobody else's jobs are taken", Required: true},
			&cli.StringFlag{Name: "cache", Usage: "the `FOLDER` for proving keys that are fetched (default: genproof/studio in the user's cache)"},
			keysFlag(),
		}, natsFlags()...),
		Action: p.work,
	})
}

type workReport struct {
	Worker string `json:"worker"`
	Proven int    `json:"proven"` // batches and tokens that were accepted
}

func (p *program) work(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	url, err := natsURL(c)
	if err != nil {
		return err
	}
	if url == "" {
		return console.Hint(errors.New("--nats is missing"), "prove --listen tells it")
	}
	id, err := identity(c.String("identity"))
	if err != nil {
		return err
	}
	by, err := message.ParsePublicKey(c.String("coordinator"))
	if err != nil {
		return fmt.Errorf("--coordinator: %w", err)
	}
	conn, err := queue.Dial(queue.Link{URL: url, CA: c.String("nats-ca"), Key: id.Key()})
	if err != nil {
		return err
	}
	defer conn.Close()
	fetched, err := p.fetched(c)
	if err != nil {
		return err
	}
	taker, err := queue.Take(conn, queue.SpaceOf(by))
	if err != nil {
		return err
	}
	fetched.Open = taker.Key
	r := &workReport{Worker: id.Worker().Key.Name()}
	spinner := p.Bars.Spin("working")
	defer spinner.End()
	err = worker.Run(c.Context, conn, worker.Options{Identity: id, Coordinator: by, Keys: fetched, Log: p.Log, Proven: func(w message.Work) {
		r.Proven++
		p.Log.Info().Stringer("drop", w.Drop).Stringer("job", w).Msg("proven")
	}})
	if err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("worker %s: %d proven", r.Worker, r.Proven)
	return nil
}

// identity reads a worker's secret key.
func identity(path string) (*message.Identity, error) {
	data, err := files.ReadSecret(path, 1<<16)
	if errors.Is(err, files.ErrExposed) {
		return nil, console.Hint(err, "chmod 600 "+path)
	}
	if err != nil {
		return nil, err
	}
	id, err := message.ParseIdentity(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return id, nil
}

// fetched keeps the keys that jobs name.
func (p *program) fetched(c *cli.Context) (*worker.Fetched, error) {
	s, err := store(c)
	if err != nil {
		return nil, err
	}
	dir := c.String("cache")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return nil, console.Hint(fmt.Errorf("finding the folder for keys: %w", err), "name one with --cache")
		}
		dir = filepath.Join(cache, "genproof", "studio")
	}
	return &worker.Fetched{Dir: dir, Store: s}, nil
}
