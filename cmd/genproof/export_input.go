package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/solidity"
)

// contractNames are those of the contracts that are deployed.
func contractNames() (names []string) {
	for _, a := range solidity.Artifacts() {
		names = append(names, a.Contract)
	}
	return names
}

// artifactOf returns the contract of that name, nil if there is none.
func artifactOf(name string) *solidity.Artifact {
	list := solidity.Artifacts()
	if i := slices.IndexFunc(list, func(a *solidity.Artifact) bool { return a.Contract == name }); i >= 0 {
		return list[i]
	}
	return nil
}

// sourceOf is where a contract stands in its sources, "" if it is none of ours.
func sourceOf(contract string) string {
	if a := artifactOf(contract); a != nil {
		return a.Source()
	}
	return ""
}

type inputReport struct {
	File     string `json:"file"`
	Contract string `json:"contract"` // path:name
	Compiler string `json:"compiler"`
	EVM      string `json:"evm"`
	Runs     int    `json:"optimizer_runs"`
}

// exportInput writes the compiler's input of a contract.
func (p *program) exportInput(c *cli.Context, name string) error {
	a := artifactOf(name)
	if a == nil {
		return console.Hint(fmt.Errorf("there is no contract %.40q", name), "name one of "+strings.Join(contractNames(), ", "))
	}
	data, err := a.CompilerInput()
	if err != nil {
		return err
	}
	out, written, err := p.writeExport(c, name+".json", append(data, '\n'))
	if err != nil || !written {
		return err
	}
	r := inputReport{File: out, Contract: a.Source(), Compiler: a.Compiler, EVM: a.EVM, Runs: a.OptimizerRuns}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s: the standard JSON input of %s", r.File, r.Contract)
	p.Table([]string{"  compiler", "solc " + r.Compiler}, []string{"  settings", fmt.Sprintf("EVM %s, optimizer with %d runs, no metadata", r.EVM, r.Runs)})
	return nil
}
