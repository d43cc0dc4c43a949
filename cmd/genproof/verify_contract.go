package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A contractReport is what a contract's chain alone tells.
type contractReport struct {
	Verdict    string       `json:"verdict"`
	Reason     string       `json:"reason"`
	Chain      *chainReport `json:"chain"`
	NotChecked []string     `json:"not_checked"`
	Warnings   []string     `json:"warnings"`

	Reservations []verdict.Reservation `json:"reservations"`
	Unmet        []string              `json:"required_and_left,omitempty"` // of --require
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
	if isFetching(c) {
		root, err := client.PublicationOf(c.Context, at)
		if err != nil {
			return err
		}
		if root != "" {
			return p.verifyPublished(c, root)
		}
	}
	if deck, err := client.IsDeck(c.Context, at); err != nil {
		return err
	} else if deck {
		return p.verifyDeckAlone(c, client, at)
	}
	list, err := p.denials(c.String("deny"))
	if err != nil {
		return err
	}
	check, err := client.Check(c.Context, at, chain.CheckOptions{})
	if err != nil {
		return err
	}
	r := contractReportOf(check)
	_, left := levelOf(keyOnChain(c, check.Status.Key, circuitNames()))
	if check.Status.HasTemplate() {
		left = append(left, verdict.Reservation{Name: "template", Text: verifier.TemplateAfterDraws})
	}
	if r.Reservations = append(left, contractReservations(check.Warnings)...); r.Reservations == nil {
		r.Reservations = []verdict.Reservation{}
	}
	digest := keyOnChain(c, check.Status.Key, nil).Digest
	if why := denied(list, known{"key": {digest}, "model": {hexElement(check.Status.Commitments.Model)}, "contract": {at.Hex()}}); why != "" {
		r.Verdict, r.Reason = accepted(false), why
	}
	if r.Unmet, err = required(c.String("require"), r.Reservations); err != nil {
		return err
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayContract(r)
	}
	if err == nil && (r.Verdict != accepted(true) || len(r.Unmet) > 0) {
		err = console.ErrRejected
	}
	return err
}

// verifyPublished fetches the publication that a contract names, and verifies it against the contract.
func (p *program) verifyPublished(c *cli.Context, root string) (err error) {
	s, done, err := p.openWhere(c, ipfsScheme+root)
	var damage *publication.Damage
	if errors.As(err, &damage) {
		return p.reject(err.Error())
	}
	if err != nil {
		return fmt.Errorf("the publication that the contract names: %w", err)
	}
	defer func() {
		if closing := errors.Join(s.Close(), done()); err == nil {
			err = closing
		}
	}()
	if !p.JSON {
		p.Say("the contract names the publication %s", ipfsScheme+root)
	}
	return p.verifyOpened(c, s)
}

func contractReservations(warnings []string) (list []verdict.Reservation) {
	for _, w := range warnings {
		list = append(list, verdict.Reservation{Name: "contract", Text: w})
	}
	return list
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
	p.sayBeside(r.Reservations, nil)
	for _, name := range r.Unmet {
		p.Say("required and not met: %s", name)
	}
	if r.Verdict == accepted(true) {
		p.Say("accepted (%s): %s, by the chain alone", counted(len(r.Reservations), "reservation"), counted(len(r.Chain.Tokens), "token"))
	} else {
		p.Say("rejected: %s", r.Reason)
	}
}
