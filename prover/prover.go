// Package prover turns a drop's tokens into bundles.
//
//	token id -> generation.Generate -> witness -> proof, verified -> bundle
//
// A [Prover] holds the constraint system and the keys once, for any number of tokens. Its
// errors name tokens and rules and never a value: gnark's own errors quote the witness, so
// they are replaced.
package prover

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/setup"
)

// A Prover proves the tokens of one drop with one key. Its methods may be called by
// several goroutines at once.
type Prover struct {
	drop    *drop.Drop
	backend *backend
	key     bundle.Key
}

// New returns a prover with keys of either proof system.
func New(d *drop.Drop, keys setup.Keys) (*Prover, error) {
	info := keys.Info()
	if want := d.Circuit.String(); info.Circuit.ID != want {
		return nil, fmt.Errorf("proving %s: the keys are those of %s, want %s", d.Name, info.Circuit.ID, want)
	}
	backend, err := backendOf(keys)
	if err != nil {
		return nil, err
	}
	return &Prover{
		drop:    d,
		backend: backend,
		key:     bundle.Key{Digest: info.Verifying.Digest(), Provenance: info.Provenance},
	}, nil
}

// A RuleError says that a token's attributes break a rule of the policy. It names the rule
// and no value.
type RuleError struct {
	ID   uint64
	Rule string
}

func (e *RuleError) Error() string {
	return fmt.Sprintf("token %d breaks the policy's rule %q", e.ID, e.Rule)
}

// ErrNoProof says that an assignment does not satisfy the circuit. gnark's reason, which
// quotes hidden values, is left out.
var ErrNoProof = errors.New("no proof exists: the attributes do not satisfy the circuit")

// A judged token is one whose clauses hold natively.
type judged struct {
	token  *generation.Token
	result *generation.Result // without the assignment
}

// judge checks every clause of a token's statement natively.
func judge(d *drop.Drop, id uint64, recipient [20]byte) (*judged, error) {
	token, err := d.Token(id, recipient)
	if err != nil {
		return nil, err
	}
	result, err := generation.Judge(token)
	var broken *generation.PolicyError
	if errors.As(err, &broken) && broken.Clause >= 0 {
		return nil, &RuleError{ID: id, Rule: d.Policy.RuleOf(broken.Clause)}
	}
	if err != nil {
		return nil, err
	}
	return &judged{token, result}, nil
}

// A Proven is what is published of one token.
type Proven struct {
	*bundle.Bundle
	Picture []byte // a PNG file, whose digest the document shows; nil where no picture is proven
}

// Prove returns the bundle of a token, and its picture. The proof in it has been verified.
func (p *Prover) Prove(ctx context.Context, id uint64, recipient [20]byte) (*Proven, error) {
	t, err := judge(p.drop, id, recipient)
	if err != nil {
		return nil, err
	}
	return p.prove(ctx, t)
}

// prove proves a token that was judged.
func (p *Prover) prove(ctx context.Context, t *judged) (*Proven, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	result := *t.result // the assignment goes with this copy
	if err := result.Assign(t.token); err != nil {
		return nil, err
	}
	inputs := result.Statement.Vector()
	proof, err := p.backend.proof(inputs[:], result.Assignment)
	if err != nil {
		return nil, fmt.Errorf("token %d: %w", t.token.ID, err)
	}
	return &Proven{bundleOf(p.drop, p.key, &result, proof), result.Image}, nil
}

// folder is the one of the drop's proofs, not yet made.
func (p *Prover) folder(dir string) *TokenFolder {
	return newTokenFolder(dir, p.drop, p.backend.verifying, p.key.Provenance)
}

// bundleOf is what is published of a token.
func bundleOf(d *drop.Drop, key bundle.Key, r *generation.Result, proof []byte) *bundle.Bundle {
	b := &bundle.Bundle{
		Circuit:   d.Circuit.String(),
		Statement: r.Statement,
		Proof:     proof,
		Key:       key,
		Root:      r.Root,
		CID:       document.CID(r.Document),
		Document:  string(r.Document),
	}
	if d.Circuit.Binding == statement.Root {
		b.Openings = openings(d, r)
	}
	return b
}

// openings reveals the shown attributes under the root: nothing that the document does not.
func openings(d *drop.Drop, r *generation.Result) *bundle.Openings {
	o := &bundle.Openings{Leaves: make([]fr.Element, len(r.Slots))}
	for i, slot := range r.Slots {
		o.Leaves[i] = attribute.Leaf(slot, r.Salts[i])
		if d.Template.Shows(i) {
			o.Salts = append(o.Salts, bundle.Salt{Slot: uint64(i), Salt: r.Salts[i]})
		}
	}
	return o
}

// keyName is how errors name a verifying key.
func keyName(k bundle.Key) string { return hex.EncodeToString(k.Digest[:8]) }
