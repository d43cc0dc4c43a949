//go:build !js

package deck

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// A Sealed slot is a slot and the salt of its leaf.
type Sealed struct {
	Slot attribute.Slot
	Salt fr.Element
}

// Leaf is the leaf of the salted slot.
func (s Sealed) Leaf() fr.Element { return attribute.Leaf(s.Slot, s.Salt) }

// A Place is one place of a batch with everything hidden about it.
type Place struct {
	Slots  []Sealed // all of a card's
	Digest [32]byte
	Size   uint32
}

func (p Place) card() Card {
	leaves := make([]fr.Element, len(p.Slots))
	for i, s := range p.Slots {
		leaves[i] = s.Leaf()
	}
	return Card{Root: attribute.Root(leaves), Digest: p.Digest, Size: p.Size}
}

// A Batch is all that determines one batch's statement, secrets included.
type Batch struct {
	Size    statement.Size
	Program *policy.Program
	Home    fr.Element
	N       uint64 // cards of the deck
	First   uint64 // the batch's first
	Places  []Place
	Facts   []Sealed
	Path    []Siblings
}

// A Result is what a batch determines. Statement and Cards are public, Assignment is not.
type Result struct {
	Statement  Statement
	Cards      []Card
	Assignment frontend.Circuit
}

// A PolicyError says that a card breaks the policy.
type PolicyError struct {
	Card   uint64
	Clause int // the first that fails, counted from 0; -1 if the slots fit no policy
}

// Error names card and clause, not the values.
func (e *PolicyError) Error() string {
	if e.Clause < 0 {
		return fmt.Sprintf("card %d: its attributes do not have the types the policy was compiled for", e.Card)
	}
	return fmt.Sprintf("card %d breaks clause %d of the policy", e.Card, e.Clause+1)
}

// Generate checks every clause natively and returns the statement and its assignment. Its
// errors name card and clause and hold no hidden value.
func Generate(b *Batch) (*Result, error) {
	if err := b.check(); err != nil {
		return nil, fmt.Errorf("deck: %w", err)
	}
	program, err := b.Program.Commitment(b.Size)
	if err != nil {
		return nil, fmt.Errorf("deck: %w", err)
	}
	r := &Result{}
	hashes := make([]fr.Element, len(b.Places))
	for i, p := range b.Places {
		r.Cards = append(r.Cards, p.card())
		hashes[i] = r.Cards[i].Hash()
	}
	if err := b.judge(); err != nil {
		return nil, err
	}
	tree, err := RootOf(b.Size, int(b.First)/b.Size.Cards, BatchHash(hashes), b.Path)
	if err != nil {
		return nil, err
	}
	facts := make([]fr.Element, len(b.Facts))
	for i, f := range b.Facts {
		facts[i] = f.Leaf()
	}
	model := Model(b.Size, b.Program.Schema, b.Home, b.N, tree, FactsRoot(facts))
	if r.Statement, err = NewStatement(b.Size, model, program, Range{b.First, b.N, b.Home, r.Cards}); err != nil {
		return nil, err
	}
	r.Assignment, err = assign(b, r.Statement)
	return r, err
}

func (b *Batch) check() error {
	if len(b.Places) != b.Size.Cards || len(b.Facts) != b.Size.Facts {
		return errors.New("the batch has another number of cards or facts than its size")
	}
	for _, p := range b.Places {
		if len(p.Slots) != b.Size.CardSlots() {
			return errors.New("a card has another number of slots than the size")
		}
	}
	return nil
}

// judge is the policy's clause.
func (b *Batch) judge() error {
	facts := slotsOf(b.Facts)
	for i, p := range b.Places {
		if ok, clause := b.Program.Eval(append(slotsOf(p.Slots), facts...)); !ok {
			return &PolicyError{min(b.First+uint64(i), max(b.N, 1)-1), clause}
		}
	}
	return nil
}

func slotsOf(sealed []Sealed) []attribute.Slot {
	slots := make([]attribute.Slot, len(sealed), len(sealed)+8)
	for i, s := range sealed {
		slots[i] = s.Slot
	}
	return slots
}
