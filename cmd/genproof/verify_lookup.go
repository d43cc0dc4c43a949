package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/key"
)

// keyOfContract is the source of a verifying key that a contract's verifier holds.
const keyOfContract = "in the contract's verifier"

// keyOnChain is a contract's key, which may be of one of several circuits: no contract tells which.
func keyOnChain(c *cli.Context, k key.Verifying, names []string) verdict.Key {
	if k == nil {
		return verdict.Key{Source: keyOfContract}
	}
	digest := k.Digest()
	out := verdict.Key{Digest: hexOf(digest[:]), Source: keyOfContract}
	verified, err := verifiedKeys(c)
	if err != nil {
		verified = nil // nothing is known of any key
	}
	for _, name := range names {
		out.Verified = out.Verified || circuits.IsPinned(verified, name, digest)
		if from := knownKeys(c).KeyProvenance(c.Context, name, digest); from != "" {
			out.Provenance = from
		}
	}
	return out
}

// isPinnedKey reports whether this program knows the key as one of its circuits'.
func isPinnedKey(digest string) bool {
	return slices.ContainsFunc(circuits.Keys(), func(p circuits.KeyPin) bool { return hexOf(p.Key[:]) == digest })
}

// levelOf is how far what a contract's key has accepted goes, and the reservation that is left.
func levelOf(k verdict.Key) (verifier.Level, []verdict.Reservation) {
	if isPinnedKey(k.Digest) || k.Verified {
		return verifier.Proven, nil
	}
	return verifier.Amber, []verdict.Reservation{{Name: "key", Text: "The verifying key in the contract's verifier is not pinned in this program: what it has accepted holds only if the maker of this key was honest."}}
}

// lineOf is a verdict in one line, on what a contract's key has accepted.
func lineOf(v verifier.Level, reason string, k verdict.Key, left []verdict.Reservation, what string) string {
	if !v.Holds() {
		return "rejected: " + reason
	}
	return verdict.Holding(v, k.Verified && !isPinnedKey(k.Digest), len(left), what)
}

// decide settles the verdict from what was found.
func (r *lookup) decide() {
	level, left := levelOf(r.Key)
	r.Reservations = append(left, r.Reservations...)
	if r.Reservations == nil {
		r.Reservations = []verdict.Reservation{}
	}
	for _, m := range r.Matches {
		if m.Fault != "" && r.Reason == "" {
			r.Reason = "on the chain: " + m.named() + ": " + m.Fault
		}
	}
	switch r.Verdict = level; {
	case r.Reason != "":
		r.Verdict = verifier.Rejected
	case len(r.Matches) == 0 && r.File.Kind == kindImage:
		r.Verdict, r.Reason = verifier.Rejected, fmt.Sprintf("no document names these bytes as its image, of %s that were read", counted(r.Read, "document"))
	case len(r.Matches) == 0:
		r.Verdict, r.Reason = verifier.Rejected, "it is the document of no card or token that was looked at"
	}
}

// named is what a match is of.
func (m *match) named() string {
	var parts []string
	if m.Token != nil {
		parts = append(parts, fmt.Sprintf("token %d", *m.Token))
	}
	if m.Card != nil {
		parts = append(parts, fmt.Sprintf("card %d", *m.Card))
	}
	return strings.Join(parts, ", ")
}

func (p *program) endLookup(c *cli.Context, r *lookup) (err error) {
	if r.Unmet, err = required(c.String("require"), r.Reservations); err != nil {
		return err
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayLookup(r)
	}
	return settled(err, r.Verdict, r.Unmet)
}

func (p *program) sayLookup(r *lookup) {
	p.Say("%s of %s, SHA-256 %s", r.File.Kind, counted(r.File.Bytes, "byte"), r.File.Digest)
	p.Say("on chain %d, contract %s (%s), at block %d", r.Contract.ChainID, r.Contract.Contract, oneLine(r.Contract.Name), r.Contract.Block)
	var rows [][]string
	for _, m := range r.Matches {
		row := []string{"  " + m.named(), m.State, oneLine(m.URI)}
		if m.Member != "" {
			row = append(row, oneLine(m.Member+": "+m.Address))
		}
		rows = append(rows, row)
	}
	p.Table(rows...)
	if r.Key.Digest != "" {
		p.Say("  verifying key %s, %s", r.Key.Digest, r.Key.Source)
	}
	what := counted(len(r.Matches), "token")
	if r.Contract.Deck {
		what = counted(len(r.Matches), "card")
	}
	if r.Verdict.Holds() {
		p.sayBeside(r.Reservations, r.NotChecked)
		if r.File.Kind == kindImage {
			p.Say("The proven bytes of the document name this file; that it looks like what the document says is for eyes.")
		}
	}
	p.sayEnd(lineOf(r.Verdict, r.Reason, r.Key, r.Reservations, "the "+r.File.Kind+" of "+what), r.Unmet)
}
