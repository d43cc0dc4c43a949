package main

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/state"
)

func (p *program) workersVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "workers", Usage: "who may work: make a worker's key, add, list, remove",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{Name: "new", ArgsUsage: "FILE", Usage: "draw a worker's secret key, on the worker's machine, and print its public part", Action: p.newWorker}),
			p.Verb(&cli.Command{
				Name: "add", ArgsUsage: "WORKER", Usage: "let a worker work: age1…+64 hex digits, as workers new prints it",
				Flags: []cli.Flag{studioFlag(), &cli.StringFlag{Name: "name", Usage: "what to call it"}}, Action: p.addWorker,
			}),
			p.Verb(&cli.Command{Name: "list", Usage: "show all that were ever added, and the hidden values of how many batches and tokens each has seen", Flags: []cli.Flag{studioFlag()}, Action: p.listWorkers}),
			p.Verb(&cli.Command{Name: "remove", ArgsUsage: "WORKER", Usage: "give a worker nothing more, from its next request on", Flags: []cli.Flag{studioFlag()}, Action: p.removeWorker}),
		},
	})
}

type newWorkerReport struct {
	File   string `json:"file"`
	Worker string `json:"worker"`
}

func (p *program) newWorker(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	id, err := message.NewIdentity()
	if err != nil {
		return err
	}
	err = files.Create(args[0], id.File(), files.Secret)
	if errors.Is(err, fs.ErrExist) {
		return console.Hint(err, "a worker's key is never replaced: name another file")
	}
	if err != nil {
		return err
	}
	r := newWorkerReport{args[0], id.Worker().String()}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s", r.Worker)
	return nil
}

// A workerReport is a worker as people see it.
type workerReport struct {
	state.Worker
	Name   string         `json:"name"`
	Proven int            `json:"proven"`         // batches and tokens
	Seen   map[string]int `json:"seen"`           // by drop: batches and tokens whose hidden values it was given
	Last   *time.Time     `json:"last,omitempty"` // when it was given one last
}

func (p *program) addWorker(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	w, err := message.ParseWorker(args[0])
	if err != nil {
		return err
	}
	folder, err := state.Open(studio(c, "."))
	if err != nil {
		return err
	}
	if err := folder.Enrol(c.Context, w, c.String("name")); err != nil {
		return err
	}
	key, err := folder.Public()
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]string{"worker": w.String(), "name": w.Key.Name(), "coordinator": fmt.Sprintf("%x", key)})
	}
	p.Say("%s may work. It will see the hidden values of the batches that it proves, and with --share-secrets the seed and blind of a drawn drop.", w.Key.Name())
	p.Say("It needs --coordinator %x", key)
	return nil
}

func (p *program) listWorkers(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	folder, err := p.folder(c)
	if err != nil {
		return err
	}
	list, err := workersOf(folder)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(list)
	}
	if len(list) == 0 {
		p.Say("no workers: genproof-studio workers add lets one in")
		return nil
	}
	rows := [][]string{{"name", "called", "standing", "proven", "bad", "seen"}}
	for _, w := range list {
		seen := 0
		for _, n := range w.Seen {
			seen += n
		}
		standing := w.Standing
		if w.Reason != "" {
			standing += ": " + w.Reason
		}
		rows = append(rows, []string{w.Name, w.Label, standing, fmt.Sprint(w.Proven), fmt.Sprint(w.Bad), fmt.Sprint(seen)})
	}
	p.Table(rows...)
	return nil
}

// workersOf joins the list of workers and the journal.
func workersOf(folder *state.Folder) ([]workerReport, error) {
	workers, err := folder.Workers()
	if err != nil {
		return nil, err
	}
	list := []workerReport{}
	at := map[string]*workerReport{}
	for _, w := range workers {
		list = append(list, workerReport{Worker: w, Name: w.Name(), Seen: map[string]int{}})
	}
	for i := range list {
		if w, err := message.ParseWorker(list[i].Worker.Worker); err == nil {
			at[fmt.Sprintf("%x", w.Key)] = &list[i]
		}
	}
	given := map[string]bool{}
	err = folder.Events(func(e state.Event) {
		w := at[e.Worker]
		if w == nil {
			return // a worker of the coordinator's own process
		}
		switch once := fmt.Sprintf("%s %s %s", e.Worker, e.Drop, e.Job); e.Event {
		case state.Proven:
			w.Proven++
		case state.Given:
			w.Last = &e.Time
			if !given[once] {
				w.Seen[e.Drop]++
			}
			given[once] = true
		}
	})
	return list, err
}

func (p *program) removeWorker(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	folder, err := p.folder(c)
	if err != nil {
		return err
	}
	w, err := folder.Remove(c.Context, args[0])
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]string{"worker": w.Worker, "name": w.Name(), "standing": w.Standing})
	}
	p.Say("%s gets nothing more. What it has seen it has seen: genproof-studio workers list", w.Name())
	return nil
}
