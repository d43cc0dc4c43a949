package deck

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// NbInputs is the number of public inputs.
const NbInputs = 5

// A Statement is what one proof says. Challenge and value are never anybody's input: whoever
// verifies computes them, with [NewStatement], from what they believe the list to be. A
// proof that brought its own would say nothing about the list.
type Statement struct {
	Model, Policy, List, Challenge, Value fr.Element
}

// Vector returns the public inputs in order.
func (s Statement) Vector() [NbInputs]fr.Element {
	return [NbInputs]fr.Element{s.Model, s.Policy, s.List, s.Challenge, s.Value}
}

// A Range is which cards of which deck a statement is about.
type Range struct {
	First uint64     // the number of the batch's first card
	N     uint64     // of the deck's cards
	Home  fr.Element // who may sell it, below 2^160
	Cards []Card     // all places of the batch, those behind the last card too
}

// NewStatement returns the statement about a batch of a deck.
func NewStatement(size statement.Size, model, policy fr.Element, r Range) (Statement, error) {
	return StatementOf(size, model, policy, r.list(), r)
}

// StatementOf is [NewStatement] for whoever has the list's commitment and no roots, as a contract
// has: roots in r are not looked at. That the list is the cards' is what the proof says.
func StatementOf(size statement.Size, model, policy, list fr.Element, r Range) (Statement, error) {
	if err := r.check(size); err != nil {
		return Statement{}, fmt.Errorf("deck: %w", err)
	}
	s := Statement{Model: model, Policy: policy, List: list}
	s.Challenge = r.challenge(s.List)
	s.Value = r.value(s.Challenge)
	return s, nil
}

var errPadding = errors.New("a place behind the last card has another document than that card")

// check refuses what has two encodings, or none.
func (r Range) check(size statement.Size) error {
	k := uint64(size.Cards)
	switch {
	case uint64(len(r.Cards)) != k:
		return fmt.Errorf("%d cards, a batch has %d", len(r.Cards), k)
	case r.N < 1 || r.N > size.MaxCards():
		return fmt.Errorf("a deck of %d cards, want 1 to %d", r.N, size.MaxCards())
	case r.First%k != 0 || r.First >= r.N:
		return errors.New("no batch of the deck starts at this card")
	case !isAddress(r.Home):
		return errors.New("home is not below 2^160")
	}
	for i, c := range r.Cards {
		if c.Size < 1 || c.Size > MaxSize {
			return fmt.Errorf("card %d: a document of %d bytes, want 1 to %d", r.First+uint64(i), c.Size, MaxSize)
		}
		last := r.N - 1 - min(r.First, r.N-1)
		if uint64(i) > last && (c.Digest != r.Cards[last].Digest || c.Size != r.Cards[last].Size) {
			return errPadding
		}
	}
	return nil
}

func isAddress(e fr.Element) bool {
	b := e.Bytes()
	return [12]byte(b[:12]) == [12]byte{}
}

// list is the commitment to all that the statement says of the cards.
func (r Range) list() fr.Element {
	in := []fr.Element{fr.NewElement(r.First)}
	for _, c := range r.Cards {
		high, low := c.Halves()
		in = append(in, high, low)
	}
	in = append(in, fr.NewElement(r.N), r.Home)
	for _, c := range r.Cards {
		in = append(in, c.Root)
	}
	return poseidon.Hash(poseidon.List, in...)
}

// challenge is keccak256(c ‖ first ‖ N ‖ home ‖ digests ‖ sizes) >> 8, each a word of 32 bytes:
// what a contract has in its calldata and its constants.
func (r Range) challenge(list fr.Element) fr.Element {
	h := sha3.NewLegacyKeccak256()
	word := func(e fr.Element) {
		b := e.Bytes()
		h.Write(b[:])
	}
	word(list)
	word(fr.NewElement(r.First))
	word(fr.NewElement(r.N))
	word(r.Home)
	for _, c := range r.Cards {
		h.Write(c.Digest[:])
	}
	for _, c := range r.Cards {
		word(fr.NewElement(uint64(c.Size)))
	}
	var challenge fr.Element
	challenge.SetBytes(h.Sum(nil)[:31])
	return challenge
}

// value is first + Σ half_i·γ^i + N·γ^(2k+1) + home·γ^(2k+2), i from 1.
func (r Range) value(challenge fr.Element) fr.Element {
	coefficients := []fr.Element{fr.NewElement(r.First)}
	for _, c := range r.Cards {
		high, low := c.Halves()
		coefficients = append(coefficients, high, low)
	}
	coefficients = append(coefficients, fr.NewElement(r.N), r.Home)
	var y fr.Element
	for i := len(coefficients) - 1; i >= 0; i-- {
		y.Mul(&y, &challenge).Add(&y, &coefficients[i])
	}
	return y
}
