//go:build !js

package rule

import (
	"errors"
	"fmt"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// A Claim is all that determines a statement, secrets included.
type Claim struct {
	Size    statement.Size
	Program *policy.Program
	Home    fr.Element
	N       uint64        // cards of the deck
	Card    uint64        // the number of the card
	Slots   []deck.Sealed // the card's
	Digest  [32]byte      // of its document
	Bytes   uint32        // of its document
	Batch   []fr.Element  // the hashes of all cards of its batch, its own among them
	Path    []deck.Siblings
	Facts   []deck.Sealed
	Context fr.Element
}

// ErrRule says that the rule does not hold for the card: there is no claim. It names no value.
var ErrRule = errors.New("the rule does not hold for this card")

// digits is how many bits of a card's number say its place within the batch.
func digits(size statement.Size) int { return bits.Len(uint(size.Cards - 1)) }

// statement checks every clause natively.
func (c *Claim) statement() (s Statement, err error) {
	if err := c.check(); err != nil {
		return s, err
	}
	leaves, slots := make([]fr.Element, len(c.Slots)), make([]attribute.Slot, 0, c.Size.Slots())
	for i, sealed := range c.Slots {
		leaves[i], slots = sealed.Leaf(), append(slots, sealed.Slot)
	}
	facts := make([]fr.Element, len(c.Facts))
	for i, sealed := range c.Facts {
		facts[i], slots = sealed.Leaf(), append(slots, sealed.Slot)
	}
	card := deck.Card{Root: attribute.Root(leaves), Digest: c.Digest, Size: c.Bytes}
	k := uint64(c.Size.Cards)
	if own := card.Hash(); !own.Equal(&c.Batch[c.Card%k]) {
		return s, errors.New("the batch has another card at this place")
	}
	tree, err := deck.RootOf(c.Size, int(c.Card/k), deck.BatchHash(c.Batch), c.Path)
	if err != nil {
		return s, err
	}
	program, err := c.Program.Commitment(c.Size)
	if err != nil {
		return s, err
	}
	if ok, _ := c.Program.Eval(slots); !ok {
		return s, ErrRule
	}
	model := deck.Model(c.Size, c.Program.Schema, c.Home, c.N, tree, deck.FactsRoot(facts))
	return Statement{Model: model, Card: c.Card, Policy: program, Context: c.Context}, nil
}

func (c *Claim) check() error {
	switch {
	case len(c.Slots) != c.Size.CardSlots() || len(c.Facts) != c.Size.Facts || len(c.Batch) != c.Size.Cards:
		return errors.New("the card has another number of slots, facts or neighbours than its size")
	case len(c.Path) != c.Size.Depth:
		return fmt.Errorf("the path has %d levels, want %d", len(c.Path), c.Size.Depth)
	case c.N > c.Size.MaxCards():
		return fmt.Errorf("a deck of %d cards, want 1 to %d", c.N, c.Size.MaxCards())
	case c.Card >= c.N:
		return fmt.Errorf("card %d: the deck has %d, from 0", c.Card, c.N)
	}
	return nil
}
