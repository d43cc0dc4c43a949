package main

import (
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
)

func (p *program) statusVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "status", Usage: "show what a drop's mint contract says",
		Flags:  append(nodeFlags(), dropFlag(), contractFlag(), &cli.StringFlag{Name: "journal", Usage: "the drop's journal `FILE`"}),
		Action: p.status,
	})
}

type statusReport struct {
	ChainID     uint64              `json:"chain_id"`
	Block       uint64              `json:"block"`
	Contract    string              `json:"contract"`
	Known       bool                `json:"genproof_drop"` // its code is the one this program deploys
	Name        string              `json:"name"`
	Owner       string              `json:"owner"`
	FirstID     uint64              `json:"first_id"`
	Supply      uint64              `json:"supply"`
	Minted      int                 `json:"minted"`
	Verifier    string              `json:"verifier"`
	KeyKnown    bool                `json:"genproof_verifier"`
	Key         string              `json:"key_digest"`
	Open        bool                `json:"open"`
	From        entropyReport       `json:"beacon_from"`
	Entropy     string              `json:"entropy"`
	Beacon      string              `json:"beacon"`
	Commitments verdict.Commitments `json:"commitments"`
	TemplateSet bool                `json:"template_set"`
	Template    *nextTemplate       `json:"next_template"` // null if none was announced
}

// A nextTemplate is what holders can ask for, from a time on.
type nextTemplate struct {
	Template string    `json:"template"`
	From     time.Time `json:"from"`
}

func (p *program) status(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	client, err := p.reading(c)
	if err != nil {
		return err
	}
	contract, err := contractOf(c, client)
	if err != nil {
		return err
	}
	if deck, err := client.IsDeck(c.Context, contract); err != nil {
		return err
	} else if deck {
		return p.deckStatus(c, client, contract)
	}
	s, err := client.Status(c.Context, contract)
	if err != nil {
		return err
	}
	minted, err := client.Minted(c.Context, s)
	if err != nil {
		return err
	}
	r := statusOf(s, len(minted))
	if p.JSON {
		return p.Report(r)
	}
	p.sayStatus(&r)
	return nil
}

func statusOf(s *chain.Status, minted int) statusReport {
	r := statusReport{
		ChainID: s.ChainID, Block: s.Block, Contract: s.Contract.Hex(), Known: s.Known, Name: s.Name, Owner: s.Owner.Hex(), FirstID: s.FirstID, Supply: s.Supply, Minted: minted,
		Verifier: s.Verifier.Hex(), KeyKnown: s.KeyKnown, Open: s.Open, Entropy: hexOf(s.Entropy[:]), Beacon: hexElement(s.Beacon),
		Commitments: verdict.CommitmentsOf(&s.Commitments), TemplateSet: s.HasTemplate(),
	}
	r.From.of(s)
	if s.TemplateFrom != 0 {
		r.Template = &nextTemplate{hexElement(s.NextTemplate), time.Unix(int64(s.TemplateFrom), 0).UTC()}
	}
	if s.Key != nil {
		digest := s.Key.Digest()
		r.Key = hexOf(digest[:])
	}
	return r
}

func (p *program) sayStatus(r *statusReport) {
	p.Say("%s, %d of %d tokens minted, at block %d of chain %d", r.Name, r.Minted, r.Supply, r.Block, r.ChainID)
	code := func(known bool, what string) string {
		if known {
			return "(" + what + ")"
		}
		return "(NOT the code of " + what + ")"
	}
	beacon := "not fixed; it will come from " + r.From.said()
	if r.Open {
		beacon = r.Beacon + ", from " + r.From.said()
	}
	next := "none announced"
	if r.Template != nil {
		next = fmt.Sprintf("%s, from %s", r.Template.Template, r.Template.From.Format(time.RFC3339))
	}
	c := r.Commitments
	if !r.TemplateSet {
		c.Template = "not set"
	}
	p.Table([]string{"  mint contract", r.Contract + "  " + code(r.Known, "GenproofDrop")}, []string{"  owner", r.Owner},
		[]string{"  verifier", r.Verifier + "  " + code(r.KeyKnown, "Groth16Verifier")}, []string{"  verifying key", r.Key},
		[]string{"  model", c.Model}, []string{"  policy", c.Policy}, []string{"  template", c.Template}, []string{"  authority", c.Authority}, []string{"  seeds", c.Seeds},
		[]string{"  beacon", beacon}, []string{"  next template", next})
	switch {
	case !r.Open:
		p.Say("Next: genproof open%s", r.From.opens())
	case !r.TemplateSet:
		p.Say("Next: genproof template set")
	}
}
