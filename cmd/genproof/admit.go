package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
)

func (p *program) admitVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "admit", ArgsUsage: "[FOLDER]", Usage: "bring a deck's proofs to its contract, those that it does not have",
		Description: "A transaction brings 32 proofs: 512 cards, or 128 of the small size. Anybody may, in any order; what does not verify is not sent.\nThe default folder is out in the deck's.",
		Flags:       append(senderFlags(), dropFlag(), contractFlag(), keysFlag(), allowUnsafeFlag()),
		Action:      p.admit,
	})
}

type admitReport struct {
	ChainID  uint64   `json:"chain_id"`
	Contract string   `json:"contract"`
	Admitted []uint64 `json:"admitted"` // groups
	Present  []uint64 `json:"present"`
	Missing  []uint64 `json:"not_published"`
	Txs      []string `json:"transactions"`
	Gas      uint64   `json:"gas"`
	State    string   `json:"state"`
}

func (p *program) admit(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	published, err := p.publishedDeck(c, deckOut(c, args))
	if err != nil {
		return err
	}
	defer published.Close()
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	vouch(c, s.Client, published.Deck.Circuit)
	if err := s.MayUse(published.Key); err != nil {
		return unsafeKeyHint(err)
	}
	at, err := contractOf(c, s.Client)
	if err != nil {
		return err
	}
	done, err := s.Admit(c.Context, chain.AdmitOptions{
		Contract: at, Deck: published.Deck, Batch: published.Batch, Progress: p.counter("admitting groups"),
	})
	if err != nil {
		return deckHint(err)
	}
	if s.dry {
		return p.sayEstimate(s)
	}
	now, err := s.DeckStatus(c.Context, at)
	if err != nil {
		return err
	}
	r := admitReport{ChainID: s.ChainID, Contract: at.Hex(), Admitted: listed(done.Admitted), Present: listed(done.Present), Missing: listed(done.Missing),
		Txs: hexHashes(done.Txs), Gas: done.Gas, State: now.State.String()}
	if p.JSON {
		return p.Report(r)
	}
	p.sayAdmitted(&r, published)
	return nil
}

func (p *program) sayAdmitted(r *admitReport, s *publication.Publication) {
	p.Say("%s admitted, %d there already, %d gas", counted(len(r.Admitted), "group"), len(r.Present), r.Gas)
	if len(r.Missing) > 0 {
		p.Say("%s: batches of theirs are not published yet", counted(len(r.Missing), "group"))
		p.Say("Next: genproof prove, then the same again")
		return
	}
	p.Say("All %d cards are proven in the contract %s.", s.Deck.Cards, r.Contract)
	home := "the deck's author"
	if s.Deck.Home != nil {
		home = fmt.Sprintf("0x%x", s.Deck.Home.Author)
	}
	p.Say("Next: genproof sell open --price ETHER --end TIME, by %s", home)
	if s.Deck.Assignment == bundle.Permuted && s.Deck.Documents == bundle.Open {
		p.Say("The deck's documents are open: publish them before the sale (genproof publish).")
	}
}
