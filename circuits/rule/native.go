// Package rule is the statement of a claim: a rule holds for the hidden attributes of one card
// of a deck, and of its facts, and nothing else is told.
//
//	card  = Hash(card, root, high, low)             the card's, as package deck has it
//	batch = Hash(batch, cards)                      with it at the number's lowest digit
//	node  = Hash(node, eight children)              up to the tree's root
//	model = Hash(deck-SIZE, schema, home, N, tree, facts)
//
// Its public inputs are the deck's model, the card's number, the rule's commitment and a
// context, which says whom the claim is for: a claim for one deck, card, rule or context is none
// for another. [Generate] is the native rule, [Circuit] are its constraints.
package rule

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// NbInputs is the number of public inputs.
const NbInputs = 4

// A Statement is what one claim says.
type Statement struct {
	Model   fr.Element // the deck
	Card    uint64     // its number: below the deck's number of cards, which whoever verifies checks
	Policy  fr.Element // the rule's commitment, over the deck's schema
	Context fr.Element // of [Audience]
}

// Vector returns the public inputs in order.
func (s Statement) Vector() [NbInputs]fr.Element {
	return [NbInputs]fr.Element{s.Model, fr.NewElement(s.Card), s.Policy, s.Context}
}

// An Audience says whom a claim is for, so that nobody can show it to another. All of it may be
// zero, for everybody and for ever.
type Audience struct {
	Challenge [32]byte // chosen by who asks for the claim
	Name      string   // of who asks
	Expiry    uint64   // in unix seconds, 0 for never; whoever verifies compares it
	ChainID   uint64   // with Contract and Token which token shows the card, if it is said
	Contract  [20]byte
	Token     uint64
}

// Context returns public input 3:
//
//	keccak256(abi.encode(bytes32 challenge, bytes32 keccak256(name), uint64 expiry,
//	                     uint256 chain id, address contract, uint256 token)) >> 8
//
// with 0 in place of the hash of no name.
func (a Audience) Context() fr.Element {
	var words [6][32]byte
	words[0] = a.Challenge
	if a.Name != "" {
		words[1] = keccak([]byte(a.Name))
	}
	binary.BigEndian.PutUint64(words[2][24:], a.Expiry)
	binary.BigEndian.PutUint64(words[3][24:], a.ChainID)
	copy(words[4][12:], a.Contract[:])
	binary.BigEndian.PutUint64(words[5][24:], a.Token)
	var all []byte
	for _, w := range words {
		all = append(all, w[:]...)
	}
	h := keccak(all)
	var e fr.Element
	e.SetBytes(h[:31])
	return e
}

func keccak(b []byte) (out [32]byte) {
	h := sha3.NewLegacyKeccak256()
	h.Write(b)
	h.Sum(out[:0])
	return out
}

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
	if ok, _ := c.Program.Eval(slots); !ok {
		return s, ErrRule
	}
	program, err := c.Program.Commitment(c.Size)
	if err != nil {
		return s, err
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
	case c.Card >= c.N || c.N > c.Size.MaxCards():
		return fmt.Errorf("card %d: the deck has cards 0 to %d", c.Card, c.N-1)
	}
	return nil
}
