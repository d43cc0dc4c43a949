// Package bundle holds the two public files of a drop and their strict JSON
// form: the [Description], which everybody needs once, and a [Bundle] for each
// token. FORMAT.md describes both for readers in other languages.
//
// Nothing hidden belongs into either: the types have no place for it.
package bundle

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/statement"
)

const (
	// Version is the version of both files.
	Version = 2
	// MaxBytes bounds both files.
	MaxBytes = 1 << 20
	// MaxDocument bounds a token's metadata document, in bytes.
	MaxDocument = 1 << 16
)

// Bundle is what is published for one token. A bundle that was read has the
// right form and no more: package verifier reports whether it is true.
type Bundle struct {
	Circuit   string // a statement.CircuitID
	Statement statement.Statement
	Proof     []byte // as the proof's Bytes writes it; the circuit says of what proof system
	Key       Key    // of the verifying key
	Root      fr.Element
	CID       string    // of the document
	Document  string    // the metadata document's exact bytes
	Openings  *Openings // for circuits that bind the root, nil for the others
}

// Key names a verifying key.
type Key struct {
	Digest     [32]byte `json:"digest"`     // groth16.VerifyingKey.Digest
	Provenance string   `json:"provenance"` // where it comes from: a provenance.Provenance as text
}

// Openings let everybody check the shown attributes against the root: the leaves
// of all slots, which hide what is in them, and the salts of the shown ones.
type Openings struct {
	Leaves []fr.Element `json:"leaves"` // one a slot, in order
	Salts  []Salt       `json:"salts"`  // by slot, ascending; shown attributes only, absent ones too
}

// Salt opens the leaf of one slot.
type Salt struct {
	Slot uint64     `json:"slot"`
	Salt fr.Element `json:"salt"`
}

// Marshal writes the bundle in its one form.
func (b *Bundle) Marshal() ([]byte, error) {
	if err := b.check(); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	out, err := strictjson.Marshal(b.file())
	if err == nil && len(out) > MaxBytes {
		err = fmt.Errorf("%d bytes, at most %d are allowed", len(out), MaxBytes)
	}
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return out, nil
}

// Unmarshal reads a bundle and accepts the form that [Bundle.Marshal] writes
// and no other, to the byte.
func Unmarshal(data []byte) (*Bundle, error) {
	var f file
	if err := strictjson.Unmarshal(data, &f, MaxBytes); err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	if f.Version != Version {
		return nil, fmt.Errorf("bundle: $.version: %w", versionError(f.Version))
	}
	b := f.bundle()
	again, err := b.Marshal()
	if err != nil {
		return nil, err
	}
	if i := mismatch(data, again); i >= 0 {
		return nil, fmt.Errorf("bundle: byte %d: not in canonical form (order of keys, white space or escapes)", i)
	}
	return b, nil
}

// versionError names the edition that a file is of.
func versionError(got uint64) error {
	if got == 1 {
		return errors.New("the file is of version 1, which proofs of this edition's circuits do not have; this program reads version 2")
	}
	return fmt.Errorf("got %d, this program reads %d", got, Version)
}

// mismatch is the place of the first difference, -1 if there is none.
func mismatch(a, b []byte) int {
	if bytes.Equal(a, b) {
		return -1
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i
}

// check holds what the types don't.
func (b *Bundle) check() error {
	id, err := statement.ParseCircuitID(b.Circuit)
	switch {
	case err != nil:
		return fmt.Errorf("$.circuit: %w", err)
	case !id.IsDrawn():
		return fmt.Errorf("$.circuit: %q proves no tokens of drawn drops", b.Circuit)
	case len(b.Proof) != id.Backend.ProofBytes():
		return fmt.Errorf("$.proof: %d bytes, a proof of %s has %d", len(b.Proof), id, id.Backend.ProofBytes())
	case len(b.Document) > MaxDocument:
		return fmt.Errorf("$.document: %d bytes, at most %d are allowed", len(b.Document), MaxDocument)
	case b.Key.check() != nil:
		return fmt.Errorf("$.key.provenance: %w", b.Key.check())
	case (b.Openings != nil) != (id.Binding == statement.Root):
		return errors.New("$.openings: must be there for circuits that bind the root, and for no others")
	case b.Openings != nil:
		return b.Openings.check(id.Size)
	}
	return nil
}

// check refuses a provenance that is in none of its forms.
func (k *Key) check() error {
	_, err := provenance.Parse(k.Provenance)
	return err
}

func (o *Openings) check(size statement.Size) error {
	if len(o.Leaves) != size.Slots() {
		return fmt.Errorf("$.openings.leaves: got %d, want %d", len(o.Leaves), size.Slots())
	}
	for i, s := range o.Salts {
		if s.Slot >= uint64(size.Slots()) || i > 0 && s.Slot <= o.Salts[i-1].Slot {
			return fmt.Errorf("$.openings.salts[%d].slot: %d does not exist, or is out of order", i, s.Slot)
		}
	}
	return nil
}

// file is a bundle as JSON.
type file struct {
	Version   uint64        `json:"version"`
	Circuit   string        `json:"circuit"`
	Statement fileStatement `json:"statement"`
	Proof     []byte        `json:"proof"`
	Key       Key           `json:"key"`
	Root      fr.Element    `json:"root"`
	CID       string        `json:"cid"`
	Document  string        `json:"document"`
	Openings  *Openings     `json:"openings,omitempty"`
}

type fileStatement struct {
	Model     fr.Element `json:"model"`
	Policy    fr.Element `json:"policy"`
	Template  fr.Element `json:"template"`
	Authority fr.Element `json:"authority"`
	Seeds     fr.Element `json:"seeds"`
	Beacon    fr.Element `json:"beacon"`
	Recipient [20]byte   `json:"recipient"`
	ID        uint64     `json:"id"`
	Metadata  [32]byte   `json:"metadata"`
}

func (b *Bundle) file() *file {
	return &file{
		Version: Version, Circuit: b.Circuit, Statement: fileStatement(b.Statement), Proof: b.Proof,
		Key: b.Key, Root: b.Root, CID: b.CID, Document: b.Document, Openings: b.Openings,
	}
}

func (f *file) bundle() *Bundle {
	return &Bundle{
		Circuit: f.Circuit, Statement: statement.Statement(f.Statement), Proof: f.Proof,
		Key: f.Key, Root: f.Root, CID: f.CID, Document: f.Document, Openings: f.Openings,
	}
}
