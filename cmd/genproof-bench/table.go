package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/report"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) tableVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "table", ArgsUsage: "RUN", Usage: "write a run for other tools: every figure as CSV, or the main ones as TeX",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "csv", Usage: "every figure with its samples (default)"},
			&cli.BoolFlag{Name: "tex", Usage: "a table of the main figures for LaTeX"},
		},
		Action: p.table,
	})
}

func (p *program) table(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	switch {
	case c.Bool("csv") && c.Bool("tex"):
		return errors.New("--csv and --tex are two forms: name one")
	case p.JSON:
		return console.Hint(errors.New("a run is JSON already: table writes other forms"), "read "+args[0])
	}
	runs, err := readRuns(args)
	if err != nil {
		return err
	}
	if c.Bool("tex") {
		return report.WriteTeX(p.Stdout, runs[0])
	}
	return report.WriteCSV(p.Stdout, runs[0])
}
