package verdict

import (
	"fmt"

	"github.com/genproof/genproof/attest/result"
)

// An Attestation is what is found about one that was published or named. Its texts are its signer's.
type Attestation struct {
	File      string          `json:"file"`
	ID        string          `json:"id"` // empty, as all below but standing and reason, if it could not be read
	Standing  result.Standing `json:"standing"`
	Reason    string          `json:"reason"` // why it does not hold
	Signer    string          `json:"signer"`
	Known     string          `json:"known_to_you"` // the reader's name for who signed, if trusted for the role
	Named     bool            `json:"named_by_the_author"`
	Predicate string          `json:"predicate"`
	Subject   string          `json:"subject"`
	Role      string          `json:"role"`
	Decision  string          `json:"decision"`
	Basis     string          `json:"basis"`
	Statement string          `json:"statement"`
	IssuedAt  string          `json:"issued_at"` // the signer's word
	Expires   string          `json:"expires"`
	NotLater  string          `json:"not_later_than"` // empty unless an anchor shows it
}

// An Approval is what a deck promises of a role, and what has come of it.
type Approval struct {
	Role      string   `json:"role"`
	Threshold uint64   `json:"threshold"`
	Of        uint64   `json:"of"`
	By        []string `json:"by"`
	Met       bool     `json:"approved_as_promised"`
}

// AttestationsOf returns the form of findings; r may be nil.
func AttestationsOf(r *result.Result) []Attestation {
	out := []Attestation{}
	if r == nil {
		return out
	}
	for _, f := range r.Findings {
		out = append(out, Attestation{
			f.File, f.ID, f.Standing, f.Reason, f.Signer, f.Known, f.Promised, f.Predicate, f.Subject, f.Role, f.Decision, f.Basis,
			f.Statement, f.IssuedAt, f.Expires, f.NotLaterThan,
		})
	}
	return out
}

func approvalsOf(r *result.Result) []Approval {
	out := []Approval{}
	if r == nil {
		return out
	}
	for _, a := range r.Approvals {
		out = append(out, Approval(a))
	}
	return out
}

// Line is what is said of an attestation in one line, its texts apart.
func (a *Attestation) Line() string {
	if a.ID == "" {
		return fmt.Sprintf("%s: %s", a.Standing, a.Reason)
	}
	who, signed := "unknown to you", a.Signed()
	if a.Known != "" {
		who = "known to you as " + a.Known
	}
	if a.Named {
		who += ", named by the author"
	}
	said := fmt.Sprintf("%s: %s %s, %s of %s, %s by %s (%s)", a.Standing, a.Role, a.Decision, a.Predicate, a.Subject, signed, a.Signer, who)
	if a.NotLater != "" {
		said += ", not later than " + a.NotLater
	}
	if a.Reason != "" {
		said += ": " + a.Reason
	}
	return said
}

// Signed says whether a signature was checked: signed, or said to be signed.
func (a *Attestation) Signed() string {
	if a.Standing == result.Refused || a.Standing == result.NotChecked {
		return "said to be signed"
	}
	return "signed"
}

// Line is what is said of an approval in one line.
func (a *Approval) Line() string {
	return fmt.Sprintf("%s: %s, by %d of %d (%d are needed)", a.Word(), a.Role, len(a.By), a.Of, a.Threshold)
}

// Word says whether the promise is met.
func (a *Approval) Word() string {
	if a.Met {
		return "approved as promised"
	}
	return "not approved as promised"
}

// BasisInWords says how a signer knows the commitment.
func BasisInWords(basis string) string {
	switch basis {
	case result.FromCards:
		return "computed from all cards, with what they hide"
	case result.FromPublication:
		return "computed from all that is published"
	}
	return "read in a description: the cards were not looked at"
}
