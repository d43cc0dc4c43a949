package main

import (
	"errors"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

func (p *program) exportRowsVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "rows", ArgsUsage: "CIRCUIT", Usage: "write a circuit's rows as text, for tools that look for wires with a choice",
		Description: "The form follows the .sr1cs of Picus; the circuits' README says what it is.",
		Flags:       []cli.Flag{&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: CIRCUIT.sr1cs, a - for each /)"}},
		Action:      p.exportRows,
	})
}

var errOneCircuit = errors.New("this names several circuits")

func (p *program) exportRows(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	ids, err := circuitIDs(args)
	if err != nil {
		return err
	}
	if len(ids) != 1 {
		return console.Hint(errOneCircuit, "name one, such as root/small")
	}
	circuit, err := setup.Compile(ids[0])
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = strings.ReplaceAll(circuit.ID, "/", "-") + ".sr1cs"
	}
	if err := files.Stream(out, files.Public, func(f *os.File) error { return circuit.WriteRows(f) }); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": out, "circuit": circuit.ID, "rows": circuit.Constraints})
	}
	p.Say("%s holds the %d rows of %s", out, circuit.Constraints, circuit.ID)
	return nil
}
