package verdict

import (
	"fmt"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/verifier"
)

// KeyInClaim is the source of a verifying key that a claim brings.
const KeyInClaim = "in the claim"

// A Claim is the verdict on a claim about one card of a deck: FORMAT.md of package bundle,
// section 16.
type Claim struct {
	Version      uint64         `json:"version"`
	Kind         string         `json:"kind"` // bundle.KindClaim
	Verdict      verifier.Level `json:"verdict"`
	Reason       string         `json:"reason"`
	Drop         Drop           `json:"drop"` // with the claim's circuit
	Card         uint64         `json:"card"`
	Model        string         `json:"model"`
	Rule         string         `json:"rule"`
	Audience     Audience       `json:"audience"`
	Key          Key            `json:"key"`
	Reservations []Reservation  `json:"reservations"`
	NotChecked   []string       `json:"not_checked"`
}

// An Audience is whom a claim is for.
type Audience struct {
	Name      string `json:"name"`
	Challenge string `json:"challenge"`
	Expiry    uint64 `json:"expiry"` // in unix seconds, 0 for never
	ChainID   uint64 `json:"chain_id"`
	Contract  string `json:"contract"`
	Token     uint64 `json:"token"`
}

// AudienceOf returns the form of an audience in a verdict.
func AudienceOf(a *bundle.Audience) Audience {
	return Audience{a.Name, fmt.Sprintf("%#x", a.Challenge[:]), a.Expiry, a.ChainID, fmt.Sprintf("%#x", a.Contract[:]), a.Token}
}

// OfClaim returns the verdict on a claim; source says where its key was taken from.
func OfClaim(r *verifier.ClaimReport, source string) *Claim {
	k := KeyOf(r.Key, source)
	return &Claim{
		Version: r.Version, Kind: bundle.KindClaim, Verdict: r.Verdict, Reason: r.Reason, Drop: Drop{r.Name, r.Supply, r.Circuit}, Card: r.Card, Model: r.Model,
		Rule: r.Rule, Audience: AudienceOf(&r.Audience), Key: k, Reservations: ReservationsOf(r.Reservations, k), NotChecked: append([]string{}, r.NotChecked...),
	}
}

// Line is the whole verdict in one line.
func (c *Claim) Line() string {
	if !c.Verdict.Holds() {
		return "rejected: " + c.Reason
	}
	return Holding(c.Verdict, c.Key.Verified, len(c.Reservations), fmt.Sprintf("the rule holds for card %d", c.Card))
}

// Meaning is what a verdict that holds says, and then in a line of its own what it does not.
func (c *Claim) Meaning() string {
	return "Whoever made the claim knew the card of the deck that has this number, and the rule above holds for what it held when the deck was committed.\nIt does not say that what the card holds is true, or who made the claim."
}

// noChallenge is a challenge that nobody drew.
const noChallenge = "0x0000000000000000000000000000000000000000000000000000000000000000"

// Said is whom a claim is for, in words.
func (a Audience) Said() string {
	text := "nobody in particular"
	if a.Name != "" {
		text = fmt.Sprintf("%q", a.Name)
	}
	if a.Challenge != noChallenge {
		text += ", who drew the challenge " + a.Challenge
	}
	return text
}

// maxShownTime is the last second that is written as a date: the end of the year 9999.
const maxShownTime = 253402300799

// Expires is when a claim does, in words.
func (a Audience) Expires() string {
	switch {
	case a.Expiry == 0:
		return "never"
	case a.Expiry > maxShownTime:
		return fmt.Sprintf("at %d (unix time)", a.Expiry)
	}
	return time.Unix(int64(a.Expiry), 0).UTC().Format(time.RFC3339)
}

// Checks says, of each thing that a claim is bound to, who has to look at it: the reader knows
// what no verifier can.
func (a Audience) Checks() []string {
	var list []string
	if a.Name != "" || a.Challenge != noChallenge {
		list = append(list, "Whoever asked for the claim compares its name and its challenge with their own. A claim that you did not ask for may have been shown before.")
	} else {
		list = append(list, "Nobody: the claim is for nobody in particular, and whoever has it can show it to anybody.")
	}
	if a.Expiry != 0 {
		list = append(list, "The clock of this machine was asked whether the claim has expired.")
	}
	if a.ChainID != 0 {
		list = append(list, fmt.Sprintf("Whoever relies on the token looks at chain %d: whether token %d of the contract %s shows this card, and whose it is.", a.ChainID, a.Token, a.Contract))
	}
	return list
}

// A Disclosure is the verdict on a disclosure: FORMAT.md of package bundle, section 17.
type Disclosure struct {
	Version      uint64         `json:"version"`
	Kind         string         `json:"kind"`    // bundle.KindDisclosure
	Verdict      verifier.Level `json:"verdict"` // proven or rejected
	Reason       string         `json:"reason"`
	Drop         Drop           `json:"drop"`
	Card         *uint64        `json:"card,omitempty"`   // missing of facts
	Token        *CardToken     `json:"token,omitempty"`  // that shows the card, as the disclosure says
	Digest       string         `json:"sha256,omitempty"` // of the card's document
	Model        string         `json:"model"`
	Opened       []Opened       `json:"opened"`
	Reservations []Reservation  `json:"reservations"`
}

// A CardToken is the token that shows a card, in the words of whoever discloses it.
type CardToken struct {
	ChainID  uint64 `json:"chain_id"`
	Contract string `json:"contract"`
	ID       uint64 `json:"id"`
}

// Opened is an attribute or a fact that is disclosed.
type Opened struct {
	Name    string `json:"name"` // claim.licence
	Present bool   `json:"present"`
	Value   string `json:"value"`
}

// OfDisclosure returns the verdict on a disclosure.
func OfDisclosure(r *verifier.DisclosureReport) *Disclosure {
	out := &Disclosure{
		Version: r.Version, Kind: bundle.KindDisclosure, Verdict: r.Verdict, Reason: r.Reason, Drop: Drop{r.Name, r.Supply, r.Circuit}, Card: r.Card, Digest: r.Digest,
		Model: r.Model, Opened: []Opened{}, Reservations: ReservationsOf(r.Reservations, Key{}),
	}
	for _, a := range r.Attributes {
		out.Opened = append(out.Opened, Opened(a))
	}
	if t := r.Token; t != nil {
		out.Token = &CardToken{t.ChainID, fmt.Sprintf("%#x", t.Contract[:]), t.ID}
	}
	return out
}

// Line is the whole verdict in one line.
func (d *Disclosure) Line() string {
	if !d.Verdict.Holds() {
		return "rejected: " + d.Reason
	}
	return Holding(d.Verdict, false, len(d.Reservations), counted(len(d.Opened), "attribute"))
}

// Meaning is what a verdict that holds says, and then in a line of its own what it does not.
func (d *Disclosure) Meaning() string {
	return "The deck was committed with these values.\nIt does not say that they are true."
}
