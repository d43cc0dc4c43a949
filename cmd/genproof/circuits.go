package main

import (
	"encoding/hex"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/setup"
)

func (p *program) circuitsVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "circuits", ArgsUsage: "[CIRCUIT...]", Usage: "compile the circuits and show their sizes", Action: p.circuits,
	})
}

type circuitReport struct {
	ID           string `json:"id"`
	Binding      string `json:"binding"`
	Size         string `json:"size"`
	Constraints  int    `json:"constraints"`
	PublicInputs int    `json:"public_inputs"`
	Commitments  int    `json:"commitments"`
	Domain       uint64 `json:"domain"`
	Digest       string `json:"digest"`
}

func (p *program) circuits(c *cli.Context) error {
	ids, err := circuitIDs(c.Args().Slice())
	if err != nil {
		return err
	}
	list := make([]circuitReport, 0, len(ids))
	meter := p.Bars.Count("compiling", int64(len(ids)))
	for i, id := range ids {
		if err := c.Context.Err(); err != nil {
			return err
		}
		compiled, err := setup.Compile(id)
		if err != nil {
			return err
		}
		list = append(list, circuitReport{
			ID: id.String(), Binding: string(id.Binding), Size: id.Size.Name, Constraints: compiled.Constraints,
			PublicInputs: compiled.PublicInputs, Commitments: compiled.Commitments, Domain: compiled.Domain, Digest: hex.EncodeToString(compiled.Digest[:]),
		})
		meter.Set(int64(i + 1))
	}
	meter.End()
	if p.JSON {
		return p.Report(list)
	}
	rows := [][]string{{"CIRCUIT", "CONSTRAINTS", "DOMAIN", "INPUTS", "COMMITMENTS", "DIGEST"}}
	for _, r := range list {
		rows = append(rows, []string{r.ID, fmt.Sprint(r.Constraints), fmt.Sprint(r.Domain), fmt.Sprint(r.PublicInputs), fmt.Sprint(r.Commitments), r.Digest})
	}
	p.Table(rows...)
	return nil
}
