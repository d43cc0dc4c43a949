// Package generation is the statement of a proof: how a token's metadata was generated.
//
//  1. every trait was drawn from the model's tables by PRF(seed, beacon, token id)
//  2. the authority signed the token's claims, for this drop and token id
//  3. the policy holds over traits, claims and facts
//  4. the root commits to every attribute, salted from (blind, token id, message signed)
//  5. metadata is the SHA-256 of the template filled with id, root and shown traits
//     (cid), or the root itself (root)
//
// In the art circuits an image is made of the rows drawn, its digest is a slot, and metadata is that
// of cid.
//
// [Generate] is the native rule, [CIDCircuit] and [RootCircuit] are its constraints. SPEC §1.
package generation

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// A Token is all that determines one token's statement, secrets included.
type Token struct {
	Circuit   statement.CircuitID
	Model     *model.Model
	Program   *policy.Program
	IDs       policy.IDs
	Template  *document.Template
	Authority eddsa.PublicKey

	Seed, Blind fr.Element // the drop's secrets
	Beacon      fr.Element // public randomness, fixed after the commitments

	Recipient [20]byte // who may be minted to, zero for anyone
	ID        uint64   // one of IDs

	Claims    []attribute.Slot // one a claim of the circuit's size
	Signature eddsa.Signature  // of claim.Message over them

	Art *art.Art // how rows become a picture; nil but in an art size

	Hashed map[int]document.Value // by slot the texts and digests of claims and facts that documents show
}

// A Result is what a token's inputs determine. Statement and Document are public; the
// rest is secret.
type Result struct {
	Statement  statement.Statement
	Document   []byte
	Image      []byte   // of an art size the PNG file whose digest is a slot
	Scores     []uint64 // of an art size's network
	Root       fr.Element
	Slots      []attribute.Slot // traits, claims, facts, and the image and scores where they are proven
	Salts      []fr.Element     // one a slot
	Texts      []string         // one a trait, hidden ones too; empty for an absent one
	Assignment frontend.Circuit

	payloads [][]fr.Element // of the rows drawn, by trait
}

// A PolicyError says that a token's attributes break the policy.
type PolicyError struct {
	Clause int // the first that fails, counted from 0 in the program; -1 if the slots fit no policy
}

// Error names the clause, not the values.
func (e *PolicyError) Error() string {
	if e.Clause < 0 {
		return "the attributes do not have the types the policy was compiled for"
	}
	return fmt.Sprintf("the attributes break clause %d of the policy", e.Clause+1)
}

// ErrSignature says that the receipt's signature is not the authority's.
var ErrSignature = errors.New("the receipt is not signed by the authority for this drop, token id and claims")

// Generate checks every clause natively and returns the statement and its assignment. Its
// errors name the clause and hold no hidden value.
func Generate(t *Token) (*Result, error) { return generate(t, judge) }

// Judge is [Generate] without the assignment, which is most of a result's memory: [Result.Assign] adds it.
func Judge(t *Token) (*Result, error) { return follow(t, judge) }

// Assign fills the circuit for the token that r is the result of.
func (r *Result) Assign(t *Token) error {
	if err := assign(t, r); err != nil {
		return fmt.Errorf("token %d: %w", t.ID, err)
	}
	return nil
}

// Force is [Generate] of a prover without scruples, who leaves out clause 3: where the policy is
// broken, the circuit refuses the assignment.
func Force(t *Token) (*Result, error) {
	return generate(t, func(*Token, *Result) error { return nil })
}

func generate(t *Token, judge func(*Token, *Result) error) (*Result, error) {
	r, err := follow(t, judge)
	if err != nil {
		return nil, err
	}
	return r, r.Assign(t)
}

// follow computes what a token's inputs determine, clause by clause.
func follow(t *Token, judge func(*Token, *Result) error) (*Result, error) {
	size := t.Circuit.Size
	if len(t.Claims) != size.Claims {
		panic(fmt.Sprintf("generation: %d claims for %d slots", len(t.Claims), size.Claims))
	}
	if got := t.Template.Size(); got != size {
		return nil, fmt.Errorf("the template is of size %q, the circuit %s", got.Name, t.Circuit)
	}
	if err := t.IDs.Validate(); err != nil {
		return nil, err
	}
	if !t.IDs.Contains(t.ID) {
		return nil, fmt.Errorf("token id %d is outside %d..%d, the drop's ids", t.ID, t.IDs.First, t.IDs.Last())
	}
	r := &Result{}
	for _, clause := range []func(*Token, *Result) error{draw, paint, commit, receive, gather, judge, seal, bind} {
		if err := clause(t, r); err != nil {
			return nil, fmt.Errorf("token %d: %w", t.ID, err)
		}
	}
	return r, nil
}

// draw is clause 1: the traits' texts and slots.
func draw(t *Token, r *Result) error {
	rows, err := t.Model.Draw(t.Circuit.Size, t.Seed, t.Beacon, t.ID)
	if err != nil {
		return fmt.Errorf("drawing traits: %w", err)
	}
	for _, row := range rows {
		r.Texts = append(r.Texts, row.Text)
		r.Slots = append(r.Slots, model.SlotOf(row.Text))
		r.payloads = append(r.payloads, row.Payload)
	}
	return nil
}

