// Package result is the form of what is found about attestations, for those who tell of it: it
// links nothing that reads them or checks their signatures. Package attest does.
package result

import (
	"context"

	"github.com/genproof/genproof/bundle"
)

// Bounds of attestations.
const (
	MaxFiles = 256     // that are looked at together
	MaxBytes = 1 << 18 // of one
)

// A File is an attestation's file. Err says that it could not be read.
type File struct {
	Name string
	Data []byte
	Err  error
}

// A Judge looks at attestations about a deck or a drawn drop. attest.Options is one. What is wrong
// with a file is its finding.
type Judge interface {
	// Deck knows the SHA-256 of the documents of the cards that were looked at.
	Deck(ctx context.Context, d *bundle.Deck, document func(card uint64) ([32]byte, bool), list []File) *Result
	Drop(ctx context.Context, d *bundle.Description, list []File) *Result
}

// A Standing is how far an attestation counts.
type Standing string

// The standings.
const (
	Holds      Standing = "holds"         // signed by its signer, about this, in force
	Withdrawn  Standing = "withdrawn"     // by its signer, or by the reader
	Expired    Standing = "expired"       // by its own word, or the reader's trust in the key is
	NotYet     Standing = "not valid yet" // by its own word
	Refused    Standing = "refused"       // its form, signature or subject is wrong
	NotChecked Standing = "not checked"   // a node or a card would be needed
	Opaque     Standing = "opaque"        // of a kind that this version does not read
)

// What a finding's texts can be.
const (
	SubjectDeck    = "deck"
	SubjectDrop    = "drop"
	Approves       = "approves"
	Refuses        = "refuses"
	States         = "states" // neither: it is a fact that the signer knows of
	RevocationName = "revocation"
)

// How a signer knows the commitment that a statement is about: the signer's word.
const (
	FromCards       = "cards"       // computed from all cards, with what they hide
	FromPublication = "publication" // computed from all that is published
	FromCommitment  = "commitment"  // read in a description: its cards were not looked at
)

// A Finding is what is found about one file. Texts are the signer's.
type Finding struct {
	File     string
	ID       string // hex; empty if the file could not be read
	Standing Standing
	Reason   string // why it does not hold
	Signer   string // the identity
	Known    string // what the reader calls its holder, if trusted for the role
	Promised bool   // the deck's author has named the identity for the role
	Predicate, Subject, Role, Decision, Basis,
	Statement, IssuedAt, Expires string
	NotLaterThan string // when it was there at the latest, if an anchor shows it
}

// An Approval is what a deck promises of a role, and what has come of it.
type Approval struct {
	Role      string
	Threshold uint64
	Of        uint64   // identities promised
	By        []string // distinct identities whose approval holds
	Met       bool
}

// A Result is what is found about all files. Findings are in the order of the files.
type Result struct {
	Findings  []Finding
	Approvals []Approval // one for each promise, in its order
	Both      []string   // identities that approve in more than one role
}

// Unjudged is what is found where nobody judges: nothing counts.
func Unjudged(promised []bundle.Attester, list []File) *Result {
	r := &Result{}
	for _, f := range list[:min(len(list), MaxFiles)] {
		r.Findings = append(r.Findings, Finding{File: f.Name, Standing: NotChecked, Reason: "this program does not read attestations"})
	}
	for _, p := range promised {
		r.Approvals = append(r.Approvals, Approval{Role: p.Role, Threshold: p.Threshold, Of: uint64(len(p.Identities)), By: []string{}})
	}
	return r
}
