package attest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
)

// The forms of package result.
type (
	File     = result.File
	Standing = result.Standing
	Finding  = result.Finding
	Approval = result.Approval
	Result   = result.Result
)

// MaxFiles bounds the attestations that are looked at together.
const MaxFiles = result.MaxFiles

// The standings.
const (
	Holds      = result.Holds
	Withdrawn  = result.Withdrawn
	Expired    = result.Expired
	NotYet     = result.NotYet
	Refused    = result.Refused
	NotChecked = result.NotChecked
	Opaque     = result.Opaque
)

// Options are what a reader knows beside the files.
type Options struct {
	Now   time.Time // of the reader's clock: it decides what has expired
	Trust *Trust    // nil: no key is known
	// Contracts asks accounts that are contracts; nil: their signatures are not checked.
	Contracts Accounts
	// Anchored returns when an attestation was there at the latest, by something that was checked.
	// Nil: nobody knows.
	Anchored func(id [32]byte) (time.Time, bool)
}

// Deck implements [result.Judge]. A zero time is now.
func (o Options) Deck(ctx context.Context, d *bundle.Deck, document func(card uint64) ([32]byte, bool), list []File) *Result {
	about := TargetOfDeck(d)
	about.Document = document
	return Judge(ctx, about, list, o.asOfNow())
}

// Drop implements [result.Judge].
func (o Options) Drop(ctx context.Context, d *bundle.Description, list []File) *Result {
	return Judge(ctx, TargetOfDrop(d), list, o.asOfNow())
}

func (o Options) asOfNow() Options {
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	return o
}

// Judge looks at attestations about a target. What is wrong with a file is its finding.
func Judge(ctx context.Context, about *Target, list []File, o Options) *Result {
	j := &judge{ctx: ctx, about: about, options: o, withdrawn: map[string]string{}, seen: map[[32]byte]bool{}}
	for _, f := range list[:min(len(list), MaxFiles)] {
		j.add(f)
	}
	for _, f := range list[min(len(list), MaxFiles):] {
		j.findings = append(j.findings, judged{Finding: Finding{File: f.Name, Standing: NotChecked, Reason: fmt.Sprintf("only %d attestations are looked at", MaxFiles)}})
	}
	j.withdraw()
	for i := range j.findings {
		j.date(&j.findings[i])
		j.inForce(&j.findings[i])
	}
	r := &Result{}
	for i := range j.findings {
		r.Findings = append(r.Findings, j.findings[i].Finding)
	}
	approve(r, about.Promised)
	return r
}

type judge struct {
	ctx       context.Context
	about     *Target
	options   Options
	findings  []judged
	seen      map[[32]byte]bool
	withdrawn map[string]string // ids to reasons
}

// A judged file is its finding, and what was read of it.
type judged struct {
	Finding
	attestation *Attestation
	anchored    time.Time // zero if nobody knows
}

// add looks at a file but for what other files say of it.
func (j *judge) add(f File) {
	out := judged{Finding: Finding{File: f.Name}}
	err := f.Err
	var a *Attestation
	if err == nil {
		a, err = Parse(f.Data)
	}
	if err == nil {
		out.describe(a)
		signed := a.Verify(j.ctx, j.options.Contracts)
		if signed == nil {
			if j.seen[a.ID] {
				return // the same once more; one without its signature hides no other
			}
			j.seen[a.ID] = true
			j.recognise(&out)
		}
		if err = j.about.compare(&a.Statement); signed != nil && (err == nil || errors.Is(err, errNotLooked)) {
			err = signed
		}
	}
	switch {
	case err == nil:
		out.Standing = Holds
	case errors.Is(err, ErrOpaque):
		out.Standing, out.Reason = Opaque, err.Error()
	case errors.Is(err, errNoNode), errors.Is(err, errUnasked), errors.Is(err, errNotLooked):
		out.Standing, out.Reason = NotChecked, err.Error()
	default:
		out.Standing, out.Reason = Refused, err.Error()
	}
	j.findings = append(j.findings, out)
}

// recognise says who signed, if the signature is theirs.
func (j *judge) recognise(f *judged) {
	f.Promised = isPromised(j.about.Promised, f.Role, f.Signer)
	if k := j.known(f.attestation); k != nil && isOneOf(f.Role, k.Roles...) {
		f.Known = k.Name
	}
}

