package deck

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
)

// A forger makes an assignment from a batch whose values may be anything: statement and all
// hashes follow from them, so that only the clause that the lie is about can refuse it.
func forge(t *testing.T, b *Batch, change func(c *Circuit)) *Circuit {
	t.Helper()
	cards := make([]Card, len(b.Places))
	hashes := make([]fr.Element, len(b.Places))
	for i, p := range b.Places {
		cards[i] = p.card()
		hashes[i] = cards[i].Hash()
	}
	tree, err := RootOf(b.Size, int(b.First)/b.Size.Cards, BatchHash(hashes), b.Path)
	if err != nil {
		t.Fatal(err)
	}
	var facts []fr.Element
	for _, f := range b.Facts {
		facts = append(facts, f.leaf())
	}
	program, err := b.Program.Commitment(b.Size)
	if err != nil {
		t.Fatal(err)
	}
	r := Range{b.First, b.N, b.Home, cards}
	s := Statement{Model: Model(b.Size, b.Program.Schema, b.Home, b.N, tree, FactsRoot(facts)), Policy: program, List: r.list()}
	s.Challenge = r.challenge(s.List)
	s.Value = r.value(s.Challenge)
	c, err := assign(b, s)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(c)
	}
	return c
}

// reseal gives a card's slot another value, and its leaf the salt of that value.
func (w *world) reseal(b *Batch, card, slot int, s attribute.Slot) {
	b.Places[card].Slots[slot] = w.seal(b.First+uint64(card), slot, s)
}

// lastCards are the places of a batch that a lie is told in: the first, a middle and the last.
var lastCards = []int{0, 1, 3}

func TestCircuit_RefusesACardThatBreaksThePolicy(t *testing.T) {
	size := tiny
	size.Cards = 4
	w, c := newWorld(t, size, 7), circuitOf(size)
	for _, at := range lastCards {
		for name, row := range map[string]struct {
			slot  int
			value attribute.Slot
		}{
			"a number that is too large":   {0, attribute.OfUint(1000)},
			"a text that is not allowed":   {1, attribute.Slot{Value: attribute.TextHash("Cat"), Present: true}},
			"an attribute that is missing": {1, attribute.Slot{}},
		} {
			b := w.batch(1)
			w.reseal(b, at, row.slot, row.value)
			if _, err := Generate(b); err == nil {
				t.Errorf("%s in card %d: generated", name, at)
			}
			c.AssertRefused(t, fmt.Sprintf("%s in card %d", name, at), forge(t, b, nil), []string{"assertPolicy/AssertSatisfied/AssertProduct"})
		}
	}
	b := w.batch(0)
	b.Facts[0] = w.seal(1<<63, size.CardSlots(), attribute.OfUint(8))
	owners := make([]string, size.Cards)
	for i := range owners {
		owners[i] = "assertPolicy/AssertSatisfied/AssertProduct"
	}
	c.AssertRefused(t, "a fact that the policy refuses", forge(t, b, nil), owners)
}

// What has no native form is put into the assignment with everything that depends on it.
func TestCircuit_RefusesSlotsThatAreNone(t *testing.T) {
	size := tiny
	size.Cards = 4
	w, c := newWorld(t, size, 8), circuitOf(size)
	two, half := fr.NewElement(2), fr.NewElement(2)
	half.Inverse(&half)
	for _, at := range lastCards {
		for name, row := range map[string]struct {
			slot  int
			lie   attribute.SlotVar
			owner string
		}{
			"present is 2":         {2, attribute.SlotVar{Value: 0, Present: two}, "assertCards/AssertSlots/AssertIsBoolean"},
			"present is a half":    {2, attribute.SlotVar{Value: 0, Present: half}, "assertCards/AssertSlots/AssertIsBoolean"},
			"absent with a value":  {2, attribute.SlotVar{Value: 5, Present: 0}, "assertCards/AssertSlots/AssertProduct"},
			"a number beyond 2^64": {0, attribute.SlotVar{Value: new(big.Int).Sub(fr.Modulus(), big.NewInt(3)), Present: 1}, "assertPolicy/AssertSatisfied/newTableVar"},
		} {
			b := w.batch(1)
			b.First = 4
			c.AssertRefused(t, fmt.Sprintf("%s in card %d", name, at), w.forgeSlot(t, b, at, row.slot, row.lie), []string{row.owner})
		}
	}
}

