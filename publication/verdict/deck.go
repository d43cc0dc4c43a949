package verdict

import (
	"fmt"

	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// A Deck is the verdict on a deck, or on some of its cards.
type Deck struct {
	Version      uint64         `json:"version"`
	Verdict      verifier.Level `json:"verdict"`
	Reason       string         `json:"reason"` // of everything
	Drop         Drop           `json:"drop"`
	Model        string         `json:"model"`
	Policy       string         `json:"policy"`
	Rule         string         `json:"rule"`
	Key          Key            `json:"key"`
	Cards        []Card         `json:"cards"`
	Counts       Counts         `json:"counts"`
	Reservations []Reservation  `json:"reservations"`
	NotChecked   []string       `json:"not_checked"`
	Attestations []Attestation  `json:"attestations"`
	Approvals    []Approval     `json:"approvals"`
	CAR          string         `json:"car_root,omitempty"`
}

// Counts are numbers of cards by their verdicts, and of what is distinct among those that hold.
type Counts struct {
	Holding    int  `json:"holding"`
	Rejected   int  `json:"rejected"`
	NotChecked int  `json:"not_checked"`
	Sealed     int  `json:"sealed"`
	Documents  int  `json:"distinct_documents"`
	Images     int  `json:"distinct_images"`
	Attributes int  `json:"distinct_attribute_sets"`
	Complete   bool `json:"complete"`
}

// A Card is the verdict on one card.
type Card struct {
	Card       uint64         `json:"card"`
	Verdict    verifier.Level `json:"verdict"`
	Reason     string         `json:"reason"`
	Digest     string         `json:"sha256"`
	Name       string         `json:"name"`
	Attributes []Attribute    `json:"attributes"`
	Words      []string       `json:"authors_words"`
	Differs    []string       `json:"differs"`
	Addresses  []Address      `json:"addresses"`
	Unread     string         `json:"nothing_proven_of_document,omitempty"`
}

// An Attribute is one that a document shows and its card holds.
type Attribute struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// An Address is where a document says that something is.
type Address struct {
	Member  string `json:"member"`
	Address string `json:"address"`
	Fixed   bool   `json:"fixed"` // it says what the bytes are
}

// OfDeck returns the verdict on a deck; source says where its key was taken from.
func OfDeck(p *publication.Publication, r *verifier.DeckReport, source string) *Deck {
	d, k := p.Deck, KeyOf(r.Key, source)
	out := &Deck{
		Version: r.Version, Verdict: r.Verdict, Reason: r.Reason, Drop: Drop{d.Name, d.Cards, d.Circuit},
		Model: hexOf(&d.Commitments.Model), Policy: hexOf(&d.Commitments.Policy), Rule: r.Rule,
		Key: k, Counts: Counts(r.Counts), Cards: make([]Card, len(r.Cards)),
		Reservations: ReservationsOf(r.Reservations, k), NotChecked: append([]string{}, r.NotChecked...), CAR: p.Root,
		Attestations: AttestationsOf(r.Attestations), Approvals: approvalsOf(r.Attestations),
	}
	for i := range r.Cards {
		out.Cards[i] = cardOf(&r.Cards[i])
	}
	return out
}

func cardOf(c *verifier.CardVerdict) Card {
	card := Card{
		Card: c.Card, Verdict: c.Verdict, Reason: c.Reason, Digest: c.Digest, Name: c.Name, Attributes: []Attribute{},
		Words: append([]string{}, c.Words...), Differs: append([]string{}, c.Differs...), Addresses: []Address{}, Unread: c.NothingProven,
	}
	for _, a := range c.Attributes {
		card.Attributes = append(card.Attributes, Attribute(a))
	}
	for _, a := range c.Addresses {
		card.Addresses = append(card.Addresses, Address{a.Member, a.Text, a.Fixed})
	}
	return card
}

// Line is the whole verdict in one line.
func (d *Deck) Line() string {
	switch {
	case d.Verdict.Holds():
		return Holding(d.Verdict, d.Key.Verified, len(d.Reservations), counted(d.Counts.Holding, "card"))
	case d.Verdict == verifier.Rejected && d.Reason != "":
		return "rejected: " + d.Reason
	case d.Verdict == verifier.Rejected:
		return fmt.Sprintf("rejected: %d of %d cards are", d.Counts.Rejected, len(d.Cards))
	case d.Counts.Sealed > 0:
		return fmt.Sprintf("sealed: the proofs of %s hold (%s); nothing that they show was checked", counted(d.Counts.Sealed, "card"), counted(len(d.Reservations), "reservation"))
	}
	return "not checked"
}

// meaning is what proven means of cards, word for word; %s is whose cards were looked at.
const meaning = "Fixed for each card, together with the exact bytes of its document, when the deck was committed; the rule was checked on it and on every card%s.\nIt does not say that it is true, that the image shows it, that the card is unique, or that the author did not know it."

// Meaning is what a verdict that holds says, and then in a line of its own what it does not.
func (d *Deck) Meaning() string {
	if d.Counts.Complete {
		return fmt.Sprintf(meaning, "")
	}
	return fmt.Sprintf(meaning, " of its batch")
}
