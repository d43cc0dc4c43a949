package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
)

// inspectDeck shows a deck's own folder: what will be public of it, or what is hidden of one card.
func (p *program) inspectDeck(c *cli.Context, dir string) error {
	d, err := p.loadDeck(c, dir)
	if err != nil {
		return err
	}
	if !c.Bool("secrets") {
		return p.showDeck("deck's folder", d.Description(bundle.Key{}))
	}
	if !c.IsSet("card") {
		return console.Hint(errors.New("no card is named"), "add --card 7")
	}
	n := c.Uint64("card")
	if n >= uint64(d.Cards()) {
		return fmt.Errorf("the deck has cards 0 to %d", d.Cards()-1)
	}
	names, values := d.HiddenCard(int(n))
	if p.JSON {
		hidden := map[string]string{}
		for i, name := range names {
			hidden[name] = values[i]
		}
		return p.Report(map[string]any{"card": n, "hidden": hidden})
	}
	p.Say("card %d, HIDDEN from everybody else:", n)
	for i, name := range names {
		p.Table([]string{"  " + name, values[i]})
	}
	return nil
}

// showDeck shows what a deck's description says.
func (p *program) showDeck(kind string, d *bundle.Deck) error {
	rule, err := d.Program.Rule(d.Infos())
	if err != nil {
		rule = "cannot be shown: " + err.Error()
	}
	var shown, hidden []string
	for _, a := range d.Attributes {
		name := a.Section + "." + a.Name + " (" + a.Type + ")"
		if a.Visibility == bundle.Shown {
			shown = append(shown, name)
		} else {
			hidden = append(hidden, name)
		}
	}
	if p.JSON {
		return p.Report(map[string]any{
			"kind": kind, "name": d.Name, "circuit": d.Circuit, "cards": d.Cards, "first_id": d.FirstID, "assignment": d.Assignment, "documents": d.Documents,
			"spelling": d.Spelling, "model": hexElement(d.Commitments.Model), "policy": hexElement(d.Commitments.Policy), "rule": rule, "attributes": d.Attributes,
			"key": map[string]string{"digest": hexOf(d.Key.Digest[:]), "provenance": d.Key.Provenance},
		})
	}
	p.Say("%s: %s, %s, circuit %s", kind, d.Name, counted(int(d.Cards), "card"), d.Circuit)
	p.Table([]string{"  model", hexElement(d.Commitments.Model)}, []string{"  policy", hexElement(d.Commitments.Policy)}, []string{"  assignment", d.Assignment},
		[]string{"  documents", d.Documents}, []string{"  shown", namesOr(shown)}, []string{"  hidden", namesOr(hidden)})
	if d.Key != (bundle.Key{}) {
		p.Table([]string{"  verifying key", hexOf(d.Key.Digest[:]) + "  (" + origin(d.Key.Provenance, true) + ")"})
	}
	p.Say("the rule in its program (nothing is verified here):\n%s", indent(rule))
	return nil
}