// forgeSlot puts a pair that no slot is into a card, and everything above it to match.
func (w *world) forgeSlot(t *testing.T, b *Batch, card, slot int, lie attribute.SlotVar) *Circuit {
	t.Helper()
	element := func(v frontend.Variable) (e fr.Element) {
		if _, err := e.SetInterface(v); err != nil {
			t.Fatal(err)
		}
		return e
	}
	var leaves []fr.Element
	for i, s := range b.Places[card].Slots {
		if i == slot {
			leaves = append(leaves, poseidon.Hash(poseidon.Slot, element(lie.Value), element(lie.Present), s.Salt))
		} else {
			leaves = append(leaves, s.leaf())
		}
	}
	return w.forgeRoot(t, b, card, attribute.Root(leaves), func(c *Circuit) { c.Cards[card].Slots[slot].Slot = lie })
}

// forgeRoot makes an assignment in which a card has another root than its slots: the tree's
// path, the statement and the children of every level follow.
func (w *world) forgeRoot(t *testing.T, b *Batch, card int, root fr.Element, change func(*Circuit)) *Circuit {
	t.Helper()
	c := forge(t, b, change)
	r := Range{b.First, b.N, b.Home, nil}
	var hashes []fr.Element
	for i, p := range b.Places {
		public := p.card()
		if i == card {
			public.Root = root
		}
		r.Cards, hashes = append(r.Cards, public), append(hashes, public.Hash())
	}
	node, n := BatchHash(hashes), int(b.First)/b.Size.Cards
	for l, s := range b.Path {
		children := s.children(node, n&7)
		for i := range children {
			c.Children[l][i] = children[i]
		}
		node, n = poseidon.Hash(poseidon.Node, children[:]...), n>>3
	}
	var facts []fr.Element
	for _, f := range b.Facts {
		facts = append(facts, f.leaf())
	}
	list := r.list()
	gamma := r.challenge(list)
	c.Model = Model(b.Size, b.Program.Schema, b.Home, b.N, node, FactsRoot(facts))
	c.List, c.Challenge, c.Value = list, gamma, r.value(gamma)
	return c
}

