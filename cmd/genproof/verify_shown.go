package main

import (
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
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
var publishedOnly = []string{"attestation", "trust", "fact", "log", "checkpoint", "cards", "tokens", "also", "metadata", "rpc", "contract", "beacon-contract"}

// verifyShown judges a claim or a disclosure against the deck of --drop.
func (p *program) verifyShown(c *cli.Context, where string) error {
	for _, name := range publishedOnly {
		if c.IsSet(name) {
			return fmt.Errorf("--%s is for what was published, and this is a claim or a disclosure", name)
		}
	}
	data, err := p.readFile(where, bundle.MaxBytes)
	if err != nil {
		return err
	}
	t, err := p.trust(c, c.String("drop"))
	if err != nil {
		return err
	}
	t.Key = nil // beside a description is the deck's, which proves no claims
	if bundle.Kind(data) == bundle.KindDisclosure {
		return p.verifyDisclosure(c, data, t)
	}
	keyFrom := keyWithClaim
	if file := c.String("key"); file != "" {
		keyFrom = keyGiven
		if t.Key, err = p.trustedKey(file); err != nil {
			return err
		}
	}
	return p.verifyClaim(c, data, t, keyFrom)
}

// keyWithClaim is the source of a verifying key that a claim brings.
const keyWithClaim = "in the claim"

type claimVerdict struct {
	Version      uint64                `json:"version"`
	Kind         string                `json:"kind"`
	Verdict      verifier.Level        `json:"verdict"`
	Reason       string                `json:"reason"`
	Drop         verdict.Drop          `json:"drop"`
	Card         uint64                `json:"card"`
	Model        string                `json:"model"`
	Rule         string                `json:"rule"`
	Audience     audienceReport        `json:"audience"`
	Key          verdict.Key           `json:"key"`
	Reservations []verdict.Reservation `json:"reservations"`
	NotChecked   []string              `json:"not_checked"`
	Unmet        []string              `json:"required_and_left,omitempty"` // of --require
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
	k := verdict.KeyOf(r.Key, keyFrom)
	if !r.Key.Claimed {
		k.Source = keyOfStore
	}
	out := &claimVerdict{
		Version: r.Version, Kind: bundle.KindClaim, Verdict: r.Verdict, Reason: r.Reason, Drop: verdict.Drop{Name: r.Name, Supply: r.Supply, Circuit: r.Circuit}, Card: r.Card, Model: r.Model,
		Rule: r.Rule, Audience: audienceOf(&r.Audience), Key: k, Reservations: verdict.ReservationsOf(r.Reservations, k), NotChecked: append([]string{}, r.NotChecked...),
	}
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

// meaningOfClaim is what proven means of a claim.
const meaningOfClaim = "Whoever made the claim knew the card of the deck that has this number, and the rule above holds for what it held when the deck was committed.\nIt does not say that what the card holds is true, or who made the claim."

func (p *program) sayClaim(r *claimVerdict) {
	p.Say("%s (%s), a claim about card %d of %s", r.Drop.Name, r.Drop.Circuit, r.Card, counted(int(r.Drop.Supply), "card"))
	p.Table([]string{"  model", r.Model}, []string{"  for", r.Audience.said()}, []string{"  expires", r.Audience.expires()},
		[]string{"  verifying key", r.Key.Digest + "  (" + saidOfKey(r.Key) + ", " + r.Key.Source + ")"})
	if r.Verdict.Holds() {
		p.Say("the rule that was proven:\n%s", indent(r.Rule))
		p.Say(meaningOfClaim)
		p.sayBeside(r.Reservations, r.NotChecked)
	}
	p.sayEnd(r.Verdict, r.Reason, r.Key.Verified, len(r.Reservations), r.Unmet, fmt.Sprintf("the rule holds for card %d", r.Card))
}

// sayEnd says the last lines of a verdict on what somebody shows.
func (p *program) sayEnd(v verifier.Level, reason string, verified bool, reservations int, unmet []string, what string) {
	for _, name := range unmet {
		p.Say("required and not met: %s", name)
	}
	if v.Holds() {
		p.Say("%s", verdict.Holding(v, verified, reservations, what))
	} else {
		p.Say("rejected: %s", reason)
	}
}

// said is whom a claim is for.
func (a audienceReport) said() string {
	text := "nobody in particular"
	if a.Name != "" {
		text = fmt.Sprintf("%q", a.Name)
	}
	if a.Challenge != hexOf(make([]byte, 32)) {
		text += ", who drew the challenge " + a.Challenge
	}
	return text
}

func (a audienceReport) expires() string {
	if a.Expiry == 0 {
		return "never"
	}
	if a.Expiry > maxShownTime {
		return fmt.Sprintf("at %d (unix time)", a.Expiry)
	}
	return time.Unix(int64(a.Expiry), 0).UTC().Format(time.RFC3339)
}

// maxShownTime is the last second that is written as a date: the end of the year 9999.
const maxShownTime = 253402300799

type disclosureVerdict struct {
	Version      uint64                `json:"version"`
	Kind         string                `json:"kind"`
	Verdict      verifier.Level        `json:"verdict"`
	Reason       string                `json:"reason"`
	Drop         verdict.Drop          `json:"drop"`
	Card         *uint64               `json:"card,omitempty"`   // missing of facts
	Digest       string                `json:"sha256,omitempty"` // of the card's document
	Model        string                `json:"model"`
	Opened       []openedReport        `json:"opened"`
	Reservations []verdict.Reservation `json:"reservations"`
	Unmet        []string              `json:"required_and_left,omitempty"` // of --require
}

type openedReport struct {
	Name    string `json:"name"`
	Present bool   `json:"present"`
	Value   string `json:"value"`
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
	out := &disclosureVerdict{
		Version: r.Version, Kind: bundle.KindDisclosure, Verdict: r.Verdict, Reason: r.Reason, Drop: verdict.Drop{Name: r.Name, Supply: r.Supply, Circuit: r.Circuit}, Card: r.Card, Digest: r.Digest,
		Model: r.Model, Opened: []openedReport{}, Reservations: verdict.ReservationsOf(r.Reservations, verdict.Key{}),
	}
	for _, a := range r.Attributes {
		out.Opened = append(out.Opened, openedReport(a))
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

func (p *program) sayDisclosure(r *disclosureVerdict) {
	what := "facts of the deck"
	if r.Card != nil {
		what = fmt.Sprintf("card %d of %s", *r.Card, counted(int(r.Drop.Supply), "card"))
	}
	p.Say("%s (%s), a disclosure of %s", r.Drop.Name, r.Drop.Circuit, what)
	rows := [][]string{{"  model", r.Model}}
	for _, a := range r.Opened {
		value := "absent"
		if a.Present {
			value = oneLine(a.Value)
		}
		rows = append(rows, []string{"  " + oneLine(a.Name), value})
	}
	p.Table(rows...)
	if r.Verdict.Holds() {
		p.Say("The deck was committed with these values. It does not say that they are true.")
		p.sayBeside(r.Reservations, nil)
	}
	p.sayEnd(r.Verdict, r.Reason, false, len(r.Reservations), r.Unmet, counted(len(r.Opened), "attribute"))
}
