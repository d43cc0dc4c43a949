package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// Bounds of what one page tells of attestations.
const (
	maxLines    = 8   // of a timeline, of promises and of attestations each
	maxAttested = 300 // of the proof page
)

// Attested is what a site tells of who attested. What its maker knows of keys counts only where the
// maker named a file of them, and then it is told as the maker's word.
type Attested struct {
	Promised     []bundle.Attester  // whose approval the author promised
	Approvals    []verdict.Approval // what has come of it; none where nobody looked
	Attestations []verdict.Attestation
	Trust        bool // the maker of the page named a file of keys
}

// newAttested is what a verdict found, told to readers who are not the maker of the page.
func newAttested(promised []bundle.Attester, approvals []verdict.Approval, list []verdict.Attestation, trust bool) Attested {
	a := Attested{Promised: promised, Approvals: approvals, Attestations: slices.Clone(list), Trust: trust}
	for i := range a.Attestations {
		x := &a.Attestations[i]
		for from, to := range map[string]string{"the reader counts it": "the maker of this page counts it", "the reader's trust": "the trust of this page’s maker"} {
			if rest, ok := strings.CutPrefix(x.Reason, from); ok { // the signer's words never stand first
				x.Reason = to + rest
			}
		}
	}
	return a
}

// Any reports whether there is anything to tell.
func (a *Attested) Any() bool { return len(a.Promised)+len(a.Attestations) > 0 }

// holding counts the attestations that hold, withdrawals apart.
func (a *Attested) holding() (n int) {
	for _, x := range a.Attestations {
		if x.Standing == result.Holds && x.Predicate != result.RevocationName {
			n++
		}
	}
	return n
}

// Told are the attestations that the proof page tells of, and Left is how many more there are.
func (a *Attested) Told() []verdict.Attestation {
	return a.Attestations[:min(len(a.Attestations), maxAttested)]
}

// Left is how many attestations [Attested.Told] leaves out.
func (a *Attested) Left() int { return max(0, len(a.Attestations)-maxAttested) }

// counts says how many attestations stand how.
func (a *Attested) counts() string {
	if len(a.Attestations) == 0 {
		return "No attestation is here."
	}
	var order []string
	have := map[string]int{}
	for _, x := range a.Attestations {
		as := string(x.Standing)
		if x.Standing == result.Holds && x.Predicate == result.RevocationName {
			as = "withdrawal"
		}
		if have[as]++; have[as] == 1 {
			order = append(order, as)
		}
	}
	var parts []string
	for _, s := range order {
		parts = append(parts, fmt.Sprintf("%s: %d", s, have[s]))
	}
	verb := "are"
	if len(a.Attestations) == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s %s here (%s).", counted(uint64(len(a.Attestations)), "attestation"), verb, strings.Join(parts, ", "))
}

// ofDeck is the step of a deck's timeline.
func (a *Attested) ofDeck() Step {
	s := Step{Name: "Attested", Known: len(a.Promised) == 0 || a.holding() > 0}
	switch {
	case !a.Any():
		s.Text = "By nobody but the author: the deck promises no approval, and none is here."
		return s
	case len(a.Promised) == 0:
		s.Text = "The deck promises no approval. " + a.counts()
	case len(a.Approvals) == 0:
		s.Text = "The author promised approvals, and nobody looked for them: the deck was rejected before."
	default:
		s.Text = a.counts()
	}
	return s.telling(a)
}

// telling adds the first promises and attestations to a step.
func (s Step) telling(a *Attested) Step {
	s.Approvals = a.Approvals[:min(len(a.Approvals), maxLines)]
	s.Attestations = a.Attestations[:min(len(a.Attestations), maxLines)]
	s.More = len(a.Approvals) + len(a.Attestations) - len(s.Approvals) - len(s.Attestations)
	s.Attested = a.Any()
	return s
}

// promised is the step of a deck that is not published: who is to attest.
func promised(d *bundle.Deck) Step {
	if len(d.Attesters) == 0 {
		return Step{Name: "Attested", Text: "Nobody’s approval is promised."}
	}
	return Step{Name: "Attested", Text: "Not yet: approvals become public with the deck. These are promised:", Promised: d.Attesters[:min(len(d.Attesters), maxLines)],
		More: max(0, len(d.Attesters)-maxLines), Attested: true}
}

// reservations are a verdict's. Their reader is not who made the site: what its maker knows of keys
// is told as that.
func (a *Attested) reservations(list []verdict.Reservation) []verdict.Reservation {
	const nobody = "nobody else whom you know vouches for it here"
	out := slices.Clone(list)
	for i := range out {
		x := &out[i]
		switch {
		case x.Name != "authority":
		case strings.Contains(x.Text, nobody) && a.Trust:
			x.Text = strings.Replace(x.Text, nobody, "nobody else whom the maker of this page knows vouches for it here", 1)
		case strings.Contains(x.Text, nobody):
			x.Text = strings.Replace(x.Text, nobody, "nobody else’s word was counted here", 1)
		case a.Trust:
			x.Text += " Whose keys these are, the maker of this page says."
		}
	}
	return out
}

// attest has the site tell who attested, and hold the attestations that were judged, each once, by its id: one that
// could not be read has none, and one that is refused hides no other.
func (s *Site) attest(p *publication.Publication, a Attested, list []verdict.Reservation) {
	s.Attested, s.Reservations = a, a.reservations(list)
	data := map[string][]byte{}
	for _, f := range p.Attestations {
		data[f.Name] = f.Data
	}
	s.attestations = map[string][]byte{}
	for _, refused := range []bool{false, true} {
		for _, a := range s.Attested.Attestations {
			if name := bundle.AttestationsDir + "/" + a.ID + ".json"; a.ID != "" && s.attestations[name] == nil && refused == (a.Standing == result.Refused) {
				s.attestations[name] = data[a.File]
			}
		}
	}
}
