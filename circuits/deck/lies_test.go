package deck

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/policy"
)

// forge makes an assignment from a batch whose values may break any rule: statement and all
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
		facts = append(facts, f.Leaf())
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

// lastCards are places of a batch that a lie is told in: the first, a middle and the last.
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

// What has no native form is put into the assignment, and all that depends on it is restated.
func TestCircuit_RefusesSlotsThatAreNone(t *testing.T) {
	size := tiny
	size.Cards = 4
	w, c := newWorld(t, size, 8), circuitOf(size)
	half, beyond := fr.NewElement(2), new(big.Int).Sub(fr.Modulus(), big.NewInt(3))
	half.Inverse(&half)
	for name, row := range map[string]struct {
		slot  int
		lie   attribute.SlotVar
		owner string
	}{
		"present is 2":         {2, attribute.SlotVar{Value: 0, Present: 2}, "AssertSlots/AssertIsBoolean"},
		"present is a half":    {2, attribute.SlotVar{Value: 0, Present: half}, "AssertSlots/AssertIsBoolean"},
		"absent with a value":  {2, attribute.SlotVar{Value: 5, Present: 0}, "AssertSlots/AssertProduct"},
		"a number of 2^64":     {0, attribute.SlotVar{Value: twoTo(64), Present: 1}, "newTableVar"},
		"a number beyond 2^64": {0, attribute.SlotVar{Value: beyond, Present: 1}, "newTableVar"},
	} {
		for _, at := range lastCards {
			a := lawless(t, w, 1)
			a.Program.Numeric = 1
			a.Cards[at].Slots[row.slot].Slot = row.lie
			c.AssertRefused(t, fmt.Sprintf("%s in card %d", name, at), a.restate(), []string{row.owner})
		}
		a := lawless(t, w, 1)
		a.Program.Numeric = 1 << size.CardSlots()
		a.Facts[row.slot/2].Slot = row.lie
		owner := map[bool]string{true: "assertPolicy/NewJudge/newTableVar", false: "assertDeck/" + row.owner}[row.owner == "newTableVar"]
		c.AssertRefused(t, name+" in a fact", a.restate(), []string{owner})
	}
}

// Hints that lie in every way do not make a card of one that breaks the policy.
func TestCircuit_RefusesBrokenPoliciesWithLyingHints(t *testing.T) {
	w, c := newWorld(t, tiny, 4), circuitOf(tiny)
	for card := range tiny.Cards {
		for slot, value := range []attribute.Slot{attribute.OfUint(1000), {Value: attribute.TextHash("Cat"), Present: true}} {
			b := w.batch(1)
			w.reseal(b, card, slot, value)
			a := forge(t, b, nil)
			for name, hint := range map[string]circuittest.Hint{"bits": circuittest.HintNamed("bits.bitsHint"), "quotient": circuittest.HintNamed("policy.quotientHint")} {
				for lie, f := range lyingHints {
					if c.R1CS(t).Solve(t, a, circuittest.Replace(hint, f)) == nil {
						t.Errorf("card %d, slot %d: accepted when %s answers %s", card, slot, name, lie)
					}
				}
			}
		}
	}
}

var lyingHints = map[string]solver.Hint{
	"0": func(_ *big.Int, _, out []*big.Int) error { return setAll(out, 0) },
	"1": func(_ *big.Int, _, out []*big.Int) error { return setAll(out, 1) },
	"2": func(_ *big.Int, _, out []*big.Int) error { return setAll(out, 2) },
	"the bits of the input and the field's modulus": func(field *big.Int, in, out []*big.Int) error {
		for i := range out {
			out[i].SetUint64(uint64(new(big.Int).Add(in[0], field).Bit(i)))
		}
		return nil
	},
}

func setAll(out []*big.Int, n int64) error {
	for i := range out {
		out[i].SetInt64(n)
	}
	return nil
}

func twoTo(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }

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
