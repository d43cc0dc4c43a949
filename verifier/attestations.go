package verifier

import (
	"context"
	"fmt"
	"strings"

	"github.com/genproof/genproof/attest/result"
)

// judgeAttestations looks at what others say of the deck, when its cards have been looked at.
func (v *deckVerifier) judgeAttestations(ctx context.Context, o DeckOptions) *result.Result {
	if o.Attest == nil {
		return result.Unjudged(v.desc.Attesters, o.Attestations)
	}
	documents := map[uint64][32]byte{}
	for _, c := range v.report.Cards {
		if c.Verdict == Proven || c.Verdict == Amber {
			documents[c.Card] = c.digest
		}
	}
	return o.Attest.Deck(ctx, v.desc, func(card uint64) ([32]byte, bool) {
		digest, ok := documents[card]
		return digest, ok
	}, o.Attestations)
}

// sayApprovals tells what a deck promises and has not. Who admitted the deck has no part in it.
func (r *reservations) sayApprovals(found *result.Result) {
	for _, a := range found.Approvals {
		switch have := len(a.By); {
		case a.Met:
		case have == 0:
			r.say("attesters", "Not approved as promised: the author promised the approval of %s, and none is here.", a.Role)
		default:
			r.say("attesters", "Not approved as promised: the author promised the approval of %s by %d, and %d is here.", a.Role, a.Threshold, have)
		}
	}
	for _, identity := range found.Both {
		r.say("attesters", "One key approves in more than one role: %s.", identity)
	}
}

// vouchers says who else vouches for a deck: keys that the reader knows.
func vouchers(found *result.Result) string {
	var names []string
	for _, f := range found.Findings {
		if f.Standing == result.Holds && f.Known != "" && f.Subject == result.SubjectDeck && f.Decision != result.Refuses && f.Predicate != result.RevocationName {
			names = append(names, fmt.Sprintf("%s (%s)", f.Known, f.Predicate))
		}
	}
	if len(names) == 0 {
		return "nobody else whom you know vouches for it here"
	}
	return "attested for this deck, as far as the attestation says, by " + strings.Join(names, ", ")
}

// uncheckedAttestations tells what nobody looked at.
func uncheckedAttestations(found *result.Result) (list []string) {
	holding := 0
	for _, f := range found.Findings {
		switch f.Standing {
		case result.Holds:
			holding++
		case result.NotChecked, result.Opaque:
			list = append(list, fmt.Sprintf("attestation %s: %s", f.File, f.Reason))
		}
	}
	if holding > 0 {
		list = append(list, "attestations: only withdrawals that are published here, or that were named, have been looked at")
	}
	return list
}
