package main

import (
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/internal/console"
)

// A program is one run of genproof-bench.
type program struct{ console.Console }

func (p *program) app() *cli.App {
	p.Version = p.version
	return p.App("measure genproof's circuits: constraints, times, memory, sizes, gas",
		"Quickest: genproof-bench run --quick, then genproof-bench report bench.json",
		p.runVerb(), p.compareVerb(), p.reportVerb(), p.peersVerb(), p.taskVerb(),
	)
}

// version says from which sources the program is: figures are worth nothing without.
func (p *program) version(*cli.Context) error {
	s := host.Software()
	if p.JSON {
		return p.Report(s)
	}
	p.Say("genproof-bench %s", commitOf(s))
	p.Say("gnark %s, gnark-crypto %s, %s", s.Gnark, s.GnarkCrypto, s.Go)
	return nil
}
