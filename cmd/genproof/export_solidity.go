package main

import (
	"errors"
	"fmt"

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
		Name: "solidity", Usage: "write gnark's own Solidity verifier for a key, for a contract of yours",
		Description: "genproof deploy needs no export: its verifier is one bytecode for every key.",
		Flags: []cli.Flag{
			dropFlag(), keysFlag(),
			&cli.BoolFlag{Name: "standard", Usage: "gnark's standard contract: all nine public inputs, the key in its text"},
			&cli.StringFlag{Name: "key", Usage: "a verifying key `FILE` (default: the key store's, of the drop's circuit)"},
			&cli.StringFlag{Name: "out", Value: "StandardVerifier.sol", Usage: "the `FILE`, - for stdout"},
		},
		Action: p.exportSolidity,
	})
}

func (p *program) exportSolidity(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	if !c.Bool("standard") {
		return console.Hint(errors.New("only the standard verifier is exported"), "add --standard; genproof deploy deploys genproof's own, which is the same for every key")
	}
	vk, provenance, err := p.exportKey(c)
	if err != nil {
		return err
	}
	source, err := standardVerifier(vk)
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "-" {
		_, err := p.Stdout.Write(source)
		return err
	}
	if err := files.Write(out, source, files.Public); err != nil {
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
