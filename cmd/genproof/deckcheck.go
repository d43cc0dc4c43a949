package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) checkVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "check", Usage: "look at every card of a deck, or at tokens of a drawn drop, before they are proven: rules, documents, duplicates, what is shown",
		Description: "Needs no keys. Exits with 0 if all can be proven, 1 if one cannot.",
		Flags: []cli.Flag{
			dropFlag(),
			&cli.BoolFlag{Name: "values", Usage: "of a deck, list every value of every shown attribute"},
			&cli.StringFlag{Name: "tokens", Usage: "of a drawn drop, the tokens: 1-20,25 or all (default: all)"},
		},
		Action: p.check,
	})
}

type deckCheckReport struct {
	Verdict    string          `json:"verdict"` // provable or refused
	Name       string          `json:"name"`
	Circuit    string          `json:"circuit"`
	Cards      int             `json:"cards"`
	Batches    int             `json:"batches"`
	Model      string          `json:"model"`
	Policy     string          `json:"policy"`
	Rule       string          `json:"rule"`
	Refusals   []refusalReport `json:"refusals"`
	Odd        []oddReport     `json:"contradictions"`
	Duplicates [][]int         `json:"duplicates"`
	Counts     []countsReport  `json:"counts"`
	Shown      []string        `json:"shown"`
	Hidden     []string        `json:"hidden"`
	Bits       float64         `json:"bits_to_guess"`
	Meaning    []string        `json:"meaning"`
	Warnings   []string        `json:"warnings"`
}

type refusalReport struct {
	Rule  string `json:"rule"`
	Cards []int  `json:"cards"`
}

type oddReport struct {
	Card int      `json:"card"`
	Why  []string `json:"why"`
}

type countsReport struct {
	Attribute string        `json:"attribute"`
	Absent    int           `json:"absent"`
	Values    []countReport `json:"values"`
}

type countReport struct {
	Value string `json:"value"`
	Cards int    `json:"cards"`
}

func (p *program) check(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	dir := c.String("drop")
	if !drop.IsDeck(dir) {
		return p.checkTokens(c, dir)
	}
	if c.IsSet("tokens") {
		return console.Hint(errors.New("--tokens is for drawn drops, and this is a deck"), "all of its cards are looked at")
	}
	d, err := p.loadDeck(c, dir)
	if err != nil {
		return err
	}
	r, err := newDeckCheck(d)
	if err != nil {
		return err
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayCheck(r, c.Bool("values"))
	}
	if err == nil && r.Verdict != "provable" {
		err = console.ErrRejected
	}
	return err
}

// loadDeck ends an import that was killed, and loads the deck's folder with progress, and writes its warnings as errors are written.
func (p *program) loadDeck(c *cli.Context, dir string) (*drop.Deck, error) {
	if err := engine.Recover(dir); err != nil {
		return nil, err
	}
	var now *console.Meter
	d, err := drop.LoadDeck(c.Context, dir, func(done, total int) {
		if now == nil {
			now = p.Bars.Count("reading cards", int64(total))
		}
		now.Set(int64(done))
	})
	now.End()
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		p.Warn("%s", w)
	}
	return d, nil
}

func newDeckCheck(d *drop.Deck) (*deckCheckReport, error) {
	c, desc := d.Check(), d.Description(bundle.Key{})
	rule, err := desc.Program.Rule(desc.Infos())
	if err != nil {
		return nil, err
	}
	r := &deckCheckReport{
		Verdict: "provable", Name: d.Name, Circuit: d.Circuit.String(), Cards: c.Cards, Batches: c.Batches,
		Model: hexElement(d.Model), Policy: hexElement(desc.Commitments.Policy), Rule: rule,
		Refusals: []refusalReport{}, Odd: []oddReport{}, Duplicates: c.Duplicates, Counts: []countsReport{}, Shown: []string{}, Hidden: []string{},
		Bits: c.Bits, Meaning: meaningOf(desc, c.Bits), Warnings: append(append([]string{}, c.Warnings...), desc.Program.Pitfalls(desc.Infos())...),
	}
	if text, err := placeholdersOf(d); err != nil {
		return nil, err
	} else if text != "" {
		r.Warnings = append(r.Warnings, text)
	}
	for _, refusal := range c.Refusals {
		r.Refusals, r.Verdict = append(r.Refusals, refusalReport(refusal)), "refused"
	}
	for _, odd := range c.Odd {
		r.Odd, r.Verdict = append(r.Odd, oddReport(odd)), "refused"
	}
	for _, counts := range c.Counts {
		list := countsReport{counts.Attribute, counts.Absent, []countReport{}}
		for _, v := range counts.Values {
			list.Values = append(list.Values, countReport(v))
		}
		r.Counts = append(r.Counts, list)
	}
	for _, a := range desc.Attributes {
		name := a.Section + "." + a.Name + " (" + a.Type + ")"
		if a.Visibility == bundle.Shown {
			r.Shown = append(r.Shown, name)
		} else {
			r.Hidden = append(r.Hidden, name)
		}
	}
	return r, nil
}

