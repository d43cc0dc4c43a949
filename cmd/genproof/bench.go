package main

import (
	"github.com/urfave/cli/v2"
)

func (p *program) benchVerb() *cli.Command {
	return verb(&cli.Command{
		Name: "bench", ArgsUsage: "[SUBJECT...]", Usage: "measure the circuits: constraints, times, memory, sizes, gas",
		Description: "Subjects: circuits such as cid/small, gadgets such as sha256/1 or receipt, or circuits, gadgets, all.\n" +
			"Each figure has a median and a spread (between the quartiles), and says how busy others kept the machine.\n" +
			"A run that was stopped goes on when the same is run again. Quickest: genproof bench --quick",
		Flags:  benchFlags(),
		Action: p.benchRun,
		Subcommands: []*cli.Command{
			verb(&cli.Command{Name: "run", ArgsUsage: "[SUBJECT...]", Usage: "as bench alone", Flags: benchFlags(), Action: p.benchRun}),
			p.benchCompareVerb(),
			p.benchReportVerb(),
			p.benchPeersVerb(),
			verb(&cli.Command{Name: benchTask, Hidden: true, Usage: "one measurement, for bench itself", Action: p.benchTask}),
		},
	})
}
