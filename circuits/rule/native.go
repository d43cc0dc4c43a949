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

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
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
