package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/compare"
	"github.com/genproof/genproof/bench/record"
)

func (p *program) benchCompareVerb() *cli.Command {
	return verb(&cli.Command{
		Name: "compare", ArgsUsage: "A B", Usage: "set two runs side by side, and tell change from noise",
		Flags:  []cli.Flag{&cli.BoolFlag{Name: "csv", Usage: "report as CSV"}},
		Action: p.benchCompare,
	})
}

type compareReport struct {
	Warnings []string      `json:"warnings"`
	Rows     []compare.Row `json:"rows"`
}

func (p *program) benchCompare(c *cli.Context) error {
	args, err := operands(c, 2, 2)
	if err != nil {
		return err
	}
	if p.json && c.Bool("csv") {
		return errors.New("--json and --csv are two forms: name one")
	}
	runs, err := readRuns(args)
	if err != nil {
		return err
	}
	warnings, rows := compare.Warnings(runs[0], runs[1]), compare.Runs(runs[0], runs[1])
	if p.json {
		return p.report(compareReport{append([]string{}, warnings...), append([]compare.Row{}, rows...)})
	}
	for _, w := range warnings {
		fmt.Fprintf(p.stderr, "genproof: warning: %s\n", printable(w))
	}
	if c.Bool("csv") {
		return compare.CSV(p.stdout, rows)
	}
	p.sayComparison(rows)
	return nil
}

func readRuns(paths []string) (runs []*record.Run, err error) {
	for _, path := range paths {
		r, err := record.Read(path)
		if err != nil {
			return nil, hint(err, "genproof bench --out FILE writes runs")
		}
		runs = append(runs, r)
	}
	return runs, nil
}
