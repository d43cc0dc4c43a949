package site

import (
	"fmt"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication/verdict"
)

// A Step is one of a timeline. What nobody here knows is said as that.
type Step struct {
	Name  string
	Known bool
	Text  string

	// What is told of who attested, below the text.
	Promised     []bundle.Attester
	Approvals    []verdict.Approval
	Attestations []verdict.Attestation
	More         int  // that are not told here
	Attested     bool // the proof page tells of them
}

// Asked is what the maker of a site asked besides the publication.
type Asked struct {
	Chain *Chain // nil: nobody
	Trust bool   // a file of the keys that the maker knows was named
}

// A Chain is what a contract was found to say, in words; empty words are unknown. A nil Chain
// knows nothing.
type Chain struct {
	Source    string // according to whom, at which block
	Committed string
	Beacon    string
	Admitted  string
	Minted    string
	Updated   string
	Entries   map[uint64]ChainEntry // by card, or token of a drawn drop
}

// A ChainEntry is what a contract says of one card or token.
type ChainEntry struct {
	Token   string // which shows a card, in words
	Minted  string
	Updated string
}

func (c *Chain) source() string {
	if c == nil {
		return ""
	}
	return c.Source
}

// tell adds what the chain says of an entry.
func (c *Chain) tell(e *Entry) {
	if c == nil {
		return
	}
	x, there := c.Entries[e.Number]
	if !there {
		return
	}
	e.Minted, e.Updated = x.Minted, x.Updated
	if x.Token != "" {
		e.Token = x.Token
	}
}

const unknown = "Not known here: no contract was asked."

// step is what the chain says, or else.
func (c *Chain) step(name string, said func(*Chain) string, otherwise string) Step {
	if c != nil && said(c) != "" {
		return Step{Name: name, Known: true, Text: said(c)}
	}
	return Step{Name: name, Text: otherwise}
}

func (c *Chain) committed() Step {
	return c.step("Committed", func(c *Chain) string { return c.Committed }, "Date unknown: nothing here shows when the commitments became public.")
}

func (c *Chain) minted() Step {
	return c.step("Minted", func(c *Chain) string { return c.Minted }, unknown)
}

func (c *Chain) deckSteps(d *bundle.Deck, v *verdict.Deck, a *Attested) []Step {
	beacon := Step{Name: "Beacon", Known: true, Text: fmt.Sprintf("None is needed: token ids were chosen by the author, who gave card 0 the token %d.", d.FirstID)}
	if d.Assignment != bundle.Fixed {
		beacon = c.step("Beacon", func(c *Chain) string { return c.Beacon }, "Which token shows which card is drawn after the sale. Not known here: no contract was asked.")
	}
	proven := Step{Name: "Proven", Known: v.Counts.Holding > 0, Text: fmt.Sprintf("The proofs of %d of %d cards hold here.", v.Counts.Holding+v.Counts.Sealed, d.Cards)}
	return []Step{
		c.committed(), a.ofDeck(), beacon, proven,
		c.step("Admitted", func(c *Chain) string { return c.Admitted }, unknown), c.minted(),
		c.step("Updated", func(c *Chain) string { return c.Updated }, "A deck's documents are fixed with its cards; whether a contract shows others is not known here."),
	}
}

func (c *Chain) draftSteps(d *bundle.Deck) []Step {
	when := "before the sale"
	if d.Documents == bundle.Sealed {
		when = "after the reveal; proofs and digests before"
	}
	return []Step{
		{Name: "Committed", Text: "Not yet: the commitments below become public with the proofs or the contract."}, promised(d),
		{Name: "Proven", Text: "Not yet: genproof prove makes the proofs."},
		{Name: "Published", Text: "Not yet. drop.yaml says that documents are published " + when + "."},
	}
}

func (c *Chain) dropSteps(d *bundle.Description, v *verdict.Drawn, a *Attested) []Step {
	attested := Step{Name: "Attested", Known: true, Text: "The drop's own key signed the claims: nobody else vouches for them."}
	if !d.Authority.SelfAsserted {
		attested.Text = "The authority's key " + v.Authority.Key + " signed the claims. Nothing here shows whose it is."
	}
	if a.Any() {
		attested.Text += " " + a.counts()
		attested = attested.telling(a)
	}
	beacon := Step{Name: "Beacon", Known: true, Text: "No chain drew it: whoever made the drop could try secrets until the tokens pleased."}
	if !v.Beacon.SelfChosen {
		beacon = c.step("Beacon", func(c *Chain) string { return c.Beacon }, fmt.Sprintf("The description says that contract %s on chain %d drew it. No contract was asked here.", v.Beacon.Contract, v.Beacon.ChainID))
	}
	holding := 0
	for _, t := range v.Tokens {
		if t.Verdict.Holds() {
			holding++
		}
	}
	return []Step{
		c.committed(), attested, beacon,
		{Name: "Proven", Known: holding > 0, Text: fmt.Sprintf("The proofs of %d of %d tokens hold here.", holding, d.Supply)},
		{Name: "Admitted", Known: true, Text: "No step of its own: a drawn drop's contract takes the proof at the mint."}, c.minted(),
		c.step("Updated", func(c *Chain) string { return c.Updated }, unknown),
	}
}

func (c *Chain) drawnDraftSteps(d *bundle.Description) []Step {
	beacon := Step{Name: "Beacon", Known: true, Text: "No chain draws it: every report will call it self-chosen."}
	if !d.Beacon.SelfChosen() {
		beacon.Text = "Named in drop.yaml: every report says which chain and contract drew it."
	}
	return []Step{
		{Name: "Committed", Text: "Not yet: genproof commit shows what becomes public before the beacon."}, beacon,
		{Name: "Proven", Text: "Not yet: genproof prove makes the proofs."}, {Name: "Published", Text: "Not yet."},
	}
}
