package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) initVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "init", ArgsUsage: "FOLDER", Usage: "start a new drop from a sample, with secrets of its own",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "template", Value: drop.Templates()[0], Usage: "the sample: " + strings.Join(drop.Templates(), " or ")}},
		Action: p.initDrop,
	})
}

func (p *program) initDrop(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	dir := args[0]
	if err := drop.Init(dir, c.String("template")); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]string{"folder": dir, "template": c.String("template"), "secrets": drop.SecretsFile})
	}
	p.Say("A new drop is in %s. Edit %s, %s, %s and %s there: README.md says what they are.", dir, drop.DefinitionFile, drop.PolicyFile, drop.ModelFile, drop.ClaimsFile)
	p.Say("Keep a copy of %s somewhere safe: it cannot be made again, and must never be published.", drop.SecretsFile)
	p.Say("Next: cd %s && genproof setup && genproof prove --tokens 1-20 && genproof verify out", dir)
	return nil
}
