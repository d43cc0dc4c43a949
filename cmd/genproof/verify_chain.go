package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A chainReport is what comparing a published drop with its contract found.
type chainReport struct {
	Contract statusReport `json:"contract"`
	Faults   []string     `json:"faults"`
	Warnings []string     `json:"warnings"`
	Unknown  []string     `json:"not_checked"`
	// TemplateBlock is where the template was set, later than the draws.
	TemplateBlock uint64             `json:"template_block"`
	Proofs        int                `json:"proofs"` // that the contract has accepted, and that were verified here
	Tokens        []chainTokenReport `json:"tokens"`
	Missing       []uint64           `json:"minted_not_published"`
}

type chainTokenReport struct {
	ID       uint64 `json:"id"`
	Minted   bool   `json:"minted"`
	Document string `json:"document"` // absent, current, replaced or announced
	Owner    string `json:"owner"`
	URI      string `json:"uri"`
	Fault    string `json:"fault"`
}

func chainReportOf(check *chain.CheckReport) *chainReport {
	r := &chainReport{
		Contract: statusOf(check.Status, len(check.Minted)), Faults: append([]string{}, check.Faults...), Warnings: append([]string{}, check.Warnings...),
		Unknown: append([]string{}, check.Unchecked...), TemplateBlock: check.TemplateBlock, Proofs: check.Proofs, Tokens: []chainTokenReport{}, Missing: listed(check.Missing),
	}
	for _, t := range check.Tokens {
		r.Tokens = append(r.Tokens, chainTokenReport{t.ID, t.Minted, t.Document, t.Owner.Hex(), t.URI, t.Fault})
	}
	return r
}

// onChain reports whether the options ask for the contract too.
func onChain(c *cli.Context) bool {
	return c.String("rpc") != "" || c.String("rpc-file") != "" || c.String("contract") != "" || c.String("metadata") != ""
}

// verifyOnChain compares what is published with the contract, and rejects what differs.
func (p *program) verifyOnChain(c *cli.Context, s *publication.Publication, r *verifyReport) error {
	client, err := p.reading(c)
	if err != nil {
		return err
	}
	contract := common.Address(s.Description.Beacon.Contract)
	if at := c.String("contract"); at != "" {
		if contract, err = contractAddress(at); err != nil {
			return err
		}
	}
	if contract == (common.Address{}) {
		return console.Hint(errors.New("this drop's beacon is self-chosen: it names no contract"), "name the contract with --contract")
	}
	o := chain.CheckOptions{Description: s.Description, Key: s.Key}
	for _, f := range s.Bundles {
		if b, err := f.Bundle(); err == nil { // others are rejected already
			o.Tokens = append(o.Tokens, chain.Token{File: f.Name, Bundle: b})
		}
	}
	check, err := client.Check(c.Context, contract, o)
	if err != nil {
		return err
	}
	if err := checkMetadata(c, client, s.Description.Circuit, check.Status.Verifier, s.Key, &check.Faults); err != nil {
		return err
	}
	r.addChain(check)
	return nil
}

// addChain adds what the chain says, which decides along with the proofs.
func (r *verifyReport) addChain(check *chain.CheckReport) {
	out := chainReportOf(check)
	for _, t := range check.Tokens {
		own := slices.IndexFunc(r.Tokens, func(o verdict.Token) bool { return o.File == t.File })
		if own >= 0 && t.Fault != "" && r.Tokens[own].Verdict.Holds() {
			r.Tokens[own].Verdict, r.Tokens[own].Reason = verifier.Rejected, "on the chain: "+t.Fault
		}
	}
	r.Chain = out
	if !r.Beacon.SelfChosen {
		r.settle("beacon")
	}
	r.settle("date")
	for _, w := range out.Warnings {
		r.Reservations = append(r.Reservations, verdict.Reservation{Name: "contract", Text: w})
	}
	if check.OK() {
		return
	}
	r.Verdict = verifier.Rejected
	switch {
	case r.Reason != "":
	case len(check.Faults) > 0:
		r.Reason = "on the chain: " + check.Faults[0]
	case len(check.Missing) > 0:
		r.Reason = fmt.Sprintf("on the chain: %d tokens are minted that are not published here, such as token %d", len(check.Missing), check.Missing[0])
	}
}

func (p *program) sayChain(r *chainReport) {
	if r == nil {
		return
	}
	p.Say("  on chain %d, contract %s: %d of %d tokens minted, all compared at block %d", r.Contract.ChainID, r.Contract.Contract, r.Contract.Minted, r.Contract.Supply, r.Contract.Block)
	p.Say("  %d proofs that the contract has accepted, all verified here", r.Proofs)
	for _, row := range []struct{ state, text string }{
		{chain.DocumentReplaced, "have another document by now, after an update: %s"}, {chain.DocumentAnnounced, "get these documents once their holders ask for them: %s"},
	} {
		if ids := r.documents(row.state); len(ids) > 0 {
			p.Say("  %s "+row.text, counted(len(ids), "token"), shortList(ids))
		}
	}
	for _, fault := range r.Faults {
		p.Say("  on the chain: %s", fault)
	}
	for _, what := range r.Unknown {
		p.Say("  NOT CHECKED: %s", what)
	}
}

// documents are the tokens whose documents are in a state.
func (r *chainReport) documents(state string) (ids []uint64) {
	for _, t := range r.Tokens {
		if t.Document == state {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// shortList shows a list's beginning.
func shortList(ids []uint64) string {
	const most = 10
	text := strings.Trim(fmt.Sprint(ids[:min(len(ids), most)]), "[]")
	if len(ids) > most {
		text += " …"
	}
	return text
}
