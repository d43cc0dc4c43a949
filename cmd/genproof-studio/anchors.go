package main

import (
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/anchor"
)

func (p *program) anchorsVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "anchors", Usage: "see that a server's logs lead to every head that serve --anchor has given away; exits with 1 if one does not",
		Description: "To date all of a tenant's logs at once: genproof log anchor DATA/drops/tenants/TENANT/log puts the head of the tenant's log into a block.",
		Flags:       []cli.Flag{dataFlag(), &cli.StringFlag{Name: "anchor", Usage: "the `FILE` of serve --anchor", Required: true}},
		Action:      p.checkAnchors,
	})
}

type anchorsReport struct {
	Verdict string `json:"verdict"` // holds or rejected
	Reason  string `json:"reason"`
	Anchors int    `json:"anchors"`
}

func (p *program) checkAnchors(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	f, err := anchor.Open(c.String("anchor"))
	if err != nil {
		return err
	}
	r := anchorsReport{Verdict: "holds", Anchors: f.Lines()}
	broken := f.Check(filepath.Join(c.String("data"), dropsDir))
	if broken != nil {
		r.Verdict, r.Reason = "rejected", broken.Error()
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.Say("%s: %d anchors", r.Verdict, r.Anchors)
		if broken != nil {
			p.Say("  %s", r.Reason)
		}
	}
	if err == nil && broken != nil {
		err = console.ErrRejected
	}
	return err
}
