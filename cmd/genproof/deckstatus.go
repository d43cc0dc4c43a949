package main

import (
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
)

type deckStatusReport struct {
	ChainID    uint64 `json:"chain_id"`
	Block      uint64 `json:"block"`
	Time       string `json:"time"` // the block's
	Contract   string `json:"contract"`
	Known      bool   `json:"genproof_deck"` // its code is the one this program deploys
	Name       string `json:"name"`
	State      string `json:"state"`
	Owner      string `json:"owner"`
	Author     string `json:"author"`
	Verifier   string `json:"verifier"`
	KeyKnown   bool   `json:"genproof_verifier"`
	Key        string `json:"key_digest"`
	Model      string `json:"model"`
	Policy     string `json:"policy"`
	Cards      uint64 `json:"cards"`
	FirstID    uint64 `json:"first_id"`
	Permuted   bool   `json:"permuted"`
	Groups     int    `json:"groups"`
	Admitted   int    `json:"groups_admitted"`
	Minted     uint64 `json:"minted"`
	Reserve    uint16 `json:"reserve_left"`
	Price      string `json:"price_wei"`
	ListPrice  string `json:"list_price_wei"`
	ListFrom   string `json:"list_from"`
	PublicFrom string `json:"public_from"`
	End        string `json:"sale_end"`
	Round      uint64 `json:"round"`
	RoundText  string `json:"round_text"`
	RevealFrom string `json:"reveal_from"`
	Gap        uint64 `json:"gap_seconds"`
	Randomness string `json:"randomness"`
	Balance    string `json:"balance_wei"`
}

func deckStatusOf(s *chain.DeckStatus) deckStatusReport {
	r := deckStatusReport{
		ChainID: s.ChainID, Block: s.Block, Time: s.Time.Format(time.RFC3339), Contract: s.Contract.Hex(), Known: s.Known, Name: s.Name, State: s.State.String(),
		Owner: s.Owner.Hex(), Author: s.Terms.Author.Hex(), Verifier: s.Terms.Verifier.Hex(), KeyKnown: s.KeyKnown,
		Model: fmt.Sprintf("0x%064x", s.Terms.Model), Policy: fmt.Sprintf("0x%064x", s.Terms.Policy), Cards: uint64(s.Terms.Cards), FirstID: s.Terms.FirstId,
		Permuted: s.Permuted(), Groups: len(s.Directories), Admitted: s.Admitted(), Minted: s.Minted, Reserve: s.Reserve,
		Price: s.Sale.Price.String(), ListPrice: s.Sale.ListPrice.String(), Gap: uint64(s.Terms.Gap), Balance: s.Balance.String(),
	}
	if s.Key != nil {
		digest := s.Key.Digest()
		r.Key = hexOf(digest[:])
	}
	if s.Sale.End != 0 {
		r.ListFrom, r.PublicFrom, r.End = stamp(s.Sale.ListFrom), stamp(s.Sale.PublicFrom), stamp(s.Sale.End)
	}
	if s.Round != 0 {
		r.Round, r.RoundText, r.RevealFrom = s.Round, s.RoundText(), s.RevealFrom.Format(time.RFC3339)
	}
	if s.Randomness != [32]byte{} {
		r.Randomness = hexOf(s.Randomness[:])
	}
	return r
}

func stamp(seconds uint32) string { return time.Unix(int64(seconds), 0).UTC().Format(time.RFC3339) }

func weiOf(text string) string {
	wei, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return text
	}
	return ether(wei)
}

func (p *program) sayDeckStatus(r *deckStatusReport) {
	p.Say("%s, %s: %d of %d tokens minted, at block %d of chain %d", oneLine(r.Name), r.State, r.Minted, r.Cards, r.Block, r.ChainID)
	code := func(known bool, what string) string {
		if known {
			return "  (" + what + ")"
		}
		return "  (NOT the code of " + what + ")"
	}
	owner := r.Owner
	if owner == (common.Address{}).Hex() {
		owner = "nobody: renounced"
	}
	rows := [][]string{
		{"  deck's contract", r.Contract + code(r.Known, "DeckDrop")}, {"  owner", owner}, {"  author", r.Author + "  (who alone opens the sale)"},
		{"  verifier", r.Verifier + code(r.KeyKnown, "Groth16Verifier")}, {"  verifying key", r.Key}, {"  model", r.Model}, {"  policy", r.Policy},
		{"  groups admitted", fmt.Sprintf("%d of %d", r.Admitted, r.Groups)},
	}
	if r.End != "" {
		rows = append(rows, []string{"  price", weiOf(r.Price)}, []string{"  public from", r.PublicFrom}, []string{"  sale's end", r.End}, []string{"  reserve left", fmt.Sprint(r.Reserve)},
			[]string{"  paid and here", weiOf(r.Balance)})
	}
	if r.Round != 0 {
		rows = append(rows, []string{"  drawn by", r.RoundText + ", of " + r.RevealFrom})
	}
	if r.Randomness != "" {
		rows = append(rows, []string{"  randomness", r.Randomness})
	}
	p.Table(rows...)
	if next := nextOfDeck(r); next != "" {
		p.Say("Next: %s", next)
	}
}

// nextOfDeck is what a deck's contract waits for.
func nextOfDeck(r *deckStatusReport) string {
	switch r.State {
	case chain.Admitting.String():
		return "genproof admit"
	case chain.Complete.String():
		return "genproof sell open, by " + r.Author
	case chain.Selling.String():
		return "genproof mint --count 1, by whoever buys"
	case chain.Ended.String():
		if r.Permuted {
			return "genproof reveal --drand " + drandServer + ", from " + r.RevealFrom + " on"
		}
		return "genproof withdraw"
	case chain.Revealed.String(), chain.Failed.String():
		return "genproof withdraw"
	}
	return ""
}

func (p *program) deckStatus(c *cli.Context, client *chain.Client, contract common.Address) error {
	s, err := client.DeckStatus(c.Context, contract)
	if err != nil {
		return err
	}
	r := deckStatusOf(s)
	if p.JSON {
		return p.Report(r)
	}
	p.sayDeckStatus(&r)
	return nil
}
