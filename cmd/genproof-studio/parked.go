package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/state"
)

func (p *program) parkedVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "parked", Usage: "show the jobs that nobody is given any more, and why",
		Flags:  []cli.Flag{studioFlag(), &cli.BoolFlag{Name: "retry", Usage: "have all of them given out again"}},
		Action: p.parked,
	})
}

type parkedReport struct {
	Jobs    []state.ParkedJob `json:"jobs"`
	Retried bool              `json:"retried"`
}

func (p *program) parked(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	folder, err := p.folder(c)
	if err != nil {
		return err
	}
	r := parkedReport{Retried: c.Bool("retry")}
	if r.Jobs, err = folder.ParkedJobs(); err != nil {
		return err
	}
	if r.Retried {
		if _, err := folder.Retry(c.Context); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(r)
	}
	rows := [][]string{}
	for _, j := range r.Jobs {
		rows = append(rows, []string{"  " + j.What, j.Since.Format("2006-01-02 15:04"), strings.Join(j.Reasons, "; ")})
	}
	p.Say("%d jobs are parked", len(r.Jobs))
	p.Table(rows...)
	if r.Retried && len(r.Jobs) > 0 {
		p.Say("They are given out again: by a coordinator that is at work within its schedule, or at the next genproof-studio prove.")
	}
	return nil
}
