package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
)

func (p *program) composeVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "compose", ArgsUsage: "LAYERS", Usage: "paint the images of a drawn drop's tokens from layers of PNG files, by what is drawn",
		Description: "LAYERS is a folder of layers/ and layers.yaml, whose layers have the traits' names. Images are ID.png.\nWith --claim their SHA-256 goes into claims.csv; an authority of its own signs them with genproof receipt sign --files.",
		Flags: []cli.Flag{
			dropFlag(),
			&cli.StringFlag{Name: "tokens", Value: "all", Usage: "the tokens: 1-20,25 or all"},
			&cli.StringFlag{Name: "out", Value: "images", Usage: "the `FOLDER` of the images"},
			&cli.StringFlag{Name: "claim", Usage: "the `NAME` of the digest claim that the images' SHA-256 becomes"},
		},
		Action: p.compose,
	})
}

type composeReport struct {
	Folder  string `json:"folder"`
	Written int    `json:"written"`
	Kept    int    `json:"kept"`
	Claim   string `json:"claim,omitempty"`
}

func (p *program) compose(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	d, err := p.openedDrop(c.String("drop"))
	if err != nil {
		return err
	}
	claim := c.String("claim")
	if claim != "" && !d.SelfAsserted {
		return console.Hint(errors.New("--claim: the drop's claims are signed by somebody else"), "its authority signs them: genproof receipt sign --files "+claim+"="+c.String("out")+"/{id}.png")
	}
	if claim != "" {
		if err := d.TakesDigests(claim); err != nil {
			return err
		}
	}
	ids, err := tokenlist.Parse(c.String("tokens"), d.IDs)
	if err != nil {
		return err
	}
	meter := p.Bars.Count("painting", int64(len(ids)))
	made, err := engine.Compose(c.Context, engine.ComposeOptions{
		Drop: d, From: args[0], IDs: ids, To: c.String("out"), Progress: func(done, _ int) { meter.Set(int64(done)) },
	})
	meter.End()
	if err != nil {
		return err
	}
	if claim != "" {
		if err := d.WriteDigests(claim, ids, made.Digests); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(composeReport{c.String("out"), made.Written, made.Kept, claim})
	}
	p.Say("%s in %s, %d of them were there. They show what is drawn: keep them to yourself until the drop is published.", counted(len(ids), "image"), c.String("out"), made.Kept)
	if claim != "" {
		p.Say("Their SHA-256 are the claims %q in %s.", claim, drop.ClaimsTableFile)
	}
	return nil
}
