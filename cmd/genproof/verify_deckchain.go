package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A deckChainReport is what comparing a published deck with its contract found.
type deckChainReport struct {
	Contract  deckStatusReport  `json:"contract"`
	Faults    []string          `json:"faults"`
	Warnings  []string          `json:"warnings"`
	Unknown   []string          `json:"not_checked"`
	Committed uint64            `json:"committed_in_block"` // 0 if that was not seen
	Opened    uint64            `json:"sale_opened_in_block"`
	Tokens    []tokenCardReport `json:"tokens"`
}

type tokenCardReport struct {
	Token   uint64 `json:"token"`
	Card    uint64 `json:"card"`
	URI     string `json:"uri"`
	Missing string `json:"missing"` // why there is no such token
	Fault   string `json:"fault"`
}

// checkDeckOnChain compares what is published of a deck with the contract that --contract names.
func (p *program) checkDeckOnChain(c *cli.Context, s *publication.Publication) (*chain.DeckCheckReport, error) {
	if c.String("contract") == "" {
		return nil, console.Hint(errors.New("a deck's publication names no contract: any number may sell it"), "name the one that you are looking at with --contract")
	}
	at, err := contractAddress(c.String("contract"))
	if err != nil {
		return nil, err
	}
	o := chain.DeckCheckOptions{Deck: s.Deck, Key: s.Key, Batch: s.Batch}
	for _, other := range c.StringSlice("also") {
		a, err := contractAddress(other)
		if err != nil {
			return nil, err
		}
		o.Others = append(o.Others, a)
	}
	if list := c.String("tokens"); list != "" {
		if o.Tokens, err = deckTokens(s, list); err != nil {
			return nil, err
		}
	}
	client, err := p.reading(c)
	if err != nil {
		return nil, err
	}
	check, err := client.CheckDeck(c.Context, at, o)
	if err != nil {
		return nil, err
	}
	return check, checkMetadata(c, client, s.Deck.Circuit, check.Status.Terms.Verifier, s.Key, &check.Faults)
}

// deckTokens are the ids that --tokens names, or all.
func deckTokens(s *publication.Publication, list string) (ids []uint64, err error) {
	d := s.Deck
	if list == "all" {
		for i := range d.Cards {
			ids = append(ids, d.FirstID+i)
		}
		return ids, nil
	}
	if ids, err = numbered(list, d.FirstID+d.Cards, "token", "tokens"); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if id < d.FirstID {
			return nil, fmt.Errorf("token %d: the deck has tokens %d to %d", id, d.FirstID, d.FirstID+d.Cards-1)
		}
	}
	return ids, nil
}

// cardsOf are the cards that the asked tokens show; nil, for all, if none was asked for.
func cardsOf(check *chain.DeckCheckReport) (cards []uint64) {
	for _, t := range check.Tokens {
		if t.Fault == "" {
			cards = append(cards, t.Card)
		}
	}
	slices.Sort(cards)
	return slices.Compact(cards)
}

// addChain adds what the chain says, which decides along with the proofs.
func (r *deckReport) addChain(check *chain.DeckCheckReport) {
	r.Chain = deckChainOf(check)
	for _, w := range check.Warnings {
		r.Reservations = append(r.Reservations, verdict.Reservation{Name: "contract", Text: w})
	}
	r.NotChecked = append(r.NotChecked, check.Unchecked...)
	if check.OK() {
		if check.Committed != 0 {
			r.Reservations = slices.DeleteFunc(r.Reservations, func(x verdict.Reservation) bool { return x.Name == "date" })
		}
		return
	}
	r.Verdict = verifier.Rejected
	if r.Reason == "" {
		r.Reason = "on the chain: " + firstFault(check)
	}
}

// deckChainOf is the form of what comparing found.
func deckChainOf(check *chain.DeckCheckReport) *deckChainReport {
	out := &deckChainReport{
		Contract: deckStatusOf(check.Status), Faults: append([]string{}, check.Faults...), Warnings: append([]string{}, check.Warnings...),
		Unknown: append([]string{}, check.Unchecked...), Committed: check.Committed, Opened: check.Opened, Tokens: []tokenCardReport{},
	}
	for _, t := range check.Tokens {
		out.Tokens = append(out.Tokens, tokenCardReport{t.ID, t.Card, t.URI, t.Missing, t.Fault})
	}
	return out
}

func firstFault(check *chain.DeckCheckReport) string {
	if len(check.Faults) > 0 {
		return check.Faults[0]
	}
	for _, t := range check.Tokens {
		if t.Fault != "" {
			return fmt.Sprintf("token %d: %s", t.ID, t.Fault)
		}
	}
	return ""
}

func (p *program) sayDeckChain(r *deckChainReport) {
	if r == nil {
		return
	}
	s := &r.Contract
	p.Say("on chain %d, contract %s: %s, %d of %d groups admitted, %d of %d tokens minted, at block %d", s.ChainID, s.Contract, s.State, s.Admitted, s.Groups, s.Minted, s.Cards, s.Block)
	if r.Committed != 0 {
		before := "the sale is not open yet"
		if r.Opened != 0 {
			before = fmt.Sprintf("the sale was opened in block %d", r.Opened)
		}
		p.Say("  the deck is committed since block %d; %s", r.Committed, before)
	}
	if s.Author == s.Owner || s.Owner == (common.Address{}).Hex() {
		p.Say("  author %s", s.Author)
	} else {
		p.Say("  author %s, owner %s", s.Author, s.Owner)
	}
	if s.Randomness != "" {
		p.Say("  the assignment was drawn by %s, %d seconds after the sale's end", s.RoundText, s.Gap)
	}
	for _, t := range r.Tokens {
		switch {
		case t.Fault != "":
			p.Say("  token %d: %s", t.Token, oneLine(t.Fault))
		case t.Missing != "":
			p.Say("  token %d: %s; its card is %d", t.Token, t.Missing, t.Card)
		default:
			p.Say("  token %d shows card %d: %s", t.Token, t.Card, oneLine(t.URI))
		}
	}
	for _, fault := range r.Faults {
		p.Say("  on the chain: %s", fault)
	}
}
