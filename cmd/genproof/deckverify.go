package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// verifyDeck judges a deck. Proven and amber are both answers that hold: exit 0, unless
// --require asks for more.
func (p *program) verifyDeck(c *cli.Context, s *publication.Publication) error {
	list, err := p.denials(c.String("deny"))
	if err != nil {
		return err
	}
	check, cards, err := p.askedCards(c, s)
	if err != nil {
		return err
	}
	r, err := s.JudgeDeck(c.Context, cards)
	if err != nil {
		return err
	}
	out := &deckReport{Deck: *verdict.OfDeck(s, r, keySource(c, s))}
	if check != nil {
		out.addChain(check)
	}
	about := known{"key": {out.Key.Digest}, "model": {out.Model}, "author": authorOf(s.Deck), "contract": {c.String("contract")}}
	if why := denied(list, about); why != "" {
		out.Verdict, out.Reason = verifier.Rejected, why
	}
	unmet, err := required(c.String("require"), out.Reservations, attestedBy(out.Attestations)...)
	if err != nil {
		return err
	}
	if out.Unmet = unmet; p.JSON {
		err = p.Report(out)
	} else {
		p.sayDeck(out)
	}
	switch {
	case err != nil:
		return err
	case out.Verdict == verifier.Rejected || len(unmet) > 0:
		return console.ErrRejected
	case out.Verdict == verifier.NotChecked && r.Counts.Sealed == 0:
		return errors.New("nothing could be checked: none of these cards is published")
	}
	return nil
}

// askedCards are the cards to look at, nil for all, and how the contract compares if there is
// one: it knows which cards the tokens of a permuted deck show.
func (p *program) askedCards(c *cli.Context, s *publication.Publication) (*chain.DeckCheckReport, []uint64, error) {
	if !onChain(c) {
		if len(c.StringSlice("also")) > 0 {
			return nil, nil, errors.New("--also names contracts beside the one of --contract, and none is named")
		}
		cards, err := chosenCards(c, s)
		return nil, cards, err
	}
	check, err := p.checkDeckOnChain(c, s)
	if err != nil {
		return nil, nil, err
	}
	if c.String("tokens") != "" && c.String("cards") == "" {
		return check, cardsOf(check), nil
	}
	cards, err := chosenCards(c, s)
	return check, cards, err
}

// chosenCards are the cards that --cards names, or --tokens of a deck whose ids are fixed; nil
// stands for all.
func chosenCards(c *cli.Context, s *publication.Publication) ([]uint64, error) {
	d := s.Deck
	var cards []uint64
	var err error
	switch list, tokens := c.String("cards"), c.String("tokens"); {
	case list != "" && tokens != "":
		return nil, errors.New("--cards and --tokens name the same things: give one")
	case tokens != "" && d.Assignment != bundle.Fixed:
		return nil, console.Hint(errors.New("which token shows which card is drawn after the sale: --tokens says nothing of this deck"), "name --cards, or its contract with --rpc and --contract")
	case tokens != "" && tokens != "all":
		if cards, err = numbered(tokens, d.FirstID+d.Cards, "token", "tokens"); err != nil {
			return nil, err
		}
		for i := range cards {
			if cards[i] < d.FirstID {
				return nil, fmt.Errorf("token %d: the deck has tokens %d to %d", cards[i], d.FirstID, d.FirstID+d.Cards-1)
			}
			cards[i] -= d.FirstID
		}
	case list != "" && list != "all":
		if cards, err = numbered(list, d.Cards, "card", "cards"); err != nil {
			return nil, err
		}
	default:
		return nil, nil
	}
	slices.Sort(cards)
	cards = slices.Compact(cards)
	if s.Card != nil && !slices.Equal(cards, []uint64{*s.Card}) {
		return nil, fmt.Errorf("the file holds card %d and no other", *s.Card)
	}
	return cards, nil
}

// A deckReport is a deck's verdict, and what only this program looks at.
type deckReport struct {
	verdict.Deck
	Chain *deckChainReport `json:"chain,omitempty"`             // only with --rpc
	Unmet []string         `json:"required_and_left,omitempty"` // of --require
}

func (p *program) sayDeck(r *deckReport) {
	counts := r.Counts
	p.Say("%s (%s), %d of %s checked", r.Drop.Name, r.Drop.Circuit, counts.Holding+counts.Rejected+counts.Sealed, counted(int(r.Drop.Supply), "card"))
	var rows [][]string
	shown := 0
	for _, c := range r.Cards {
		if bad := c.Verdict == verifier.Rejected; shown < maxLines || bad {
			rows, shown = append(rows, cardRow(c)), shown+1
		}
	}
	p.Table(rows...)
	if more := len(r.Cards) - shown; more > 0 {
		p.Say("  and %d more (all with --json)", more)
	}
	if len(r.Cards) == 1 {
		p.sayCard(&r.Cards[0])
	}
	p.Table([]string{"  model", r.Model}, []string{"  policy", r.Policy},
		[]string{"  verifying key", r.Key.Digest + "  (" + saidOfKey(r.Key) + ", " + r.Key.Source + ")"})
	if r.Verdict.Holds() {
		p.Say("the rule that was proven:\n%s", indent(r.Rule))
		p.Say("%s different, %s of images, %s of shown attributes", counted(counts.Documents, "document"), countedOf(counts.Images, "address", "addresses"), counted(counts.Attributes, "set"))
		p.Say("%s", r.Meaning())
	}
	p.sayDeckChain(r.Chain)
	p.sayAttestations(r.Attestations, r.Approvals)
	if r.Verdict != verifier.Rejected {
		p.sayBeside(r.Reservations, r.NotChecked)
	}
	for _, name := range r.Unmet {
		p.Say("required and not met: %s", name)
	}
	p.Say("%s", r.Line())
}

// sayCard shows what is proven of one card, and what its author only says.
func (p *program) sayCard(c *verdict.Card) {
	if !c.Verdict.Holds() {
		return
	}
	rows := [][]string{{"  its document says", c.Name}}
	for _, a := range c.Attributes {
		rows = append(rows, []string{"  proven: " + a.Label, a.Value})
	}
	for _, a := range c.Addresses {
		rows = append(rows, []string{"  " + a.Member, a.Address})
	}
	if c.Unread != "" {
		rows = append(rows, []string{"  nothing is proven but its bytes", c.Unread})
	}
	rows = append(rows, []string{"  the author's words", namesOr(c.Words)})
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine(row[i])
		}
	}
	p.Table(rows...)
}

// oneLine keeps a stranger's text within its cell: with an end of line in it a document could
// write lines of the verdict itself.
func oneLine(s string) string {
	return strings.NewReplacer("\n", " ", "\t", " ", "\v", " ", "\f", " ").Replace(s)
}

func cardRow(c verdict.Card) []string {
	row := []string{fmt.Sprintf("  card %d", c.Card), string(c.Verdict), c.Digest}
	if c.Reason != "" {
		row[2] = oneLine(c.Reason)
	}
	return row
}
