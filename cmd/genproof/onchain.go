package main

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
)

// A chainReport is what comparing a published drop with its contract found.
type chainReport struct {
	Contract statusReport       `json:"contract"`
	Faults   []string           `json:"faults"`
	Warnings []string           `json:"warnings"`
	Tokens   []chainTokenReport `json:"tokens"`
	Missing  []uint64           `json:"minted_not_published"`
}

type chainTokenReport struct {
	ID     uint64 `json:"id"`
	Minted bool   `json:"minted"`
	Owner  string `json:"owner"`
	URI    string `json:"uri"`
	Fault  string `json:"fault"`
}

// onChain tells whether the options ask for the contract too.
func onChain(c *cli.Context) bool {
	return c.String("rpc") != "" || c.String("rpc-file") != "" || c.String("contract") != ""
}

// verifyOnChain compares what is published with the contract, and rejects what differs.
func (p *program) verifyOnChain(c *cli.Context, s *published, r *verifyReport) error {
	client, err := p.reading(c)
	if err != nil {
		return err
	}
	contract := common.Address(s.description.Beacon.Contract)
	if at := c.String("contract"); at != "" {
		if contract, err = contractAddress(at); err != nil {
			return err
		}
	}
	o := chain.CheckOptions{Description: s.description, Key: s.key}
	for _, f := range s.bundles {
		if b, err := bundle.Unmarshal(f.Data); err == nil { // others are rejected already
			o.Tokens = append(o.Tokens, chain.Token{File: f.Name, Bundle: b})
		}
	}
	check, err := client.Check(c.Context, contract, o)
	if err != nil {
		return err
	}
	r.addChain(check)
	return nil
}

// addChain adds what the chain says, which decides along with the proofs.
func (r *verifyReport) addChain(check *chain.CheckReport) {
	minted := len(check.Missing)
	out := &chainReport{Faults: append([]string{}, check.Faults...), Warnings: append([]string{}, check.Warnings...), Tokens: []chainTokenReport{}, Missing: append([]uint64{}, check.Missing...)}
	for _, t := range check.Tokens {
		out.Tokens = append(out.Tokens, chainTokenReport{t.ID, t.Minted, t.Owner.Hex(), t.URI, t.Fault})
		if t.Minted {
			minted++
		}
		own := slices.IndexFunc(r.Tokens, func(o tokenReport) bool { return o.File == t.File })
		if own >= 0 && t.Fault != "" && r.Tokens[own].Verdict == verdict(true) {
			r.Tokens[own].Verdict, r.Tokens[own].Reason = verdict(false), "on the chain: "+t.Fault
		}
	}
	out.Contract = statusOf(check.Status, minted)
	r.Chain, r.Warnings = out, append(r.Warnings, out.Warnings...)
	if check.OK() {
		return
	}
	r.Verdict = verdict(false)
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
	p.say("  on chain %d, contract %s: %d of %d tokens minted, all compared at block %d", r.Contract.ChainID, r.Contract.Contract, r.Contract.Minted, r.Contract.Supply, r.Contract.Block)
	for _, fault := range r.Faults {
		p.say("  on the chain: %s", fault)
	}
}