// placeholdersOf tells of placeholders that documents have where an address should be, empty if none has.
func placeholdersOf(d *drop.Deck) (string, error) {
	var cards []int
	first := ""
	for n := range d.Cards() {
		data, err := d.Document(n)
		if err != nil {
			return "", err
		}
		if text, ok := engine.Placeholder(data); ok {
			if cards = append(cards, n); len(cards) == 1 {
				first = text
			}
		}
	}
	if len(cards) == 0 {
		return "", nil
	}
	return engine.TellPlaceholders(cards, first), nil
}

// enoughBits are more than anybody tries.
const enoughBits = 80

// meaningOf says what the choices in drop.yaml mean for buyers.
func meaningOf(d *bundle.Deck, bits float64) []string {
	var list []string
	if d.Home == nil {
		list = append(list, "home: none. No contract of ours can sell this deck; whoever has the publication can check it.")
	} else {
		list = append(list, fmt.Sprintf("home: only %s on chain %d can open a sale of this deck. It cannot be changed without new proofs.", hexOf(d.Home.Author[:]), d.Home.ChainID))
	}
	if d.Assignment == bundle.Fixed {
		list = append(list, fmt.Sprintf("assignment: fixed. Token %d shows card 0 and so on: whoever knows the documents can choose what to buy.", d.FirstID))
	} else {
		list = append(list, "assignment: permuted. Which token shows which card is drawn after the sale, and nobody chooses it.")
	}
	if d.Documents == bundle.Open {
		list = append(list, "documents: open. They are published before the sale, so nobody knows more than another.")
	} else {
		list = append(list, "documents: sealed. They are published after the reveal: until then only you hold them, and every report says so.")
	}
	if d.Documents == bundle.Sealed {
		list = append(list, fmt.Sprintf("A document's digest is public before the document: about %.0f bits have to be guessed to find one.", bits))
		if bits < enoughBits {
			list = append(list, fmt.Sprintf("SOMEBODY CAN GUESS THEM: below %d bits all can be tried. genproof import --random-member salt adds 128 bits to every document.", enoughBits))
		}
	}
	if d.Spelling == bundle.AsPublished {
		list = append(list, "spelling: as published. Names or texts may look alike and differ; every report says so.")
	}
	return list
}

func (p *program) sayCheck(r *deckCheckReport, values bool) {
	p.Say("%s: %s in %s (%s)", r.Name, counted(r.Cards, "card"), countedOf(r.Batches, "batch", "batches"), r.Circuit)
	p.Table([]string{"  model", r.Model}, []string{"  policy", r.Policy}, []string{"  shown", namesOr(r.Shown)}, []string{"  hidden", namesOr(r.Hidden)})
	p.Say("rule that is proven of every card:\n%s", indent(r.Rule))
	for _, c := range r.Counts {
		p.sayCounts(c, values)
	}
	if len(r.Duplicates) > 0 {
		p.Say("%s show the same attributes as others: %s", counted(countCards(r.Duplicates), "card"), drop.Numbered("first group: card", r.Duplicates[0]))
	}
	for _, m := range r.Meaning {
		p.Say("%s", m)
	}
	for _, w := range r.Warnings {
		p.Say("%s", w)
	}
	for _, refusal := range r.Refusals {
		p.Say("refused: rule %q: %s", refusal.Rule, drop.Numbered("card", refusal.Cards))
	}
	for _, odd := range r.Odd[:min(len(r.Odd), maxLines)] {
		p.Say("refused: card %d: its document: %s", odd.Card, strings.Join(odd.Why, "; "))
	}
	if more := len(r.Odd) - maxLines; more > 0 {
		p.Say("and %s more whose documents contradict them (all with --json)", counted(more, "card"))
	}
	if r.Verdict == "provable" {
		p.Say("Every card can be proven. Next: genproof setup %s && genproof prove", r.Circuit)
	} else {
		p.Say("refused: nothing is proven until every card can be")
	}
}

// sayCounts shows the rarest and the commonest values, or all.
func (p *program) sayCounts(c countsReport, all bool) {
	list := c.Values
	const ends = 3
	var parts []string
	show := func(values []countReport) {
		for _, v := range values {
			parts = append(parts, fmt.Sprintf("%s %d", v.Value, v.Cards))
		}
	}
	if all || len(list) <= 2*ends {
		show(list)
	} else {
		show(list[:ends])
		parts = append(parts, fmt.Sprintf("… %d more …", len(list)-2*ends))
		show(list[len(list)-ends:])
	}
	if c.Absent > 0 {
		parts = append(parts, fmt.Sprintf("(absent) %d", c.Absent))
	}
	p.Table([]string{"  " + c.Attribute, strings.Join(parts, ", ")})
}

// namesOr lists names, or says that there are none.
func namesOr(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

func countCards(groups [][]int) (n int) {
	for _, g := range groups {
		n += len(g)
	}
	return n
}

// countedOf is counted of a word with a plural of its own.
func countedOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
