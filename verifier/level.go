package verifier

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
)

// A Level is how far a verdict goes. The levels are the same on the command line, on a page
// and in a report's JSON.
type Level string

// The levels, the best first.
const (
	Proven     Level = "proven"      // the key is pinned for this circuit
	Amber      Level = "amber"       // holds only if the maker of this key was honest
	NotChecked Level = "not checked" // nobody looked, or there was nothing to look at
	Rejected   Level = "rejected"
)

// Holds reports whether what was checked holds, under a pinned key or another.
func (l Level) Holds() bool { return l == Proven || l == Amber }

// holding is the level of what holds.
func holding(pinned bool) Level {
	if pinned {
		return Proven
	}
	return Amber
}

// A Reservation is something that a reader has to know beside the verdict.
type Reservation struct {
	Name string // what --require calls it
	Text string
}

// DeckReservations lists what a deck's reservations can be called. Those of its contract, which
// this package does not see, are contract.
func DeckReservations() []string {
	return []string{"key", "authority", "assignment", "sealed", "spelling", "attesters", "home", "date", "negation", "unread", "complete", "contract"}
}

// ReservationNames lists what a reservation can be called, a drawn drop's, a claim's and a
// disclosure's too.
func ReservationNames() []string {
	return append(DeckReservations(), "beacon", "audience", "token", "policy", "template", "picture")
}

// TemplateAfterDraws says what a template that is set after the beacon leaves to the author.
const TemplateAfterDraws = "Texts and image folder were chosen after the draws were known, and the author could have stopped there."

// The same of a drop whose circuit proves pictures, which are none of the template's business.
const (
	textsAfterDraws = "Texts were chosen after the draws were known, and the author could have stopped there. What makes pictures, and their colours, was fixed with the model."
	selfChosen      = "No chain drew the beacon: whoever made the drop could try secrets until the tokens pleased, and choose texts and image folder when the draws were known."
	selfChosenArt   = "No chain drew the beacon: whoever made the drop could try secrets, and what makes pictures, until the tokens pleased, and choose texts when the draws were known."
)

// reservations collects them.
type reservations []Reservation

func (r *reservations) say(name, text string, args ...any) {
	*r = append(*r, Reservation{name, fmt.Sprintf(text, args...)})
}

// sayKey tells what a key that is not pinned asks a reader to believe.
func (r *reservations) sayKey(k Key) {
	const honest = "The verifying key is not pinned in this verifier: it holds only if the maker of this key was honest."
	switch {
	case k.Provenance == provenance.UnsafeDevelopment:
		r.say("key", "%s It was made on one machine for development.", honest)
	case k.Claimed:
		r.say("key", "%s Where it comes from is the description's word.", honest)
	default:
		r.say("key", "%s", honest)
	}
}

// spelledAsPublished is what a reader has to know of names and texts that are not held to the strict rule.
const spelledAsPublished = "Names and texts are spelled as published: some may look alike and differ."

// sayRule tells what a reader of the rule may miss.
func (r *reservations) sayRule(p *bundle.Program, slots []bundle.SlotInfo) {
	for _, w := range p.NegatedTexts(slots) {
		r.say("negation", "%s", w)
	}
	for _, w := range p.LookAlikes(slots) {
		r.say("spelling", "%s", w)
	}
}

// commitmentOf returns the commitment to a published program.
func commitmentOf(p *bundle.Program, schema fr.Element, slots []bundle.SlotInfo, size statement.Size) (fr.Element, error) {
	program, err := p.Compile(schema, slots)
	if err != nil {
		return fr.Element{}, err
	}
	commitment, err := program.Commitment(size)
	if err != nil {
		return commitment, fmt.Errorf("program: %w", err)
	}
	return commitment, nil
}

// printed checks that a published program is the one of a policy's commitment, and prints it.
func printed(p *bundle.Program, slots []bundle.SlotInfo, computed, commitment fr.Element) (string, error) {
	if computed != commitment {
		return "", fmt.Errorf("program: it is not the one of the policy's commitment")
	}
	return p.Rule(slots)
}
