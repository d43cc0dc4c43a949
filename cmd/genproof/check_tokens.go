package main

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
	"github.com/genproof/genproof/prover"
)

type tokenCheckReport struct {
	Verdict  string          `json:"verdict"` // provable or refused
	Name     string          `json:"name"`
	Circuit  string          `json:"circuit"`
	Tokens   int             `json:"tokens"`
	Refusals []refusedTokens `json:"refusals"`
}

// checkTokens judges tokens of a drawn drop by all clauses of the statement.
func (p *program) checkTokens(c *cli.Context, dir string) error {
	if c.IsSet("values") {
		return console.Hint(errors.New("--values is for decks, and this is a drawn drop"), "genproof draw shows what is drawn")
	}
	d, err := p.openedDrop(dir)
	if err != nil {
		return err
	}
	list := c.String("tokens")
	if list == "" {
		list = "all"
	}
	ids, err := tokenlist.Parse(list, d.IDs)
	if err != nil {
		return err
	}
	meter := p.Bars.Count("checking", int64(len(ids)))
	refusals, err := prover.Check(c.Context, d, ids, func(done, _ int) { meter.Set(int64(done)) })
	meter.End()
	if err != nil {
		return err
	}
	r := tokenCheckReport{"provable", d.Name, d.Circuit.String(), len(ids), refusedOf(refusals)}
	if refusals != nil {
		r.Verdict = "refused"
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayTokenCheck(&r)
	}
	if err == nil && refusals != nil {
		return console.ErrRejected
	}
	return err
}

func (p *program) sayTokenCheck(r *tokenCheckReport) {
	p.Say("%s: %s (%s)", r.Name, counted(r.Tokens, "token"), r.Circuit)
	for _, refused := range r.Refusals {
		p.Say("  %s: breaks %q: %s", counted(len(refused.Tokens), "token"), refused.Rule, someIDs(refused.Tokens))
	}
	if r.Verdict == "provable" {
		p.Say("All of them can be proven.")
		return
	}
	p.Say("refused: there is no proof of a token that breaks a rule. What is drawn stays; claims are changed where they are wrong.")
}

// refusedOf is never nil.
func refusedOf(r *prover.Refusals) []refusedTokens {
	list := []refusedTokens{}
	if r == nil {
		return list
	}
	for _, rule := range r.Rules {
		list = append(list, refusedTokens{rule.Rule, rule.IDs})
	}
	return list
}
