package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/compare"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) compareVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "compare", ArgsUsage: "A B", Usage: "set two runs side by side, and tell change from noise",
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "csv", Usage: "report as CSV"}},
		Action: p.compare,
	})
}

type compareReport struct {
	Warnings []string      `json:"warnings"`
	Rows     []compare.Row `json:"rows"`
}

func (p *program) compare(c *cli.Context) error {
	args, err := console.Operands(c, 2, 2)
	if err != nil {
		return err
	}
	if p.JSON && c.Bool("csv") {
		return errors.New("--json and --csv are two forms: name one")
	}
	runs, err := readRuns(args)
	if err != nil {
		return err
	}
	warnings, rows := compare.Warnings(runs[0], runs[1]), compare.Runs(runs[0], runs[1])
	if p.JSON {
		return p.Report(compareReport{append([]string{}, warnings...), append([]compare.Row{}, rows...)})
	}
	for _, w := range warnings {
		p.Warn("%s", w)
	}
	if c.Bool("csv") {
		return compare.CSV(p.Stdout, rows)
	}
	p.sayComparison(rows)
	return nil
}

func readRuns(paths []string) (runs []*record.Run, err error) {
	for _, path := range paths {
		r, err := record.Read(path)
		if err != nil {
			return nil, console.Hint(err, "genproof-bench run --out FILE writes runs")
		}
		runs = append(runs, r)
	}
	return runs, nil
}
