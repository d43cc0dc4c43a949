package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/bench/report"
	"github.com/genproof/genproof/internal/console"
)

// A program is one run of genproof-bench.
type program struct{ console.Console }

func (p *program) app() *cli.App {
	p.Version = p.version
	return p.App("measure genproof's circuits: constraints, times, memory, sizes, gas",
		"Quickest: genproof-bench run --quick, then genproof-bench report bench.json",
		p.runVerb(), p.compareVerb(), p.reportVerb(), p.tableVerb(), p.peersVerb(), p.taskVerb(),
	)
}

// peersVerb says where the peers are: their tools are not part of this program.
func (p *program) peersVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "peers", Hidden: true, SkipFlagParsing: true, Usage: "measure the same statements in other tools: a module of its own",
		Action: func(*cli.Context) error {
			return console.Hint(errors.New("the peers are a program and a module of their own"), "cd bench/peers && go run ./cmd/genproof-peers run, in a clone of the repository")
		},
	})
}

// version says from which sources the program is: figures are worth nothing without.
func (p *program) version(*cli.Context) error {
	s := host.Software()
	if p.JSON {
		return p.Report(s)
	}
	p.Say("genproof-bench, %s", report.Origin(s))
	p.Say("gnark %s, gnark-crypto %s, %s", s.Gnark, s.GnarkCrypto, s.Go)
	return nil
}
