// Package verifier reports whether published tokens are what their drop says,
// from public data only: the drop's description, a verifying key, the policy's
// program and the bundles.
//
// The description is checked first: its template, authority, policy and beacon
// must have the commitments it names. (The model's and the seeds' commitments
// hide what they commit to; the proofs open them.) Then each bundle, and
// all proofs together.
//
// What is accepted says nothing about who published the description. Whoever
// relies on a drop compares the description's commitments with those that its
// contract, or its author, made public before the beacon.
package verifier

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/key"
)

// Options are what a verification needs besides the published files.
type Options struct {
	Key key.Verifying
	// KeyProvenance is where the key comes from as far as the caller knows, a
	// provenance.Provenance as text. The description must not say otherwise, but
	// it may name another file of the same powers of tau.
	// Empty: the caller cannot tell.
	KeyProvenance string
	// Pinned says that the caller has the key pinned for the drop's circuit.
	Pinned bool
	// Verified says that the caller has verified the ceremony of the key, for the drop's circuit.
	Verified     bool
	Attestations []result.File // about the drop
	Attest       result.Judge
	// Pictures reads the pictures of a drop whose circuit proves them. Nil: there are none here, and
	// the report says so.
	Pictures Pictures
	// Program is what the author's text of the policy compiles to. The caller compiles it: a
	// verifier needs no CEL. Nil: that the text says what the proven rule says is not
	// checked, and the report says so.
	Program *policy.Program
}

// NotCheckedPolicy is what a report on a drawn drop says that was made without a program.
const NotCheckedPolicy = "that the author's text of the policy says what the proven rule says"

// ReportVersion is the version of a report's form.
const ReportVersion = 1

// Report is the outcome for a set of tokens.
type Report struct {
	Version   uint64
	Verdict   Level  // of all tokens: the one of each, or rejected
	Reason    string // why the description is rejected, and every token with it
	Tokens    []Verdict
	Rule      string // the policy that was proven, printed back from its program
	Authority Authority
	Key       Key
	// Reservations are what a proof does not settle, one sentence each. NotChecked is what
	// nobody looked at.
	Reservations []Reservation
	NotChecked   []string
	// Attestations are what others say of the drop; nil if the description was rejected.
	Attestations *result.Result
}

// Reject rejects token i, which may be rejected already, and the whole with it.
func (r *Report) Reject(i int, reason string) {
	r.Verdict = Rejected
	if t := &r.Tokens[i]; t.Verdict != Rejected {
		t.Verdict, t.Reason, t.Picture = Rejected, reason, Picture{}
	}
}

// RejectAll rejects every token.
func (r *Report) RejectAll(reason string) {
	r.Verdict, r.Reason = Rejected, reason
	for i := range r.Tokens {
		r.Reject(i, reason)
	}
}

// Verdict is the outcome for one token.
type Verdict struct {
	Name      string  // of the file; empty for a bundle that was given as one
	ID        *uint64 // nil for a file that is not a bundle
	Verdict   Level
	Reason    string // why not
	Recipient string // who may be minted to, in hex; zero for anyone
	CID       string // computed from the document, never copied
	Root      string // hex
	Picture   Picture
}

// Authority is who vouches for the claims.
type Authority struct {
	Key          string // hex
	SelfAsserted bool   // the drop's own key, as the description says
}

// Key is the verifying key that the proofs were checked with.
type Key struct {
	Digest     string // hex
	Provenance string
	Claimed    bool // the provenance is the description's word only
	Verified   bool // it is not pinned, and the reader has verified its ceremony
}

// File is an encoded bundle.
type File struct {
	Name string
	Data []byte
	Err  error // why it could not be read; nil if Data is all of it
}

// Bundle decodes the file.
func (f File) Bundle() (*bundle.Bundle, error) {
	if f.Err != nil {
		return nil, f.Err
	}
	return bundle.Unmarshal(f.Data)
}

// Verify checks bundles against the drop's description. Whatever is wrong
// with the description or a bundle is a rejection, with its reason in the
// report. An error means that nothing was checked: a description of the wrong
// form, a degenerate key, no bundles, or ctx done.
func Verify(ctx context.Context, desc *bundle.Description, bundles []*bundle.Bundle, o Options) (*Report, error) {
	entries := make([]entry, len(bundles))
	for i, b := range bundles {
		entries[i].bundle = b
		if b == nil {
			entries[i].reason = "there is no bundle"
		}
	}
	return verify(ctx, desc, entries, o)
}

// VerifyFiles is [Verify] of encoded bundles; an unreadable one is rejected.
func VerifyFiles(ctx context.Context, desc *bundle.Description, files []File, o Options) (*Report, error) {
	entries := make([]entry, len(files))
	for i, f := range files {
		entries[i].name = f.Name
		b, err := f.Bundle()
		if err != nil {
			entries[i].reason = reasonOf(err)
		}
		entries[i].bundle = b
	}
	return verify(ctx, desc, entries, o)
}

