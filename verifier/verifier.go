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
	// Program is what the policy's text compiles to. The caller compiles it: a
	// verifier needs no CEL.
	Program *policy.Program
	// WithoutProgram verifies without a program: that the policy's text is the one of the
	// proven commitment is then not checked, and the report says so.
	WithoutProgram bool
}

// notCheckedPolicy is what a report says that was made without a program.
const notCheckedPolicy = "that the policy's text is the one that the proofs are about: only its commitment was compared"

// Report is the outcome for a set of tokens.
type Report struct {
	Accepted  bool   // every token is
	Reason    string // why the description is rejected, and every token with it
	Tokens    []Verdict
	Authority Authority
	Key       Key
	// NotChecked is what nobody looked at, in sentences; it counts for nothing.
	NotChecked []string
}

// Verdict is the outcome for one token.
type Verdict struct {
	Name      string // of the file; empty for a bundle that was given as one
	ID        uint64 // 0 for a file that is not a bundle
	Accepted  bool
	Reason    string // why not
	Recipient string // who may be minted to, in hex; zero for anyone
	CID       string // computed from the document, never copied
	Root      string // hex
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
// form, a degenerate key, no program, no bundles, or ctx done.
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
	}
	return report(desc, o, entries, reason), nil
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
	if o.Program == nil && !o.WithoutProgram {
		return errors.New("verifying: there is no program: compile the description's policy")
	}
	return nil
}

func report(desc *bundle.Description, o Options, entries []entry, reason string) *Report {
	r := &Report{
		Accepted:  reason == "",
		Reason:    reason,
		Authority: Authority{Key: hexOf(desc.Authority.Key[:]), SelfAsserted: desc.Authority.SelfAsserted},
		Key:       keyOf(desc, o),
	}
	if o.Program == nil {
		r.NotChecked = append(r.NotChecked, notCheckedPolicy)
	}
	for _, e := range entries {
		v := e.verdict(reason)
		r.Tokens = append(r.Tokens, v)
		r.Accepted = r.Accepted && v.Accepted
	}
	return r
}

func keyOf(desc *bundle.Description, o Options) Key {
	digest := o.Key.Digest()
	k := Key{Digest: hexOf(digest[:]), Provenance: o.KeyProvenance}
	if k.Provenance == "" {
		k.Provenance, k.Claimed = desc.Key.Provenance, true
	}
	return k
}

func hexOf(b []byte) string { return "0x" + hex.EncodeToString(b) }
