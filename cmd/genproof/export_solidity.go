package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
	"github.com/genproof/genproof/verifier/plonk"
)

func (p *program) exportSolidityVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "solidity", Usage: "write what the deployed contracts were compiled from, or gnark's own verifier for a key",
		Description: "With --contract NAME it writes the compiler's standard JSON input of a contract that genproof deploys, which explorers of chains want; deploy --json tells the constructor's arguments.\n" +
			"genproof deploy needs no export: its verifier is one bytecode for every key.",
		Flags: []cli.Flag{
			dropFlag(), keysFlag(),
			&cli.BoolFlag{Name: "standard", Usage: "gnark's standard contract: all nine public inputs, the key in its text"},
			&cli.StringFlag{Name: "key", Usage: "a verifying key `FILE` (default: the key store's, of the drop's circuit)"},
			&cli.StringFlag{Name: "contract", Usage: "one of genproof's contracts, by its `NAME`: " + strings.Join(contractNames(), ", ")},
			&cli.StringFlag{Name: "out", Usage: "the `FILE`, - for stdout (default: StandardVerifier.sol, or the contract's name with .json)"},
		},
		Action: p.exportSolidity,
	})
}

func (p *program) exportSolidity(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	switch name := c.String("contract"); {
	case name != "" && c.Bool("standard"):
		return console.Hint(errors.New("--standard and --contract are two exports"), "leave one out")
	case name != "":
		return p.exportInput(c, name)
	case !c.Bool("standard"):
		return console.Hint(errors.New("nothing is named to be exported"), "add --standard, or --contract and a name; genproof deploy deploys genproof's own verifier, which is the same for every key")
	}
	vk, provenance, err := p.exportKey(c)
	if err != nil {
		return err
	}
	source, err := standardVerifier(vk)
	if err != nil {
		return err
	}
	out, written, err := p.writeExport(c, "StandardVerifier.sol", source)
	if err != nil || !written {
		return err
	}
	digest := vk.Digest()
	if p.JSON {
		return p.Report(map[string]any{"file": out, "key_digest": hexOf(digest[:]), "provenance": provenance})
	}
	p.Say("%s verifies proofs of the key %s", out, hexOf(digest[:]))
	p.sayProvenance(provenance, false)
	return nil
}

// writeExport writes to the file of --out; false if that was stdout, where nothing else goes.
func (p *program) writeExport(c *cli.Context, otherwise string, data []byte) (out string, written bool, err error) {
	if out = c.String("out"); out == "" {
		out = otherwise
	}
	if out == "-" {
		_, err = p.Stdout.Write(data)
		return out, false, err
	}
	return out, true, files.Write(out, data, files.Public)
}

// exportKey takes a named key without asking for a drop.
func (p *program) exportKey(c *cli.Context) (key.Verifying, string, error) {
	if file := c.String("key"); file != "" {
		vk, err := p.trustedKey(file)
		return vk, "", err
	}
	d, err := drop.Load(c.String("drop"))
	if err != nil {
		return nil, "", err
	}
	vk, provenance, _, err := p.deployKey(c, d)
	return vk, provenance, err
}

// standardVerifier is gnark's contract for a key of either proof system.
func standardVerifier(vk key.Verifying) ([]byte, error) {
	switch own := vk.(type) {
	case *groth16.VerifyingKey:
		return solidity.StandardVerifier(own)
	case *plonk.VerifyingKey:
		return solidity.StandardPlonkVerifier(own)
	}
	return nil, fmt.Errorf("there is no contract for keys of %s", vk.Backend())
}