func verify(ctx context.Context, desc *bundle.Description, entries []entry, o Options) (*Report, error) {
	if err := usable(desc, o); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, errors.New("verifying: there are no bundles")
	}
	d, reason := newDrop(desc, o)
	if reason == "" {
		if err := d.checkAll(ctx, entries); err != nil {
			return nil, err
		}
		rejectDuplicates(entries)
		if err := d.checkPictures(ctx, entries, o.Pictures, holding(o.Pinned || o.Verified)); err != nil {
			return nil, err
		}
	}
	return report(ctx, d, desc, o, entries, reason), nil
}

// usable tells what keeps anything from being checked.
func usable(desc *bundle.Description, o Options) error {
	if desc == nil {
		return errors.New("verifying: there is no description")
	}
	if err := desc.Validate(); err != nil {
		return fmt.Errorf("verifying: %w", err)
	}
	if o.Key == nil {
		return errors.New("verifying: there is no verifying key")
	}
	if err := o.Key.Lint(statement.NbInputs); err != nil {
		return fmt.Errorf("verifying: verifying key: %w", err)
	}
	if _, err := provenance.Parse(o.KeyProvenance); err != nil && o.KeyProvenance != "" {
		return fmt.Errorf("verifying: verifying key: %w", err)
	}
	return nil
}

// report says what came of it; d is nil if the description is rejected.
func report(ctx context.Context, d *drop, desc *bundle.Description, o Options, entries []entry, reason string) *Report {
	r := &Report{
		Version:   ReportVersion,
		Verdict:   holding(o.Pinned || o.Verified),
		Reason:    reason,
		Authority: Authority{Key: hexOf(desc.Authority.Key[:]), SelfAsserted: desc.Authority.SelfAsserted},
		Key:       keyOf(desc, o),
	}
	for _, e := range entries {
		v := e.verdict(reason, holding(o.Pinned || o.Verified))
		if r.Tokens = append(r.Tokens, v); v.Verdict == Rejected {
			r.Verdict = Rejected
		}
	}
	r.reserve(desc, o.Pinned || o.Verified)
	if r.reservePictures(); o.Program == nil {
		r.NotChecked = append(r.NotChecked, NotCheckedPolicy)
	}
	if d != nil {
		r.Rule = d.rule
		(*reservations)(&r.Reservations).sayTexts(d, entries)
		if r.Attestations = result.Unjudged(nil, o.Attestations); o.Attest != nil {
			r.Attestations = o.Attest.Drop(ctx, desc, o.Attestations)
		}
		r.NotChecked = append(r.NotChecked, uncheckedAttestations(r.Attestations)...)
	}
	return r
}

// reserve lists what the reader has to know beside the verdict.
func (r *Report) reserve(d *bundle.Description, pinned bool) {
	list := (*reservations)(&r.Reservations)
	if !pinned {
		list.sayKey(r.Key)
	}
	if d.Authority.SelfAsserted {
		list.say("authority", "The drop's own key signed the claims: nobody else vouches for them.")
	} else {
		list.say("authority", "The description says that the authority's key is not the drop's own. Nothing here shows whose it is: ask the authority.")
	}
	afterDraws, chosen := TemplateAfterDraws, selfChosen
	if d.ProvesPictures() {
		afterDraws, chosen = textsAfterDraws, selfChosenArt
	}
	switch {
	case d.Beacon.ByDrand():
		list.say("beacon", "The beacon is drand's evmnet, round %d, of %s: nobody chose it, and nobody knew it before. That the commitments were public before then is not shown here.",
			d.Beacon.Round, d.Beacon.RoundTime().Format(time.RFC3339))
		list.say("template", "%s", afterDraws)
	case d.Beacon.SelfChosen():
		list.say("beacon", "%s", chosen)
	default:
		list.say("beacon", "The description says that a chain drew the beacon. Nothing here shows it: compare the entropy with the contract's.")
		list.say("template", "%s", afterDraws)
	}
	list.say("date", "Date unknown: nothing here shows that the commitments were public before the beacon. Compare them with those of the drop's contract, or of its author.")
	if d.SpelledAs() == bundle.AsPublished {
		list.say("spelling", spelledAsPublished)
	}
	for _, w := range d.LookAlikes() {
		list.say("spelling", "%s", w)
	}
	list.sayRule(&d.Program, d.Infos())
}

func keyOf(desc *bundle.Description, o Options) Key {
	digest := o.Key.Digest()
	k := Key{Digest: hexOf(digest[:]), Provenance: o.KeyProvenance, Verified: o.Verified && !o.Pinned}
	if k.Provenance == "" {
		k.Provenance, k.Claimed = desc.Key.Provenance, true
	}
	return k
}

func hexOf(b []byte) string { return "0x" + hex.EncodeToString(b) }
