package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) discloseVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "disclose", Usage: "open chosen attributes of one card of a deck, or facts of it, and no others",
		Description: "The file shows the values that are named, to whoever gets it, and that the deck was committed with them. Nothing can take them back.\n" +
			"--token names the card by its token, once the deck's contract has drawn which token shows which: with --rpc, and --contract if it is not the journal's last.",
		Flags: append([]cli.Flag{
			dropFlag(), cardFlag(), contractFlag(), &cli.StringFlag{Name: "journal", Usage: "the drop's journal `FILE`"},
			&cli.Uint64Flag{Name: "token", Usage: "the `ID` of the card's token, instead of --card"},
			&cli.StringFlag{Name: "show", Usage: "the `NAMES` of the card's attributes: Lineage,license, or claim.license where a trait has the name too"},
			&cli.StringFlag{Name: "fact", Usage: "the `NAMES` of facts of the deck, instead of --card and --show"},
			&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: disclosure-NUMBER.json, of facts disclosure.json)"},
		}, nodeFlags()...),
		Action: p.disclose,
	})
}

type disclosedReport struct {
	File   string   `json:"file"`
	Card   *uint64  `json:"card,omitempty"`  // missing of facts
	Token  *uint64  `json:"token,omitempty"` // the card's, if it was named by it
	Opened []string `json:"opened"`          // names
}

func (p *program) disclose(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	names := strings.Split(c.String("show"), ",")
	if facts := c.String("fact"); facts != "" {
		names = strings.Split(facts, ",")
	}
	made, err := p.makeDisclosure(c, names)
	if err != nil {
		return err
	}
	r := &disclosedReport{File: c.String("out"), Opened: names}
	if made.Card != nil {
		r.Card = &made.Card.Number
	}
	if c.IsSet("token") {
		id := c.Uint64("token")
		r.Token = &id
	}
	switch {
	case r.File != "":
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
	switch {
	case r.Token != nil:
		p.Say("%s opens %s of card %d, which token %d shows", r.File, strings.Join(names, ", "), *r.Card, *r.Token)
	default:
		p.Say("%s opens %s", r.File, strings.Join(names, ", "))
	}
	p.Say("Next, whoever reads it: genproof verify %s --drop drop.json", r.File)
	return nil
}

// makeDisclosure opens what the options name.
func (p *program) makeDisclosure(c *cli.Context, names []string) (*bundle.Disclosure, error) {
	switch {
	case c.IsSet("fact") && (c.IsSet("card") || c.IsSet("token") || c.IsSet("show")):
		return nil, errors.New("--fact is about the deck, --card, --token and --show about a card: make two files")
	case c.IsSet("card") && c.IsSet("token"):
		return nil, errors.New("--card and --token both name the card: give one")
	case !c.IsSet("token") && onChain(c):
		return nil, errors.New("--rpc and --contract tell which card a token shows, and no --token is named")
	case c.IsSet("fact"):
		d, err := p.deckOf(c)
		if err != nil {
			return nil, err
		}
		return d.DiscloseFacts(names)
	case c.String("show") == "":
		return nil, console.Hint(errors.New("nothing is named that is to be opened"), "name attributes with --show, or facts with --fact")
	case c.IsSet("token"):
		return p.discloseToken(c, names)
	}
	d, card, err := p.cardOfDeck(c)
	if err != nil {
		return nil, err
	}
	return d.Disclose(card, names)
}

// discloseToken opens attributes of the card that a token shows.
func (p *program) discloseToken(c *cli.Context, names []string) (*bundle.Disclosure, error) {
	d, err := p.deckOf(c)
	if err != nil {
		return nil, err
	}
	id, public := c.Uint64("token"), d.Description(bundle.Key{})
	if public.Assignment == bundle.Fixed && !onChain(c) {
		if id < public.FirstID || id-public.FirstID >= public.Cards {
			return nil, fmt.Errorf("token %d: the deck has tokens %d to %d", id, public.FirstID, public.FirstID+public.Cards-1)
		}
		return d.Disclose(int(id-public.FirstID), names)
	}
	if !onChain(c) {
		return nil, console.Hint(errors.New("which token shows which card the deck's contract draws, and none is named"), "name its node with --rpc, and --contract")
	}
	client, err := p.reading(c)
	if err != nil {
		return nil, err
	}
	at, err := contractOf(c, client)
	if err != nil {
		return nil, err
	}
	card, err := client.CardOf(c.Context, at, public, id)
	if errors.Is(err, chain.ErrNotDrawn) {
		return nil, console.Hint(err, "wait for genproof reveal, or name the card with --card")
	}
	if err != nil {
		return nil, err
	}
	made, err := d.Disclose(int(card), names)
	if err != nil {
		return nil, err
	}
	made.Token = &bundle.CardToken{ChainID: client.ChainID, Contract: at, ID: id}
	return made, nil
}
