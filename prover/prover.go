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
	"github.com/consensys/gnark/logger"

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

// New returns a prover with keys of either proof system. It switches gnark's log off, which
// would quote witness values.
func New(d *drop.Drop, keys setup.Keys) (*Prover, error) {
	info := keys.Info()
	if want := d.Circuit.String(); info.Circuit.ID != want {
		return nil, fmt.Errorf("proving %s: the keys are those of %s, want %s", d.Name, info.Circuit.ID, want)
	}
	logger.Disable()
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

// generate checks every clause of a token's statement natively.
func generate(d *drop.Drop, id uint64, recipient [20]byte) (*generation.Result, error) {
	token, err := d.Token(id, recipient)
	if err != nil {
		return nil, err
	}
	result, err := generation.Generate(token)
	var broken *generation.PolicyError
	if errors.As(err, &broken) && broken.Clause >= 0 {
		return nil, &RuleError{ID: id, Rule: d.Policy.RuleOf(broken.Clause)}
	}
	return result, err
}

// A Proven is what is published of one token.
type Proven struct {
	*bundle.Bundle
	Picture []byte // a PNG file, whose digest the document shows; nil where no picture is proven
}

// Prove returns the bundle of a token, and its picture. The proof in it has been verified.
func (p *Prover) Prove(ctx context.Context, id uint64, recipient [20]byte) (*Proven, error) {
	result, err := generate(p.drop, id, recipient)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inputs := result.Statement.Vector()
	proof, err := p.backend.proof(inputs[:], result.Assignment)
	if err != nil {
		return nil, fmt.Errorf("token %d: %w", id, err)
	}
	return &Proven{p.bundle(result, proof), result.Image}, nil
}

func (p *Prover) bundle(r *generation.Result, proof []byte) *bundle.Bundle {
	b := &bundle.Bundle{
		Circuit:   p.drop.Circuit.String(),
		Statement: r.Statement,
		Proof:     proof,
		Key:       p.key,
		Root:      r.Root,
		CID:       document.CID(r.Document),
		Document:  string(r.Document),
	}
	if p.drop.Circuit.Binding == statement.Root {
		b.Openings = p.openings(r)
	}
	return b
}

// openings reveals the shown attributes under the root: nothing that the document does not.
func (p *Prover) openings(r *generation.Result) *bundle.Openings {
	o := &bundle.Openings{Leaves: make([]fr.Element, len(r.Slots))}
	for i, slot := range r.Slots {
		o.Leaves[i] = attribute.Leaf(slot, r.Salts[i])
		if p.drop.Template.Shows(i) {
			o.Salts = append(o.Salts, bundle.Salt{Slot: uint64(i), Salt: r.Salts[i]})
		}
	}
	return o
}

// keyName is how errors name a verifying key.
func keyName(k bundle.Key) string { return hex.EncodeToString(k.Digest[:8]) }