// Each lie leaves the statement as it is and claims something else behind it.
func TestCircuit_RefusesAnotherDeckBehindTheStatement(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	one := fr.One()
	for name, row := range map[string]struct {
		change func(c *Circuit)
		owners []string
	}{
		"another home":             {func(c *Circuit) { c.Home = fr.NewElement(0xabcdee) }, []string{"assertDeck/AssertIsEqual", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"one card more":            {func(c *Circuit) { c.N = 10 }, []string{"assertDeck/AssertIsEqual", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"another salt":             {func(c *Circuit) { c.Cards[1].Slots[2].Salt = 7 }, []string{"assertDeck/AssertChoice", "assertList/AssertIsEqual"}},
		"another fact's salt":      {func(c *Circuit) { c.Facts[1].Salt = 7 }, []string{"assertDeck/AssertIsEqual"}},
		"another sibling":          {func(c *Circuit) { c.Children[0][7] = 7 }, []string{"assertDeck/AssertChoice"}},
		"another sibling above":    {func(c *Circuit) { c.Children[1][7] = 7 }, []string{"assertDeck/AssertIsEqual"}},
		"another place":            {func(c *Circuit) { c.Place[1] = 1 }, []string{"assertDeck/AssertChoice", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"a place bit that is 2":    {func(c *Circuit) { c.Place[5] = 2 }, []string{"assertDeck/AssertIsBoolean", "assertDeck/AssertChoice", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"another document":         {func(c *Circuit) { c.Cards[0].Low = 7 }, []string{"assertDeck/AssertChoice", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"another size":             {func(c *Circuit) { c.Cards[0].High = 7 }, []string{"assertDeck/AssertChoice", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"documents exchanged":      {func(c *Circuit) { c.Cards[0].Low, c.Cards[1].Low = c.Cards[1].Low, c.Cards[0].Low }, []string{"assertDeck/AssertChoice", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"cards exchanged":          {func(c *Circuit) { c.Cards[0], c.Cards[1] = c.Cards[1], c.Cards[0] }, []string{"assertDeck/AssertChoice", "assertList/AssertIsEqual", "assertList/AssertIsEqual"}},
		"another public model":     {func(c *Circuit) { c.Model = one }, []string{"assertDeck/AssertIsEqual"}},
		"another public policy":    {func(c *Circuit) { c.Policy = one }, []string{"assertPolicy/AssertIsEqual"}},
		"another public list":      {func(c *Circuit) { c.List = one }, []string{"assertList/AssertIsEqual"}},
		"another public challenge": {func(c *Circuit) { c.Challenge = one }, []string{"assertList/AssertIsEqual"}},
		"another public value":     {func(c *Circuit) { c.Value = one }, []string{"assertList/AssertIsEqual"}},
		"another schema, of both":  {func(c *Circuit) { c.Program.Schema = 5 }, []string{"assertDeck/AssertIsEqual", "assertPolicy/AssertIsEqual"}},
		"another operand":          {func(c *Circuit) { c.Program.Operands[0] = 999 }, []string{"assertPolicy/AssertIsEqual"}},
	} {
		assignment := w.batch(1).generate(t).Assignment.(*Circuit)
		row.change(assignment)
		c.AssertRefused(t, name, assignment, row.owners)
	}
}

// The deck's schema and the policy's are one wire: a rule about other names has no proof.
func TestCircuit_RefusesAPolicyOfAnotherSchema(t *testing.T) {
	w, c := newWorld(t, tiny, 5), circuitOf(tiny)
	honest := w.batch(0).generate(t).Assignment.(*Circuit)
	other := *w.program
	other.Schema = fr.NewElement(4712)
	commitment, err := other.Commitment(tiny)
	if err != nil {
		t.Fatal(err)
	}
	program, err := policy.ValueOf(&other, tiny)
	if err != nil {
		t.Fatal(err)
	}
	honest.Policy, honest.Program = commitment, program
	c.AssertRefused(t, "the deck of one schema, the policy of another", honest, []string{"assertDeck/AssertIsEqual"})
}

// Who accepts the challenge from a prover accepts any list: this is why nobody may supply it.
// With γ fixed before the list, half_0 + 1 and half_1 − 1/γ have the same value.
func TestStatement_ForgesWhereTheChallengeIsSupplied(t *testing.T) {
	w, c := newWorld(t, tiny, 5), circuitOf(tiny)
	b := w.batch(0)
	honest := b.generate(t)
	gamma := fr.NewElement(12345) // the prover's choice, before any list
	r := Range{b.First, b.N, b.Home, honest.Cards}
	assignment := honest.Assignment.(*Circuit)
	assignment.Challenge, assignment.Value = gamma, r.value(gamma)
	c.AssertAccepted(t, "a proof with a challenge of its own", assignment)

	coefficients := func(high, low fr.Element) fr.Element {
		var sum, term, power fr.Element
		power = gamma
		term.Mul(&high, &power)
		sum.Add(&sum, &term)
		power.Mul(&power, &gamma)
		term.Mul(&low, &power)
		return *sum.Add(&sum, &term)
	}
	high, low := honest.Cards[0].Halves()
	one, inverse := fr.One(), gamma
	inverse.Inverse(&inverse)
	var otherHigh, otherLow fr.Element
	otherHigh.Add(&high, &one)
	otherLow.Sub(&low, &inverse)
	if coefficients(high, low) != coefficients(otherHigh, otherLow) {
		t.Error("another document has another value: then the challenge would not have to follow the list")
	}
	if s := honest.Statement; s.Challenge == gamma || s.Value == r.value(gamma) {
		t.Error("the statement's challenge is the prover's")
	}
}