// Paint returns the picture of a token of an art size.
func Paint(size statement.Size, m *model.Model, a *art.Art, seed, beacon fr.Element, id uint64) (p art.Picture, err error) {
	rows, err := m.Draw(size, seed, beacon, id)
	if err != nil {
		return p, fmt.Errorf("drawing traits: %w", err)
	}
	t := art.Token{Payloads: make([][]fr.Element, len(rows)), Seed: seed, Beacon: beacon, ID: id}
	for i := range rows {
		t.Payloads[i] = rows[i].Payload
	}
	return a.Paint(size, t)
}

// paint makes the image of the rows drawn. The model must be committed to for this art.
func paint(t *Token, r *Result) (err error) {
	if !t.Circuit.Size.IsArt() {
		return nil
	}
	commitment, err := t.Art.Commitment(t.Circuit.Size)
	if err != nil {
		return fmt.Errorf("committing to the picture: %w", err)
	}
	if commitment != t.Model.Picture {
		return errors.New("the model's commitment is for another palette or paint order")
	}
	p, err := t.Art.Paint(t.Circuit.Size, art.Token{Payloads: r.payloads, Seed: t.Seed, Beacon: t.Beacon, ID: t.ID})
	r.Image, r.Scores = p.File, p.Scores
	return err
}

// commit fills the drop's part of the statement.
func commit(t *Token, r *Result) (err error) {
	size := t.Circuit.Size
	s := &r.Statement
	if s.Model, err = t.Model.Commitment(size); err != nil {
		return fmt.Errorf("committing to the model: %w", err)
	}
	if s.Policy, err = t.Program.Drawn(size, t.IDs); err != nil {
		return fmt.Errorf("committing to the policy: %w", err)
	}
	s.Template = t.Template.Commitment()
	s.Authority = claim.AuthorityCommitment(t.Authority)
	s.Seeds = Seeds(t.Seed, t.Blind)
	s.Beacon = t.Beacon
	s.Recipient, s.ID = t.Recipient, t.ID
	return nil
}

// Seeds returns the commitment to the drop's two secrets.
func Seeds(seed, blind fr.Element) fr.Element { return poseidon.Hash(poseidon.Seeds, seed, blind) }

// receive is clause 2.
func receive(t *Token, r *Result) error {
	if !claim.Verify(t.Authority, r.message(t), t.Signature) {
		return ErrSignature
	}
	r.Slots = append(r.Slots, t.Claims...)
	return nil
}

// message is what the authority signed.
func (r *Result) message(t *Token) fr.Element {
	s := &r.Statement
	return claim.Message(claim.Scope{Policy: s.Policy, Model: s.Model, Seeds: s.Seeds, Beacon: s.Beacon}, t.ID, slices.Concat(t.Claims, r.images()))
}

// images are the slot of the image, or none.
func (r *Result) images() []attribute.Slot {
	if r.Image == nil {
		return nil
	}
	return []attribute.Slot{attribute.OfDigest(sha256.Sum256(r.Image))}
}

// scores are the slots of a network's scores.
func (r *Result) scores() (slots []attribute.Slot) {
	for _, s := range r.Scores {
		slots = append(slots, attribute.OfUint(s))
	}
	return slots
}

// gather adds the facts, the image and the scores to the slots.
func gather(t *Token, r *Result) error {
	facts := make([]attribute.Slot, t.Circuit.Size.Facts)
	copy(facts, t.Model.Facts)
	r.Slots = slices.Concat(r.Slots, facts, r.images(), r.scores())
	return nil
}

// judge is clause 3.
func judge(t *Token, r *Result) error {
	if ok, clause := t.Program.Eval(r.Slots); !ok {
		return &PolicyError{clause}
	}
	return nil
}

// seal is clause 4.
func seal(t *Token, r *Result) error {
	r.Salts = attribute.Salts(t.Blind, t.ID, r.message(t), len(r.Slots))
	leaves := make([]fr.Element, len(r.Slots))
	for i := range leaves {
		leaves[i] = attribute.Leaf(r.Slots[i], r.Salts[i])
	}
	r.Root = attribute.Root(leaves)
	return nil
}

// values are the slots with what is behind their hashes.
func (r *Result) values(t *Token) []document.Value {
	values := make([]document.Value, len(r.Slots))
	for i, slot := range r.Slots {
		values[i] = t.Hashed[i]
		if i == t.Circuit.Size.ImageSlot() {
			values[i].Digest = sha256.Sum256(r.Image)
		}
		values[i].Slot = slot
		if i < len(r.Texts) {
			values[i].Text = r.Texts[i]
		}
	}
	return values
}

// bind is clause 5.
func bind(t *Token, r *Result) (err error) {
	if r.Document, err = t.Template.Render(t.ID, r.Root, r.values(t)); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	switch t.Circuit.Binding {
	case statement.CID, statement.Art:
		r.Statement.Metadata = sha256.Sum256(r.Document)
	case statement.Root:
		r.Statement.Metadata = r.Root.Bytes()
	default:
		panic(fmt.Sprintf("generation: binding %q", t.Circuit.Binding))
	}
	return nil
}
