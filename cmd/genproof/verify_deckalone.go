package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A deckAlone is what a deck's chain tells alone.
type deckAlone struct {
	Version      uint64                `json:"version"`
	Kind         string                `json:"kind"`
	Verdict      verifier.Level        `json:"verdict"`
	Reason       string                `json:"reason"`
	Key          verdict.Key           `json:"key"`
	Chain        *deckChainReport      `json:"chain"`
	Proofs       int                   `json:"proofs"`            // that the contract has accepted, and that were verified here
	Digests      int                   `json:"documents"`         // whose digests are known
	Fetched      int                   `json:"documents_fetched"` // which have the bytes of their digests
	Reservations []verdict.Reservation `json:"reservations"`
	NotChecked   []string              `json:"not_checked"`
	Unmet        []string              `json:"required_and_left,omitempty"` // of --require
}

// untold is what no deck's chain can tell.
const untold = "what the deck's cards hold, the rule behind its policy and what documents show of both: verify the publication too"

// verifyDeckAlone checks a deck's contract without its publication; with a gateway or a node also
// that its documents can be had.
func (p *program) verifyDeckAlone(c *cli.Context, client *chain.Client, at common.Address) error {
	list, err := p.denials(c.String("deny"))
	if err != nil {
		return err
	}
	s, err := client.DeckStatus(c.Context, at)
	if err != nil {
		return err
	}
	var tokens []uint64
	if list := c.String("tokens"); list != "" && list != "all" {
		if tokens, err = numbered(list, s.Terms.FirstId+uint64(s.Terms.Cards), "token", "tokens"); err != nil {
			return err
		}
	}
	check, err := client.CheckDeckAlone(c.Context, at, tokens)
	if err != nil {
		return err
	}
	r := deckAloneOf(c, check)
	if isFetching(c) {
		if err := p.fetchDocuments(c, check, r); err != nil {
			return err
		}
	} else {
		r.NotChecked = append(r.NotChecked, "that the documents can be had: name a --gateway")
	}
	on := &r.Chain.Contract
	if why := denied(list, known{"key": {r.Key.Digest}, "model": {on.Model}, "author": {on.Author}, "contract": {on.Contract}}); why != "" {
		r.Verdict, r.Reason = verifier.Rejected, why
	}
	if r.Unmet, err = required(c.String("require"), r.Reservations); err != nil {
		return err
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayDeckAlone(r)
	}
	if err == nil && r.Verdict == verifier.NotChecked {
		return errors.New("nothing could be checked: no transaction that brought proofs to the contract was seen")
	}
	return settled(err, r.Verdict, r.Unmet)
}

func deckAloneOf(c *cli.Context, check *chain.DeckAloneReport) *deckAlone {
	s := check.Status
	var circuits []string
	for _, id := range s.Circuits() {
		circuits = append(circuits, id.String())
	}
	r := &deckAlone{
		Version: verifier.ReportVersion, Kind: "contract", Key: keyOnChain(c, s.Key, circuits), Chain: deckChainOf(&check.DeckCheckReport),
		Proofs: check.Proofs, NotChecked: append([]string{untold}, check.Unchecked...),
	}
	var left []verdict.Reservation
	r.Verdict, left = levelOf(r.Key)
	if r.Reservations = append(left, contractReservations(check.Warnings)...); r.Reservations == nil {
		r.Reservations = []verdict.Reservation{}
	}
	for card := range uint64(s.Terms.Cards) {
		if _, _, ok := check.Digest(card); ok {
			r.Digests++
		}
	}
	switch {
	case !check.OK():
		r.Verdict, r.Reason = verifier.Rejected, "on the chain: "+firstFault(&check.DeckCheckReport)
	case check.Proofs == 0:
		r.Verdict = verifier.NotChecked
	}
	return r
}

// fetchDocuments gets the documents of the tokens that were asked for, or all: each has the digest
// that was admitted, or is told.
func (p *program) fetchDocuments(c *cli.Context, check *chain.DeckAloneReport, r *deckAlone) error {
	from, err := p.blockSource(c)
	if err != nil {
		return err
	}
	var cards []uint64
	if len(check.Tokens) > 0 {
		cards = cardsOf(&check.DeckCheckReport)
	} else {
		for card := range uint64(check.Status.Terms.Cards) {
			cards = append(cards, card)
		}
	}
	bar := p.Bars.Count("fetching documents", int64(len(cards)))
	defer bar.End()
	for i, card := range cards {
		digest, size, ok := check.Digest(card)
		if !ok {
			continue
		}
		b, err := from.Block(c.Context, rawCID(digest))
		if cause := context.Cause(c.Context); cause != nil {
			return cause
		}
		if err == nil && uint64(len(b)) != size {
			err = fmt.Errorf("it has %d bytes, and %d were admitted", len(b), size)
		}
		if err != nil {
			r.NotChecked = append(r.NotChecked, fmt.Sprintf("documents from card %d on: %v", card, err))
			return nil
		}
		r.Fetched++
		bar.Set(int64(i + 1))
	}
	return nil
}

func (p *program) sayDeckAlone(r *deckAlone) {
	p.Say("%s (a deck of %s)", oneLine(r.Chain.Contract.Name), counted(int(r.Chain.Contract.Cards), "card"))
	p.sayDeckChain(r.Chain)
	p.Say("  %d proofs that the contract has accepted, all verified here, of %s", r.Proofs, counted(r.Digests, "document"))
	if r.Fetched > 0 {
		p.Say("  %s fetched, each with the bytes that were admitted", counted(r.Fetched, "document"))
	}
	if r.Key.Digest != "" {
		p.Say("  verifying key %s, %s", r.Key.Digest, r.Key.Source)
	}
	if r.Verdict != verifier.Rejected {
		p.sayBeside(r.Reservations, r.NotChecked)
	}
	if r.Verdict == verifier.NotChecked {
		p.Say("not checked")
		return
	}
	p.sayEnd(lineOf(r.Verdict, r.Reason, r.Key, r.Reservations, counted(r.Digests, "document")+", by the chain alone"), r.Unmet)
}
