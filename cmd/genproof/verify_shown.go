package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// readerFlags say who reads a claim.
var readerFlags = []string{"audience", "challenge"}

// publishedOnly are options of verify that say nothing of a claim or a disclosure.
var publishedOnly = []string{"attestation", "trust", "fact", "log", "checkpoint", "cards", "tokens", "also", "metadata", "rpc", "contract", "beacon-contract", "token", "gateway", "api", "api-file", "save"}

// verifyShown judges a claim or a disclosure against the deck of --drop.
func (p *program) verifyShown(c *cli.Context, where string) error {
	data, err := p.readFile(where, bundle.MaxBytes)
	if err != nil {
		return err
	}
	for _, name := range publishedOnly {
		if c.IsSet(name) && !(name == "rpc" && bundle.Kind(data) == bundle.KindDisclosure) {
			return fmt.Errorf("--%s is for what was published, and this is a claim or a disclosure", name)
		}
	}
	t, err := p.trust(c, c.String("drop"))
	if err != nil {
		return err
	}
	t.Key = nil // beside a description is the deck's, which proves no claims
	if bundle.Kind(data) == bundle.KindDisclosure {
		return p.verifyDisclosure(c, data, t)
	}
	keyFrom := verdict.KeyInClaim
	if file := c.String("key"); file != "" {
		keyFrom = keyGiven
		if t.Key, err = p.trustedKey(file); err != nil {
			return err
		}
	}
	return p.verifyClaim(c, data, t, keyFrom)
}

// A claimVerdict is a claim's verdict, and what only this program looks at.
type claimVerdict struct {
	verdict.Claim
	Unmet []string `json:"required_and_left,omitempty"` // of --require
}

func (p *program) verifyClaim(c *cli.Context, data []byte, t publication.Trust, keyFrom string) error {
	o := verifier.ClaimOptions{Now: uint64(time.Now().Unix()), Compile: func(text string) (*policy.Program, error) {
		compiled, err := drop.CompileRule(t.Deck, text)
		if err != nil {
			return nil, err
		}
		return compiled.Program, nil
	}}
	if c.IsSet("audience") {
		name := c.String("audience")
		o.Name = &name
	}
	if c.IsSet("challenge") {
		challenge, err := challengeOf(c.String("challenge"))
		if err != nil {
			return err
		}
		o.Challenge = &challenge
	}
	r, err := publication.JudgeClaim(c.Context, data, t, o)
	if err != nil {
		return openingHint(err)
	}
	if !r.Key.Claimed {
		keyFrom = keyOfStore
	}
	out := &claimVerdict{Claim: *verdict.OfClaim(r, keyFrom)}
	if out.Unmet, err = required(c.String("require"), out.Reservations); err != nil {
		return err
	}
	if p.JSON {
		err = p.Report(out)
	} else {
		p.sayClaim(out)
	}
	return settled(err, out.Verdict, out.Unmet)
}

// settled is the end of a verdict: an error, or a rejection.
func settled(err error, v verifier.Level, unmet []string) error {
	if err == nil && (!v.Holds() || len(unmet) > 0) {
		return console.ErrRejected
	}
	return err
}

func (p *program) sayClaim(r *claimVerdict) {
	p.Say("%s (%s), a claim about card %d of %s", r.Drop.Name, r.Drop.Circuit, r.Card, counted(int(r.Drop.Supply), "card"))
	p.Table([]string{"  model", r.Model}, []string{"  for", r.Audience.Said()}, []string{"  expires", r.Audience.Expires()},
		[]string{"  verifying key", r.Key.Digest + "  (" + saidOfKey(r.Key) + ", " + r.Key.Source + ")"})
	if r.Verdict.Holds() {
		p.Say("the rule that was proven:\n%s", indent(r.Rule))
		p.Say("%s", r.Meaning())
		p.sayBeside(r.Reservations, r.NotChecked)
	}
	p.sayEnd(r.Line(), r.Unmet)
}

// sayEnd says the last lines of a verdict on what somebody shows.
func (p *program) sayEnd(line string, unmet []string) {
	for _, name := range unmet {
		p.Say("required and not met: %s", name)
	}
	p.Say("%s", line)
}

// A disclosureVerdict is a disclosure's verdict, and what only this program looks at.
type disclosureVerdict struct {
	verdict.Disclosure
	Unmet []string `json:"required_and_left,omitempty"` // of --require
}

func (p *program) verifyDisclosure(c *cli.Context, data []byte, t publication.Trust) error {
	for _, name := range append([]string{"key"}, readerFlags...) {
		if c.IsSet(name) {
			return fmt.Errorf("--%s says nothing of a disclosure", name)
		}
	}
	r, err := publication.JudgeDisclosure(data, t)
	if err != nil {
		return openingHint(err)
	}
	out := &disclosureVerdict{Disclosure: *verdict.OfDisclosure(r)}
	if c.String("rpc") != "" || c.String("rpc-file") != "" {
		if err := p.checkShownToken(c, t.Deck, r.Token, out); err != nil {
			return err
		}
	}
	if out.Unmet, err = required(c.String("require"), out.Reservations); err != nil {
		return err
	}
	if p.JSON {
		err = p.Report(out)
	} else {
		p.sayDisclosure(out)
	}
	return settled(err, out.Verdict, out.Unmet)
}

// checkShownToken asks the contract which card the token of a disclosure shows.
func (p *program) checkShownToken(c *cli.Context, d *bundle.Deck, t *bundle.CardToken, out *disclosureVerdict) error {
	if t == nil {
		return errors.New("--rpc compares the token that a disclosure names, and this one names none")
	}
	client, err := p.reading(c)
	if err != nil {
		return err
	}
	if client.ChainID != t.ChainID {
		return fmt.Errorf("the disclosure's token is on chain %d, and the node of --rpc on chain %d", t.ChainID, client.ChainID)
	}
	if !out.Verdict.Holds() {
		return nil
	}
	card, err := client.CardOf(c.Context, t.Contract, d, t.ID)
	var other *chain.TokenError
	switch {
	case errors.As(err, &other):
		out.Verdict, out.Reason = verifier.Rejected, "on the chain: "+err.Error()
	case err != nil:
		return err
	case card != *out.Card:
		out.Verdict, out.Reason = verifier.Rejected, fmt.Sprintf("on the chain: token %d shows card %d, not card %d", t.ID, card, *out.Card)
	}
	out.Reservations = slices.DeleteFunc(out.Reservations, func(x verdict.Reservation) bool { return x.Name == "token" })
	return nil
}

func (p *program) sayDisclosure(r *disclosureVerdict) {
	what := "facts of the deck"
	if r.Card != nil {
		what = fmt.Sprintf("card %d of %s", *r.Card, counted(int(r.Drop.Supply), "card"))
	}
	p.Say("%s (%s), a disclosure of %s", r.Drop.Name, r.Drop.Circuit, what)
	rows := [][]string{{"  model", r.Model}}
	if t := r.Token; t != nil {
		rows = append(rows, []string{"  token", fmt.Sprintf("%d of contract %s on chain %d", t.ID, t.Contract, t.ChainID)})
	}
	for _, a := range r.Opened {
		value := "absent"
		if a.Present {
			value = oneLine(a.Value)
		}
		rows = append(rows, []string{"  " + oneLine(a.Name), value})
	}
	p.Table(rows...)
	if r.Verdict.Holds() {
		p.Say("%s", r.Meaning())
		p.sayBeside(r.Reservations, nil)
	}
	p.sayEnd(r.Line(), r.Unmet)
}
