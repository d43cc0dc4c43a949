package rule

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
)

// Two cards with one root, and even one document, are two cards: a claim about the one is none
// about the other, wherever in the tree it stands.
func TestCircuit_RefusesAnotherCardOfTheSameRoot(t *testing.T) {
	w, c := newWorld(t, tiny, 40), circuitOf(tiny)
	for _, twin := range []int{6, 9, 39} { // of card 7: in its batch, its node, and another
		w.cards[twin] = w.cards[7]
	}
	w.finish(t)
	c.AssertAccepted(t, "the card itself", w.assignment(t, 7))
	for _, twin := range []int{6, 9, 39} {
		a := w.assignment(t, 7)
		a.Card = twin
		c.AssertRefused(t, "shown for its twin", a, []string{"assertDeck/AssertIsEqual"})
		for i := range a.Number {
			a.Number[i] = twin >> i & 1
		}
		if c.Accepts(a) != (twin == 6) {
			t.Errorf("card %d by the path of card 7: accepted %v", twin, twin != 6)
		}
		c.AssertAccepted(t, "the twin by its own path", w.assignment(t, twin))
	}
}

// The card number is one integer: neither a multiple of the tree's places nor of the field is
// added to it.
func TestCircuit_RefusesOtherNamesOfACard(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	for name, more := range map[string]*big.Int{
		"the number of places": new(big.Int).SetUint64(tiny.MaxCards()),
		"2^64":                 new(big.Int).Lsh(big.NewInt(1), 64),
		"a batch":              big.NewInt(4),
		"-1":                   big.NewInt(-1),
	} {
		a := w.assignment(t, 5)
		a.Card = new(big.Int).Add(more, big.NewInt(5))
		c.AssertRefused(t, "and "+name, a, []string{"assertDeck/AssertIsEqual"})
	}
	// r more is the same element: nobody's encoding of an input may be above r, which is the
	// verifier's business.
	a := w.assignment(t, 5)
	a.Card = new(big.Int).Add(fr.Modulus(), big.NewInt(5))
	c.AssertAccepted(t, "r more", a)
}

// A place behind the last card is one of the tree, and the circuit knows of no other: whoever
// verifies compares the number with N.
func TestCircuit_TakesPaddingAndGenerateDoesNot(t *testing.T) {
	w, c := newWorld(t, tiny, 6), circuitOf(tiny)
	claim := w.claim(7)
	if _, err := Generate(claim); err == nil {
		t.Error("generated for a place behind the last card")
	}
	a := w.assignment(t, 5)
	model := a.Model
	for i, s := range claim.Slots {
		a.Slots[i] = s.Value()
	}
	for i := range a.Number {
		a.Number[i] = 7 >> i & 1
	}
	if a.restate(); element(a.Model) != element(model) {
		t.Fatal("the padded place is not in the deck")
	}
	c.AssertAccepted(t, "place 7 of 6 cards", a)
}

// Another deck of the same cards is another deck.
func TestCircuit_RefusesAStatementOfAnotherDeck(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	for name, change := range map[string]func(c *Circuit){
		"a card more":          func(c *Circuit) { c.N = 10 },
		"no cards":             func(c *Circuit) { c.N = 0 },
		"nobody's":             func(c *Circuit) { c.Home = 0 },
		"a schema of its own":  func(c *Circuit) { c.Program.Schema = 4712 },
		"a fact's other value": func(c *Circuit) { c.Facts[1].Slot.Value, c.Facts[1].Slot.Present = 5, 1 },
		"facts exchanged":      func(c *Circuit) { c.Facts[0], c.Facts[1] = c.Facts[1], c.Facts[0] },
		"another card beside":  func(c *Circuit) { c.Batch[3] = 7 },
		"another batch beside": func(c *Circuit) { c.Children[0][5] = 7 },
	} {
		a := lawless(t, w, 5)
		model := a.Model
		change(a)
		a.restate().Model = model
		c.AssertRefused(t, name, a, []string{"assertDeck/AssertIsEqual"})
	}
}

// One size's commitment is no other's: what differs is the tag alone.
func TestCircuit_RefusesADeckOfAnotherSize(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	var facts []fr.Element
	for _, f := range w.facts {
		facts = append(facts, f.Leaf())
	}
	for _, size := range []statement.Size{statement.DeckStandard, statement.DeckLarge} {
		a := w.assignment(t, 5)
		a.Model = deck.Model(size, w.program.Schema, fr.NewElement(home), 9, w.tree.Root(), deck.FactsRoot(facts))
		c.AssertRefused(t, size.Name, a, []string{"assertDeck/AssertIsEqual"})
	}
}
