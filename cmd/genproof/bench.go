package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// benchVerb says where the benchmarks are, to those who look for them here.
func (p *program) benchVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "bench", Hidden: true, SkipFlagParsing: true, Usage: "measure the circuits: a program of its own",
		Action: func(*cli.Context) error {
			return console.Hint(errors.New("bench is a program of its own"), "go run ./cmd/genproof-bench, in a clone of the repository")
		},
	})
}
