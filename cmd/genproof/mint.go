package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
	"github.com/genproof/genproof/publication"
)

func (p *program) mintVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "mint", ArgsUsage: "[FOLDER]", Usage: "mint the proven tokens of an output folder that are not minted yet",
		Description: "What does not verify is not minted. The default folder is out in the drop's.\nTokens of a deck are bought with --count: their proofs were admitted before the sale.",
		Flags: append(append(senderFlags(), deckMintFlags()...), dropFlag(), keysFlag(), contractFlag(), allowUnsafeFlag(),
			&cli.StringFlag{Name: "tokens", Value: "all", Usage: "the tokens: 1-20,25, or all that are in the folder"},
			&cli.IntFlag{Name: "batch", Value: 1, Usage: fmt.Sprintf("tokens in one transaction, at most %d", chain.MaxBatch)},
			&cli.StringFlag{Name: "to", Usage: "the `ADDRESS` that gets tokens whose proof names no recipient (default: the one that pays)"}),
		Action: p.mint,
	})
}

type mintReport struct {
	ChainID  uint64   `json:"chain_id"`
	Contract string   `json:"contract"`
	Minted   []uint64 `json:"minted"`
	Present  []uint64 `json:"present"`
	Txs      []string `json:"transactions"`
	Gas      uint64   `json:"gas"`
	Journal  string   `json:"journal"`
}

func (p *program) mint(c *cli.Context) error {
	if c.IsSet("count") || isDeckDrop(c) {
		return p.mintDeck(c)
	}
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	dir := filepath.Join(c.String("drop"), "out")
	if len(args) == 1 {
		dir = args[0]
	}
	o := chain.MintOptions{Batch: c.Int("batch")}
	if to := c.String("to"); to != "" {
		if o.To, err = contractAddress(to); err != nil {
			return err
		}
	}
	published, err := p.openPublication(c, dir, "", "")
	if err != nil {
		return err
	}
	defer published.Close()
	tokens, err := p.verified(c, dir, published, "minted")
	if err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	vouch(c, s.Client, published.Description.Circuit)
	if err := s.MayUse(published.Key); err != nil {
		return unsafeKeyHint(err)
	}
	if o.Contract, err = contractOf(c, s.Client); err != nil {
		return err
	}
	return p.mintTokens(c, s, tokens, o)
}

func (p *program) mintTokens(c *cli.Context, s *sender, tokens []chain.Token, o chain.MintOptions) error {
	o.Progress = p.counter("minting")
	done, err := s.Mint(c.Context, tokens, o)
	if err != nil {
		return unsafeKeyHint(err)
	}
	if s.dry {
		return p.sayEstimate(s)
	}
	r := mintReportOf(s, done, o.Contract)
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s minted in %s, %s there already, %d gas", counted(len(r.Minted), "token"), counted(len(r.Txs), "transaction"), counted(len(r.Present), "token"), r.Gas)
	p.Table([]string{"  mint contract", r.Contract}, []string{"  journal", r.Journal})
	p.Say("Next: genproof verify out --rpc … --contract %s", r.Contract)
	return nil
}

// counter shows how many of a run's tokens are done.
func (p *program) counter(what string) func(done, total int) {
	var bar *console.Meter
	return func(done, total int) {
		if bar == nil {
			bar = p.Bars.Count(what, int64(total))
		}
		bar.Set(int64(done))
	}
}

func mintReportOf(s *sender, done *chain.MintReport, contract common.Address) mintReport {
	r := mintReport{ChainID: s.ChainID, Contract: contract.Hex(), Minted: []uint64{}, Present: []uint64{}, Gas: done.Gas, Journal: s.Journal.Path}
	r.Minted, r.Present, r.Txs = append(r.Minted, done.Minted...), append(r.Present, done.Present...), hexHashes(done.Txs)
	return r
}

func hexHashes(txs []common.Hash) []string {
	list := []string{}
	for _, tx := range txs {
		list = append(list, tx.Hex())
	}
	return list
}

// verified returns the bundles of a folder that are asked for, if all of the folder
// verifies. done says what else would have been done with them.
func (p *program) verified(c *cli.Context, dir string, s *publication.Publication, done string) ([]chain.Token, error) {
	report, err := s.Judge(c.Context)
	if err != nil {
		return nil, err
	}
	if !report.Verdict.Holds() {
		p.Complain(c.Context, console.Hint(fmt.Errorf("nothing is %s: %s does not verify", done, dir), "genproof verify "+dir+" tells why"))
		return nil, console.ErrRejected
	}
	tokens, err := chainTokens(s)
	if err != nil || c.String("tokens") == "all" {
		return tokens, err
	}
	ids, err := tokenlist.Parse(c.String("tokens"), s.Description.IDs())
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(tokens, func(t chain.Token) bool { return t.Bundle.Statement.ID == id }) {
			return nil, console.Hint(fmt.Errorf("%s has no token %d", dir, id), "genproof prove --tokens makes it")
		}
	}
	return slices.DeleteFunc(tokens, func(t chain.Token) bool { return !slices.Contains(ids, t.Bundle.Statement.ID) }), nil
}

// chainTokens reads the bundles.
func chainTokens(s *publication.Publication) ([]chain.Token, error) {
	var tokens []chain.Token
	for _, f := range s.Bundles {
		b, err := f.Bundle()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		tokens = append(tokens, chain.Token{File: f.Name, Bundle: b})
	}
	return tokens, nil
}
