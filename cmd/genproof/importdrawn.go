package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/internal/console"
)

// importDrawn makes a drawn drop of layers of pictures.
func (p *program) importDrawn(c *cli.Context, from string) error {
	for _, name := range []string{"hidden", "replace-hidden", "template", "home", "images", "random-member", "first-id", "generate", "seed-file"} {
		if c.IsSet(name) {
			return console.Hint(fmt.Errorf("--%s is for decks, and --drawn makes a drawn drop", name), "write it into layers.yaml or drop.yaml where it belongs")
		}
	}
	if c.Uint64("drawn") == 0 {
		return console.Hint(errors.New("--drawn 0: a drop has at least one token"), "name the number of tokens")
	}
	s, err := engine.ImportDrawn(engine.DrawnOptions{From: from, To: c.String("out"), Supply: c.Uint64("drawn"), Name: c.String("name"), Pictures: c.Bool("pictures")})
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(s)
	}
	p.Say("%s of %s, %s, circuit %s", counted(s.Traits, "trait"), counted(s.Rows, "text"), counted(s.Rules, "rule"), s.Circuit)
	if s.AsPublished != "" {
		p.Say("spelling: as published, because of %s; every report says so", s.AsPublished)
	}
	if c.Bool("pictures") {
		p.Say("pictures of %d×%d pixels, %s beside transparent: proven with the tokens", s.Side, s.Side, counted(s.Colours, "colour"))
	}
	p.Say("A drawn drop is in %s. Edit %s and %s there; keep a copy of %s somewhere safe, which cannot be made again.", c.String("out"), drop.DefinitionFile, drop.PolicyFile, drop.SecretsFile)
	compose := fmt.Sprintf("genproof compose %s --claim %s && ", from, engine.ImageClaim)
	if c.Bool("pictures") {
		compose = ""
	}
	p.Say("Next: cd %s && genproof odds && genproof setup && %sgenproof prove --tokens 1-20", c.String("out"), compose)
	return nil
}
