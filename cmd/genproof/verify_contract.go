package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

// A contractReport is what a contract's chain alone tells.
type contractReport struct {
	Verdict    string       `json:"verdict"`
	Reason     string       `json:"reason"`
	Chain      *chainReport `json:"chain"`
	NotChecked []string     `json:"not_checked"`
	Warnings   []string     `json:"warnings"`
}

// unpublished is what no chain can tell.
var unpublished = []string{
	"that the documents can be had, and what is in them: only their digests are on the chain",
	"what model, policy, template and authority stand behind the commitments, and who made the verifying key, and of which circuit: give the published folder too",
}

// verifyContract checks a contract without anything that was published.
func (p *program) verifyContract(c *cli.Context) error {
	if c.String("contract") == "" {
		return console.Hint(errors.New("nothing is named that could be verified"), "name an output folder, a CAR or a bundle, or with --rpc a --contract: "+c.Command.HelpName+" --help")
	}
	if c.String("drop") != "" || c.String("key") != "" {
		return console.Hint(errors.New("--drop and --key say what to compare published files with, and none are named"), "name an output folder, a CAR or a bundle, or leave them out")
	}
	if c.String("metadata") != "" {
		return console.Hint(errors.New("--metadata is compared with published files, and none are named"), "name an output folder or a CAR, or leave it out")
	}
	client, err := p.reading(c)
	if err != nil {
		return err
	}
	at, err := contractAddress(c.String("contract"))
	if err != nil {
		return err
	}
	if deck, err := client.IsDeck(c.Context, at); err != nil {
		return err
	} else if deck {
		return console.Hint(errors.New("a deck's contract tells nothing of its cards but a digest of them: nothing can be verified without the deck"), "name what was published of it: genproof verify FOLDER --rpc … --contract "+at.Hex())
	}
	check, err := client.Check(c.Context, at, chain.CheckOptions{})
	if err != nil {
		return err
	}
	r := contractReportOf(check)
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayContract(r)
	}
	if err == nil && r.Verdict != accepted(true) {
		err = console.ErrRejected
	}
	return err
}

func contractReportOf(check *chain.CheckReport) *contractReport {
	r := &contractReport{Verdict: accepted(check.OK()), Chain: chainReportOf(check), Warnings: append([]string{}, check.Warnings...)}
	r.NotChecked = append(append([]string{}, unpublished...), check.Unchecked...)
	if len(check.Faults) > 0 {
		r.Reason = check.Faults[0]
		return r
	}
	for _, t := range check.Tokens {
		if t.Fault != "" {
			r.Reason = fmt.Sprintf("token %d: %s", t.ID, t.Fault)
			break
		}
	}
	return r
}

func (p *program) sayContract(r *contractReport) {
	p.sayStatus(&r.Chain.Contract)
	var rows [][]string
	shown := 0
	for _, t := range r.Chain.Tokens {
		if t.Fault != "" {
			rows = append(rows, []string{fmt.Sprintf("  token %d", t.ID), accepted(false), t.Fault})
		} else if shown++; shown <= maxLines {
			rows = append(rows, []string{fmt.Sprintf("  token %d", t.ID), accepted(true), t.URI})
		}
	}
	p.Table(rows...)
	if shown > maxLines {
		p.Say("  and %d more, accepted (all with --json)", shown-maxLines)
	}
	p.Say("  %d proofs that the contract has accepted, all verified here", r.Chain.Proofs)
	for _, fault := range r.Chain.Faults {
		p.Say("  %s", fault)
	}
	for _, what := range r.NotChecked {
		p.Say("NOT CHECKED: %s", what)
	}
	for _, w := range r.Warnings {
		p.Say("%s", w)
	}
	if r.Verdict == accepted(true) {
		p.Say("accepted: %s, by the chain alone", counted(len(r.Chain.Tokens), "token"))
	} else {
		p.Say("rejected: %s", r.Reason)
	}
}
