package attest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/bundle"
)

// MaxFiles bounds the attestations that are looked at together.
const MaxFiles = 256

// A File is an attestation's file. Err says that it could not be read.
type File struct {
	Name string
	Data []byte
	Err  error
}

// Options are what a reader knows beside the files.
type Options struct {
	// By judges: [Judge]. Nil: nobody does, and every attestation is not checked. So a page's verifier,
	// which has no room for it, links nothing of it.
	By    func(context.Context, *Target, []File, Options) *Result
	Now   time.Time // of the reader's clock: it decides what has expired
	Trust *Trust    // nil: no key is known
	// Contracts asks accounts that are contracts; nil: their signatures are not checked.
	Contracts Accounts
	// Anchored returns when an attestation was there at the latest, by something that was checked.
	// Nil: nobody knows.
	Anchored func(id [32]byte) (time.Time, bool)
}

// Look has the attestations about a target judged.
func (o Options) Look(ctx context.Context, about *Target, list []File) *Result {
	if o.By != nil {
		return o.By(ctx, about, list, o)
	}
	r := &Result{}
	for _, f := range list[:min(len(list), MaxFiles)] {
		r.Findings = append(r.Findings, Finding{File: f.Name, Standing: NotChecked, Reason: "this program does not read attestations"})
	}
	for _, p := range about.Promised {
		r.Approvals = append(r.Approvals, Approval{Role: p.Role, Threshold: p.Threshold, Of: uint64(len(p.Identities)), By: []string{}})
	}
	return r
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

	attestation *Attestation
	anchored    time.Time // zero if nobody knows
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

// Judge looks at attestations about a target. What is wrong with a file is its finding.
func Judge(ctx context.Context, about *Target, list []File, o Options) *Result {
	j := &judge{ctx: ctx, about: about, options: o, withdrawn: map[string]string{}, seen: map[[32]byte]bool{}}
	for _, f := range list[:min(len(list), MaxFiles)] {
		j.add(f)
	}
	for _, f := range list[min(len(list), MaxFiles):] {
		j.findings = append(j.findings, Finding{File: f.Name, Standing: NotChecked, Reason: fmt.Sprintf("only %d attestations are looked at", MaxFiles)})
	}
	j.withdraw()
	for i := range j.findings {
		j.date(&j.findings[i])
		j.inForce(&j.findings[i])
	}
	r := &Result{Findings: j.findings}
	r.approve(about.Promised)
	return r
}

type judge struct {
	ctx       context.Context
	about     *Target
	options   Options
	findings  []Finding
	seen      map[[32]byte]bool
	withdrawn map[string]string // ids to reasons
}

// add looks at a file but for what other files say of it.
func (j *judge) add(f File) {
	out := Finding{File: f.Name}
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
func (j *judge) recognise(f *Finding) {
	f.Promised = isPromised(j.about.Promised, f.Role, f.Signer)
	if k := j.known(f.attestation); k != nil && isOneOf(f.Role, k.Roles...) {
		f.Known = k.Name
	}
}

func (f *Finding) describe(a *Attestation) {
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
func (j *judge) date(f *Finding) {
	if f.attestation == nil || j.options.Anchored == nil {
		return
	}
	if at, ok := j.options.Anchored(f.attestation.ID); ok {
		f.anchored, f.NotLaterThan = at, FormatTime(at)
	}
}

// inForce judges an attestation that holds by time and by what others say of it.
func (j *judge) inForce(f *Finding) {
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
func (r *Result) approve(promised []bundle.Attester) {
	roles := map[bundle.Identity]int{}
	for _, p := range promised {
		a := Approval{Role: p.Role, Threshold: p.Threshold, Of: uint64(len(p.Identities)), By: []string{}}
		for _, identity := range p.Identities {
			if r.decided(p.Role, identity, Approves) && !r.decided(p.Role, identity, Refuses) {
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
func (r *Result) decided(role, identity, decision string) bool {
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
