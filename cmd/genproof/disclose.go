package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) discloseVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "disclose", Usage: "open chosen attributes of one card of a deck, or facts of it, and no others",
		Description: "The file shows the values that are named, to whoever gets it, and that the deck was committed with them. Nothing can take them back.",
		Flags: []cli.Flag{
			dropFlag(), cardFlag(),
			&cli.StringFlag{Name: "show", Usage: "the `NAMES` of the card's attributes: Lineage,license, or claim.license where a trait has the name too"},
			&cli.StringFlag{Name: "fact", Usage: "the `NAMES` of facts of the deck, instead of --card and --show"},
			&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: disclosure-NUMBER.json, of facts disclosure.json)"},
		},
		Action: p.disclose,
	})
}

type disclosedReport struct {
	File   string   `json:"file"`
	Card   *uint64  `json:"card,omitempty"` // missing of facts
	Opened []string `json:"opened"`         // names
}

func (p *program) disclose(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	names, out := strings.Split(c.String("show"), ","), c.String("out")
	var made *bundle.Disclosure
	switch facts := c.String("fact"); {
	case facts != "" && (c.IsSet("card") || c.IsSet("show")):
		return errors.New("--fact is about the deck, --card and --show about a card: make two files")
	case facts != "":
		d, err := p.deckOf(c)
		if err != nil {
			return err
		}
		names = strings.Split(facts, ",")
		if made, err = d.DiscloseFacts(names); err != nil {
			return err
		}
	case c.String("show") == "":
		return console.Hint(errors.New("nothing is named that is to be opened"), "name attributes with --show, or facts with --fact")
	default:
		d, card, err := p.cardOfDeck(c)
		if err != nil {
			return err
		}
		if made, err = d.Disclose(card, names); err != nil {
			return err
		}
	}
	r := &disclosedReport{File: out, Opened: names}
	if made.Card != nil {
		r.Card = &made.Card.Number
	}
	switch {
	case out != "":
	case made.Card != nil:
		r.File = fmt.Sprintf("disclosure-%d.json", made.Card.Number)
	default:
		r.File = "disclosure.json"
	}
	data, err := made.Marshal()
	if err != nil {
		return err
	}
	if err := files.Write(r.File, data, files.Secret); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s opens %s", r.File, strings.Join(names, ", "))
	p.Say("Next, whoever reads it: genproof verify %s --drop drop.json", r.File)
	return nil
}
