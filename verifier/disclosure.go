package verifier

import (
	"fmt"

	"github.com/genproof/genproof/bundle"
)

// A DisclosureReport is the outcome for a disclosure.
type DisclosureReport struct {
	Version      uint64
	Verdict      Level  // proven or rejected: hashes lead to the commitment, and no key is asked
	Reason       string // why it is rejected
	Name         string // the deck's
	Circuit      string // the deck's
	Supply       uint64 // the deck's number of cards
	Card         *uint64
	Token        *bundle.CardToken // that shows the card, in the words of who discloses
	Digest       string            // SHA-256 of the card's document in hex; empty for facts
	Model        string            // hex
	Attributes   []DisclosedAttribute
	Reservations []Reservation
}

// A DisclosedAttribute is one that was opened.
type DisclosedAttribute struct {
	Name    string // "trait.Lineage"
	Present bool
	Value   string // in canonical form
}

// VerifyDisclosure checks a disclosure against a described deck. Whatever is wrong with it is a
// rejection, with its reason in the report. An error means that nothing was checked.
func VerifyDisclosure(desc *bundle.Deck, d *bundle.Disclosure) (*DisclosureReport, error) {
	if err := desc.Validate(); err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	r := &DisclosureReport{Version: ClaimReportVersion, Name: desc.Name, Circuit: desc.Circuit, Supply: desc.Cards, Model: hexElement(d.Model)}
	if d.Card != nil {
		r.Card, r.Digest, r.Token = &d.Card.Number, hexOf(d.Card.Digest[:]), d.Token
	}
	opened, err := open(desc, d)
	if err != nil {
		r.Verdict, r.Reason = Rejected, reasonOf(err)
		return r, nil
	}
	r.Verdict = Proven
	for _, o := range opened {
		r.Attributes = append(r.Attributes, DisclosedAttribute{o.Attribute.Section + "." + o.Attribute.Name, o.Present, o.Value})
	}
	list := (*reservations)(&r.Reservations)
	list.say("authority", "What was opened is asserted by the deck's author; nobody else vouches for it here.")
	list.say("policy", "Nothing here says that the deck's own rule holds: the proofs of its batches do.")
	list.sayDate(desc)
	if t := d.Token; t != nil {
		list.say("token", "That token %d of the contract %#x on chain %d shows this card is the word of whoever discloses it: the contract tells.", t.ID, t.Contract, t.ChainID)
	}
	return r, nil
}

func open(desc *bundle.Deck, d *bundle.Disclosure) ([]bundle.Disclosed, error) {
	if d.Model != desc.Commitments.Model {
		return nil, fmt.Errorf("the disclosure is about another deck")
	}
	if _, err := desc.Misspelled(); err != nil {
		return nil, fmt.Errorf("the deck's description: %w", err)
	}
	opened, err := d.Open(desc)
	if err != nil {
		return nil, fmt.Errorf("disclosure: %w", err)
	}
	return opened, nil
}
