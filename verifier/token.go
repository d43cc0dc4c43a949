package verifier

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
)

// entry is a bundle on its way to a verdict.
type entry struct {
	name   string
	bundle *bundle.Bundle // nil if it could not be read
	parsed document.Parsed
	reason string // why it is rejected; empty so far

	picture Picture // of a circuit that proves one, once the proof was accepted
}

// maxReason bounds a reason, in bytes: some quote what is wrong.
const maxReason = 300

// reasonOf returns an error's text, shortened.
func reasonOf(err error) string {
	text := err.Error()
	if len(text) > maxReason {
		text = strings.ToValidUTF8(text[:maxReason], "") + "…"
	}
	return text
}

func (e *entry) verdict(dropReason string, holds Level) Verdict {
	v := Verdict{Name: e.name, Verdict: holds, Reason: e.reason, Picture: e.picture}
	if v.Reason == "" {
		v.Reason = dropReason
	}
	if v.Reason != "" {
		v.Verdict = Rejected
	}
	if b := e.bundle; b != nil {
		root := b.Root.Bytes()
		v.ID, v.Root = &b.Statement.ID, hexOf(root[:])
		v.CID, v.Recipient = document.CID([]byte(b.Document)), hexOf(b.Statement.Recipient[:])
	}
	return v
}

// rejectDuplicates leaves one bundle of each token. Of those that state the same it keeps the first: whoever has a
// proof can write it in other bytes. Of those that state different things, another recipient or document, it
// keeps none: which of them is the drop's cannot be told, and only the drop's prover can make them. A bundle that
// is rejected anyway counts for nothing. So nobody else can discredit a token by adding one.
func rejectDuplicates(entries []entry) {
	sound := map[uint64][]*entry{}
	for i := range entries {
		if e := &entries[i]; e.reason == "" {
			id := e.bundle.Statement.ID
			sound[id] = append(sound[id], e)
		}
	}
	for id, of := range sound {
		first := of[0]
		if slices.ContainsFunc(of, func(e *entry) bool { return e.bundle.Statement != first.bundle.Statement }) {
			for _, e := range of {
				e.reason = fmt.Sprintf("statement: the set holds %d bundles of token %d that state different things", len(of), id)
			}
			continue
		}
		for _, e := range of[1:] {
			e.reason = fmt.Sprintf("statement: the set holds %d bundles of token %d that state the same; %.80q counts", len(of), id, first.name)
		}
	}
}

// check holds everything about a bundle but its proof's equation.
func (d *drop) check(e *entry) error {
	for _, check := range []func(*entry) error{
		d.checkOrigin, d.checkStatement, d.checkMetadata, d.checkDocument, d.checkOpenings,
	} {
		if err := check(e); err != nil {
			return err
		}
	}
	return nil
}

// checkOrigin compares what drop, circuit and key the bundle is for.
func (d *drop) checkOrigin(e *entry) error {
	b := e.bundle
	if b.Circuit != d.Circuit {
		return fmt.Errorf("circuit: the bundle is for %.40q, the drop for %q", b.Circuit, d.Circuit)
	}
	if b.Key != d.Key {
		return errors.New("key: the bundle was made with another verifying key than the description's")
	}
	return nil
}

func (d *drop) checkStatement(e *entry) error {
	want := dropInputs(d.expected())
	for i, got := range dropInputs(&e.bundle.Statement) {
		if got != want[i] {
			return fmt.Errorf("statement: its %s is not the drop's", got.name)
		}
	}
	if id, ids := e.bundle.Statement.ID, d.IDs(); !ids.Contains(id) {
		return fmt.Errorf("statement: token %d is not one of %d to %d", id, ids.First, ids.Last())
	}
	return nil
}

// checkMetadata compares the metadata hash of the statement, which is proven,
// with the document or the root.
func (d *drop) checkMetadata(e *entry) error {
	b := e.bundle
	switch d.circuit.Binding {
	case statement.CID, statement.Art:
		if sha256.Sum256([]byte(b.Document)) != b.Statement.Metadata {
			return errors.New("document: its SHA-256 is not the statement's metadata")
		}
	case statement.Root:
		if b.Root.Bytes() != b.Statement.Metadata {
			return errors.New("root: it is not the statement's metadata")
		}
	default:
		return fmt.Errorf("circuit: no rule for binding %q", d.circuit.Binding)
	}
	if document.CID([]byte(b.Document)) != b.CID {
		return errors.New("cid: it is not the document's")
	}
	return nil
}

func (d *drop) checkDocument(e *entry) (err error) {
	b := e.bundle
	e.parsed, err = d.template.Parse([]byte(b.Document))
	switch {
	case err != nil:
		return fmt.Errorf("document: %w", err)
	case e.parsed.HasID && e.parsed.ID != b.Statement.ID:
		return fmt.Errorf("document: it is token %d's, the statement is token %d's", e.parsed.ID, b.Statement.ID)
	case e.parsed.Root != b.Root:
		return errors.New("document: its root is not the bundle's")
	}
	for slot, v := range e.parsed.Values {
		if err := bundle.CheckText(d.SpelledAs(), v.Text); err != nil {
			return fmt.Errorf("document: the text of %s: %w", d.infos[slot], err)
		}
	}
	return nil
}

// checkOpenings ties the shown traits to the root where no proof does.
func (d *drop) checkOpenings(e *entry) error {
	o := e.bundle.Openings
	switch {
	case d.circuit.BindsDocument() && o == nil:
		return nil
	case d.circuit.BindsDocument():
		return errors.New("openings: the circuit binds the document, there must be none")
	case o == nil:
		return errors.New("openings: there are none")
	case len(o.Leaves) != d.circuit.Size.Slots():
		return fmt.Errorf("openings: %d leaves, want %d", len(o.Leaves), d.circuit.Size.Slots())
	case attribute.Root(o.Leaves) != e.bundle.Root:
		return errors.New("openings: the leaves do not have the bundle's root")
	}
	return d.checkSalts(o, e.parsed.Values)
}

// checkSalts holds that exactly the shown attributes are opened, to what the document shows of them: an
// absent one as absent.
func (d *drop) checkSalts(o *bundle.Openings, values []document.Value) error {
	salts := o.Salts
	for i, v := range values {
		if !d.template.Shows(i) {
			continue
		}
		if len(salts) == 0 || salts[0].Slot != uint64(i) {
			return fmt.Errorf("openings: the next salt must be that of %s, slot %d", d.infos[i], i)
		}
		if attribute.Leaf(v.Slot, salts[0].Salt) != o.Leaves[i] {
			return fmt.Errorf("openings: the root holds another value of %s than the document", d.infos[i])
		}
		salts = salts[1:]
	}
	if len(salts) > 0 {
		return fmt.Errorf("openings: a salt of slot %d, which no document shows", salts[0].Slot)
	}
	return nil
}
