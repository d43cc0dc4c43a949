package main

import (
	"fmt"
	"net/url"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/page/site"
)

// accordingTo says whose word a chain's part of a page is.
func accordingTo(c *cli.Context, block, chainID uint64) string {
	return fmt.Sprintf("according to %s at block %d of chain %d", nodeName(c.String("rpc")), block, chainID)
}

// nodeName is what a page tells of a node's address: the host, as the rest may be a password. Of one
// on this machine, or in a file, it tells nothing.
func nodeName(address string) string {
	if u, err := url.Parse(address); err == nil && u.Hostname() != "" && u.Scheme != "" {
		return u.Hostname()
	}
	return "a node that the maker of this page asked"
}

// deckFacts are what a deck's contract says, in words.
func deckFacts(c *cli.Context, r *deckChainReport) *site.Chain {
	s := &r.Contract
	f := &site.Chain{Source: accordingTo(c, s.Block, s.ChainID), Entries: map[uint64]site.ChainEntry{}}
	if r.Committed != 0 {
		f.Committed = fmt.Sprintf("In block %d, with contract %s.", r.Committed, s.Contract)
		if r.Opened != 0 {
			f.Committed += fmt.Sprintf(" The sale was opened in block %d.", r.Opened)
		}
	}
	if s.Randomness != "" {
		f.Beacon = "The assignment was drawn by " + s.RoundText + "."
	} else if s.Permuted {
		f.Beacon = "Not drawn yet."
	}
	f.Admitted = fmt.Sprintf("%d of %s.", s.Admitted, counted(s.Groups, "group"))
	f.Minted = fmt.Sprintf("%d of %s; the sale is %s.", s.Minted, counted(int(s.Cards), "token"), s.State)
	for _, t := range r.Tokens {
		if t.Fault != "" {
			continue
		}
		e := site.ChainEntry{Minted: "Yes", Updated: "The contract names this card’s document"}
		if t.Missing != "" {
			e = site.ChainEntry{Minted: "No: " + t.Missing}
		}
		if !s.Permuted || s.Randomness != "" {
			e.Token = fmt.Sprintf("token %d", t.Token)
		}
		f.Entries[t.Card] = e
	}
	return f
}

// dropFacts are what a drawn drop's contract says, in words.
func dropFacts(c *cli.Context, r *chainReport) *site.Chain {
	s := &r.Contract
	f := &site.Chain{
		Source: accordingTo(c, s.Block, s.ChainID), Entries: map[uint64]site.ChainEntry{},
		Committed: fmt.Sprintf("Before the beacon, with contract %s.", s.Contract),
		Minted:    fmt.Sprintf("%d of %s.", s.Minted, counted(int(s.Supply), "token")),
	}
	if s.Open {
		f.Beacon = "Fixed by the contract, with entropy " + s.Entropy + "."
	}
	updated := 0
	for _, t := range r.Tokens {
		e := site.ChainEntry{Minted: "No"}
		if t.Minted {
			e = site.ChainEntry{Minted: "Yes", Updated: "No"}
		}
		switch t.Document {
		case chain.DocumentReplaced:
			e.Updated = "Yes: the token has another document by now"
			updated++
		case chain.DocumentAnnounced:
			e.Updated = "Announced: the token gets this document once its holder asks for it"
		}
		f.Entries[t.ID] = e
	}
	f.Updated = fmt.Sprintf("%d of the tokens here have another document by now.", updated)
	return f
}