func (f *judged) describe(a *Attestation) {
	p := &a.Statement.Predicate
	f.ID, f.Signer, f.Predicate, f.Subject = hex.EncodeToString(a.ID[:]), p.Signer.Identity, a.Statement.Name(), a.Statement.Subject[0].Name
	f.Role, f.Decision, f.Basis, f.Statement, f.IssuedAt, f.Expires = p.Role, p.Decision, p.Basis, p.Statement, p.IssuedAt, p.Expires
	f.attestation = a
}

// known is what the reader knows of an attestation's signer.
func (j *judge) known(a *Attestation) *TrustedKey {
	id, _ := a.Statement.Identity() // it was parsed
	return j.options.Trust.of(id)
}

// withdraw collects what withdrawals that hold take back.
func (j *judge) withdraw() {
	for i := range j.findings {
		f := &j.findings[i]
		if f.Standing != Holds || f.Predicate != RevocationName {
			continue
		}
		w := f.attestation.Statement.Predicate.Detail.Revocation
		for _, other := range j.findings {
			switch {
			case other.ID != w.Attestation:
			case other.Predicate == RevocationName:
				f.Standing, f.Reason = Refused, "a withdrawal cannot be taken back"
			case other.Signer != f.Signer:
				f.Standing, f.Reason = Refused, "it would take back what somebody else has signed"
			default:
				j.withdrawn[w.Attestation] = "its signer withdrew it: " + w.Reason
			}
		}
	}
}

// date says when an attestation was there at the latest, if an anchor shows it.
func (j *judge) date(f *judged) {
	if f.attestation == nil || j.options.Anchored == nil {
		return
	}
	if at, ok := j.options.Anchored(f.attestation.ID); ok {
		f.anchored, f.NotLaterThan = at, FormatTime(at)
	}
}

// inForce judges an attestation that holds by time and by what others say of it.
func (j *judge) inForce(f *judged) {
	if f.Standing != Holds || f.Predicate == RevocationName {
		return
	}
	a, now := f.attestation, j.options.Now
	p := &a.Statement.Predicate
	reason, isWithdrawn := j.withdrawn[f.ID]
	if w := j.options.Trust.withdrawn(a.ID); w != nil {
		reason, isWithdrawn = "the reader counts it for nothing since "+w.At+": "+w.Reason, true
	}
	begins, noBegin := parseTime(p.NotBefore)
	ends, noEnd := parseTime(p.Expires)
	id, _ := a.Statement.Identity()
	ended := j.options.Trust.ended(id, now, f.anchored)
	switch {
	case isWithdrawn:
		f.Standing, f.Reason = Withdrawn, reason
	case noEnd == nil && !now.Before(ends):
		f.Standing, f.Reason = Expired, "by its own word at "+p.Expires
	case noBegin == nil && now.Before(begins):
		f.Standing, f.Reason = NotYet, "by its own word until "+p.NotBefore
	case ended != "":
		f.Standing, f.Reason, f.Known = Expired, ended, ""
	}
}

// approve compares what a deck promises with what holds. Distinct holders count, each once; who
// approves and refuses in one role counts for nothing.
func approve(r *Result, promised []bundle.Attester) {
	roles := map[bundle.Identity]int{}
	for _, p := range promised {
		a := Approval{Role: p.Role, Threshold: p.Threshold, Of: uint64(len(p.Identities)), By: []string{}}
		for _, identity := range p.Identities {
			if decided(r, p.Role, identity, Approves) && !decided(r, p.Role, identity, Refuses) {
				a.By = append(a.By, identity)
				if holder := holderOf(identity); roles[holder] == 1 {
					r.Both = append(r.Both, identity)
				}
				roles[holderOf(identity)]++
			}
		}
		a.Met = uint64(len(a.By)) >= p.Threshold
		r.Approvals = append(r.Approvals, a)
	}
}

// decided reports whether an identity has decided so about the whole deck, in a role, in force.
func decided(r *Result, role, identity, decision string) bool {
	for _, f := range r.Findings {
		if f.Standing == Holds && f.Role == role && f.Signer == identity && f.Decision == decision && f.Subject == SubjectDeck && f.Predicate != RevocationName {
			return true
		}
	}
	return false
}

func isPromised(promised []bundle.Attester, role, identity string) bool {
	for _, p := range promised {
		if p.Role == role && isOneOf(identity, p.Identities...) {
			return true
		}
	}
	return false
}

// holderOf is the holder of an identity that has been read.
func holderOf(identity string) bundle.Identity {
	id, _ := bundle.ParseIdentity(identity)
	return id.Holder()
}
