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
	"github.com/genproof/genproof/verifier"
)

// verifyDeck judges a deck. Proven and amber are both answers that hold: exit 0, unless
// --require asks for more.
func (p *program) verifyDeck(c *cli.Context, s *publication.Publication) error {
	check, cards, err := p.askedCards(c, s)
	if err != nil {
		return err
	}
	r, err := s.JudgeDeck(c.Context, cards)
	if err != nil {
		return err
	}
	out := newDeckReport(s, r, keySource(c, s))
	if check != nil {
		out.addChain(check)
		r.Verdict, r.Reason = verifier.Level(out.Verdict), out.Reason
	}
	unmet, err := required(c.String("require"), out.Reservations)
	if err != nil {
		return err
	}
	if out.Unmet = unmet; p.JSON {
		err = p.Report(out)
	} else {
		p.sayDeck(s, r, out, unmet)
	}
	switch {
	case err != nil:
		return err
	case r.Verdict == verifier.Rejected || len(unmet) > 0:
		return console.ErrRejected
	case r.Verdict == verifier.NotChecked && r.Counts.Sealed == 0:
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

// required returns the reservations of a list that are left.
func required(list string, left []reservationReport) ([]string, error) {
	var unmet []string
	if list == "" {
		return nil, nil
	}
	for _, name := range strings.Split(list, ",") {
		if name != "all" && !slices.Contains(verifier.ReservationNames(), name) {
			return nil, console.Hint(fmt.Errorf("there is no reservation %.40q", name), "use all, or some of "+strings.Join(verifier.ReservationNames(), ", "))
		}
		for _, r := range left {
			if name == "all" || r.Name == name {
				unmet = append(unmet, r.Name)
			}
		}
	}
	return unmet, nil
}

type deckReport struct {
	Version      uint64              `json:"version"`
	Verdict      string              `json:"verdict"`
	Reason       string              `json:"reason"`
	Drop         dropReport          `json:"drop"`
	Model        string              `json:"model"`
	Policy       string              `json:"policy"`
	Rule         string              `json:"rule"`
	Key          keyReport           `json:"key"`
	Cards        []cardReport        `json:"cards"`
	Counts       deckCounts          `json:"counts"`
	Reservations []reservationReport `json:"reservations"`
	NotChecked   []string            `json:"not_checked"`
	CAR          string              `json:"car_root,omitempty"`
	Chain        *deckChainReport    `json:"chain,omitempty"`             // only with --rpc
	Unmet        []string            `json:"required_and_left,omitempty"` // of --require
}

type deckCounts struct {
	Holding    int  `json:"holding"`
	Rejected   int  `json:"rejected"`
	NotChecked int  `json:"not_checked"`
	Sealed     int  `json:"sealed"`
	Documents  int  `json:"distinct_documents"`
	Images     int  `json:"distinct_images"`
	Attributes int  `json:"distinct_attribute_sets"`
	Complete   bool `json:"complete"`
}

type reservationReport struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type cardReport struct {
	Card       uint64            `json:"card"`
	Verdict    string            `json:"verdict"`
	Reason     string            `json:"reason"`
	Digest     string            `json:"sha256"`
	Name       string            `json:"name"`
	Attributes []attributeReport `json:"attributes"`
	Words      []string          `json:"authors_words"`
	Differs    []string          `json:"differs"`
	Addresses  []addressReport   `json:"addresses"`
	Unread     string            `json:"nothing_proven_of_document,omitempty"`
}

type attributeReport struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

type addressReport struct {
	Member  string `json:"member"`
	Address string `json:"address"`
	Fixed   bool   `json:"fixed"`
}

func newDeckReport(s *publication.Publication, r *verifier.DeckReport, keyFrom string) *deckReport {
	d, k := s.Deck, keyReport{r.Key.Digest, r.Key.Provenance, r.Key.Claimed, keyFrom, r.Key.Verified}
	out := &deckReport{
		Version: r.Version, Verdict: string(r.Verdict), Reason: r.Reason, Drop: dropReport{d.Name, d.Cards, d.Circuit},
		Model: hexElement(d.Commitments.Model), Policy: hexElement(d.Commitments.Policy), Rule: r.Rule,
		Key: k, Counts: deckCounts(r.Counts),
		Cards: []cardReport{}, Reservations: reservationReports(r.Reservations, k), NotChecked: append([]string{}, r.NotChecked...), CAR: s.Root,
	}
	for _, c := range r.Cards {
		card := cardReport{
			Card: c.Card, Verdict: string(c.Verdict), Reason: c.Reason, Digest: c.Digest, Name: c.Name, Attributes: []attributeReport{},
			Words: append([]string{}, c.Words...), Differs: append([]string{}, c.Differs...), Addresses: []addressReport{}, Unread: c.NothingProven,
		}
		for _, a := range c.Attributes {
			card.Attributes = append(card.Attributes, attributeReport(a))
		}
		for _, a := range c.Addresses {
			card.Addresses = append(card.Addresses, addressReport{a.Member, a.Text, a.Fixed})
		}
		out.Cards = append(out.Cards, card)
	}
	return out
}

// reservationReports adds to the reservation about the key where it is from and how to check it.
func reservationReports(list []verifier.Reservation, k keyReport) []reservationReport {
	out := make([]reservationReport, len(list))
	for i, x := range list {
		if out[i] = reservationReport(x); x.Name != "key" {
			continue
		}
		if k.Claimed {
			out[i].Text += howToCheck(k.Provenance)
		}
		if k.Source == keyAlong {
			out[i].Text += " It was published with the proofs: get it from somebody you trust and name it with --key."
		}
	}
	return out
}

// meaning is what proven means, word for word; %s is whose cards were looked at.
const meaning = "Fixed for each card, together with the exact bytes of its document, when the deck was committed; the rule was checked on it and on every card%s.\nIt does not say that it is true, that the image shows it, that the card is unique, or that the author did not know it."

func (p *program) sayDeck(s *publication.Publication, r *verifier.DeckReport, out *deckReport, unmet []string) {
	counts := r.Counts
	p.Say("%s (%s), %d of %s checked", r.Name, r.Circuit, counts.Holding+counts.Rejected+counts.Sealed, counted(int(r.Supply), "card"))
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
	p.Table([]string{"  model", hexElement(s.Deck.Commitments.Model)}, []string{"  policy", hexElement(s.Deck.Commitments.Policy)},
		[]string{"  verifying key", r.Key.Digest + "  (" + out.Key.said() + ", " + out.Key.Source + ")"})
	if r.Verdict.Holds() {
		p.Say("the rule that was proven:\n%s", indent(r.Rule))
		p.Say("%s different, %s of images, %s of shown attributes", counted(counts.Documents, "document"), countedOf(counts.Images, "address", "addresses"), counted(counts.Attributes, "set"))
		whose := ""
		if !counts.Complete {
			whose = " of its batch"
		}
		p.Say(meaning, whose)
	}
	p.sayDeckChain(out.Chain)
	if r.Verdict != verifier.Rejected {
		p.sayBeside(out.Reservations, out.NotChecked)
	}
	for _, name := range unmet {
		p.Say("required and not met: %s", name)
	}
	r.Reservations = r.Reservations[:0]
	for _, x := range out.Reservations {
		r.Reservations = append(r.Reservations, verifier.Reservation(x))
	}
	p.Say("%s", lastLine(r))
}

// sayCard shows what is proven of one card, and what its author only says.
func (p *program) sayCard(c *verifier.CardVerdict) {
	if !c.Verdict.Holds() {
		return
	}
	rows := [][]string{{"  its document says", c.Name}}
	for _, a := range c.Attributes {
		rows = append(rows, []string{"  proven: " + a.Label, a.Value})
	}
	for _, a := range c.Addresses {
		rows = append(rows, []string{"  " + a.Member, a.Text})
	}
	if c.NothingProven != "" {
		rows = append(rows, []string{"  nothing is proven but its bytes", c.NothingProven})
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

func cardRow(c verifier.CardVerdict) []string {
	row := []string{fmt.Sprintf("  card %d", c.Card), string(c.Verdict), c.Digest}
	if c.Reason != "" {
		row[2] = oneLine(c.Reason)
	}
	return row
}

// lastLine is the whole verdict in one line.
func lastLine(r *verifier.DeckReport) string {
	switch r.Verdict {
	case verifier.Proven, verifier.Amber:
		return verdictLine(r.Verdict, r.Key.Verified, len(r.Reservations), counted(r.Counts.Holding, "card"))
	case verifier.Rejected:
		if r.Reason != "" {
			return "rejected: " + r.Reason
		}
		return fmt.Sprintf("rejected: %d of %d cards are", r.Counts.Rejected, len(r.Cards))
	}
	if r.Counts.Sealed > 0 {
		return fmt.Sprintf("sealed: the proofs of %s hold (%s); nothing that they show was checked", counted(r.Counts.Sealed, "card"), counted(len(r.Reservations), "reservation"))
	}
	return "not checked"
}
