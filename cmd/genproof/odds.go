package main

import (
	"fmt"
	"math/big"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) oddsVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "odds", Usage: "tell how often a drawn drop's traits show what, exactly, after the model's rules",
		Description: "For the drop's owner alone: weights are hidden.",
		Flags:       []cli.Flag{dropFlag()},
		Action:      p.odds,
	})
}

type traitOddsReport struct {
	Trait  string       `json:"trait"`
	Hidden bool         `json:"hidden"`
	Odds   []oddsReport `json:"odds"`
}

type oddsReport struct {
	Text      string  `json:"text"`  // empty for none
	Exact     string  `json:"exact"` // a fraction in lowest terms
	Effective float64 `json:"effective"`
	Written   float64 `json:"written"` // by the weights alone
	Tokens    float64 `json:"tokens"`  // of the supply, in the mean
}

func (p *program) odds(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	d, err := p.loadDrop(c.String("drop"))
	if err != nil {
		return err
	}
	list := oddsOf(d)
	if p.JSON {
		return p.Report(list)
	}
	p.Say("%s: %d tokens. What each trait shows, after the rules; in brackets what the weights say alone.", d.Name, d.IDs.Supply)
	for _, t := range list {
		p.sayOdds(t)
	}
	return nil
}

func oddsOf(d *drop.Drop) []traitOddsReport {
	var list []traitOddsReport
	supply := new(big.Rat).SetInt(new(big.Int).SetUint64(d.IDs.Supply))
	for _, t := range d.Odds() {
		r := traitOddsReport{Trait: t.Name, Hidden: t.Hidden}
		for _, o := range t.Odds {
			effective, _ := o.Effective.Float64()
			written, _ := o.Written.Float64()
			tokens, _ := new(big.Rat).Mul(o.Effective, supply).Float64()
			r.Odds = append(r.Odds, oddsReport{o.Text, o.Effective.RatString(), effective, written, tokens})
		}
		list = append(list, r)
	}
	return list
}

func (p *program) sayOdds(t traitOddsReport) {
	hidden := ""
	if t.Hidden {
		hidden = " (hidden)"
	}
	p.Say("%s%s", t.Trait, hidden)
	var rows [][]string
	for _, o := range t.Odds {
		text := o.Text
		if text == "" {
			text = "(none)"
		}
		note := ""
		if o.Effective == 0 {
			note = "NEVER DRAWN"
		}
		rows = append(rows, []string{"  " + text, percent(o.Effective), "(" + percent(o.Written) + ")", fmt.Sprintf("about %.1f tokens", o.Tokens), note})
	}
	p.Table(rows...)
}

func percent(p float64) string { return fmt.Sprintf("%.4g %%", 100*p) }
