package rule

import (
	"errors"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/policy"
)

// broken returns the claim about a card in which something was changed after the rule was
// checked: its statement follows from what stands there.
func broken(t *testing.T, w *world, card int, change func(c *Circuit)) *Circuit {
	t.Helper()
	c := w.assignment(t, card)
	change(c)
	return c.restate()
}

func TestCircuit_RefusesACardThatBreaksTheRule(t *testing.T) {
	w, c := newWorld(t, tiny, 7), circuitOf(tiny)
	for name, change := range map[string]func(c *Circuit){
		"a number that is too large":   func(c *Circuit) { c.Slots[0].Slot = attribute.ValueOf(attribute.OfUint(1000)) },
		"a text that is not allowed":   func(c *Circuit) { c.Slots[1].Slot.Value = attribute.TextHash("Cat") },
		"an attribute that is missing": func(c *Circuit) { c.Slots[1].Slot = attribute.ValueOf(attribute.Slot{}) },
		"a fact that is another":       func(c *Circuit) { c.Facts[0].Slot.Value = 8 },
		"a fact that is missing":       func(c *Circuit) { c.Facts[0].Slot = attribute.ValueOf(attribute.Slot{}) },
	} {
		for _, card := range []int{0, 3, 6} {
			c.AssertRefused(t, name, broken(t, w, card, change), []string{"assertRule/AssertSatisfied/AssertSatisfied/AssertProduct"})
		}
	}
}

// What no native slot can hold.
func TestCircuit_RefusesNumbersThatAreNone(t *testing.T) {
	w, c := newWorld(t, tiny, 7), circuitOf(tiny)
	beyond := new(big.Int).Sub(fr.Modulus(), big.NewInt(3))
	for name, value := range map[string]any{"2^64": new(big.Int).Lsh(big.NewInt(1), 64), "r-3": beyond} {
		for place, change := range map[string]func(c *Circuit){
			"a slot": func(c *Circuit) { c.Slots[0].Slot.Value, c.Program.Numeric = value, 1 },
			"a fact": func(c *Circuit) {
				c.Facts[1].Slot = attribute.SlotVar{Value: value, Present: 1}
				c.Program.Numeric = 1 << 4
			},
		} {
			a := lawless(t, w, 2)
			change(a)
			c.AssertRefused(t, place+" of "+name, a.restate(), []string{"assertRule/AssertSatisfied/AssertSatisfied/newTableVar"})
		}
	}
}

// Hints that lie in every way do not make a card of one that breaks the rule.
func TestCircuit_RefusesBrokenRulesWithLyingHints(t *testing.T) {
	w, c := newWorld(t, tiny, 4), circuitOf(tiny)
	for name, change := range map[string]func(c *Circuit){
		"a number that is too large": func(c *Circuit) { c.Slots[0].Slot = attribute.ValueOf(attribute.OfUint(1000)) },
		"a text that is not allowed": func(c *Circuit) { c.Slots[1].Slot.Value = attribute.TextHash("Cat") },
	} {
		a := broken(t, w, 2, change)
		for _, hint := range []circuittest.Hint{circuittest.HintNamed("bits.bitsHint"), circuittest.HintNamed("policy.quotientHint")} {
			for lie, f := range lyingHints {
				if c.R1CS(t).Solve(t, a, circuittest.Replace(hint, f)) == nil {
					t.Errorf("%s: accepted when %s answers %s", name, hint.Name, lie)
				}
			}
		}
	}
}

var lyingHints = map[string]solver.Hint{
	"0": answering(0), "1": answering(1), "2": answering(2),
	"the bits of the input and the field's modulus": func(field *big.Int, in, out []*big.Int) error {
		for i := range out {
			out[i].SetUint64(uint64(new(big.Int).Add(in[0], field).Bit(i)))
		}
		return nil
	},
}

func answering(n int64) solver.Hint {
	return func(_ *big.Int, _, out []*big.Int) error {
		for i := range out {
			out[i].SetInt64(n)
		}
		return nil
	}
}

// Each lie leaves the statement as it is and claims something else behind it.
func TestCircuit_RefusesAnotherClaimBehindTheStatement(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	const model, choice, rule = "assertDeck/AssertIsEqual", "assertDeck/AssertChoice", "assertRule/AssertIsEqual"
	for name, row := range map[string]struct {
		change func(c *Circuit)
		owners []string
	}{
		"another home":            {func(c *Circuit) { c.Home = home - 1 }, []string{model}},
		"one card more":           {func(c *Circuit) { c.N = 10 }, []string{model}},
		"another salt":            {func(c *Circuit) { c.Slots[2].Salt = 7 }, []string{choice}},
		"a hidden value":          {func(c *Circuit) { c.Slots[0].Slot.Value = 16 }, []string{choice}},
		"slots exchanged":         {func(c *Circuit) { c.Slots[1], c.Slots[2] = c.Slots[2], c.Slots[1] }, []string{choice, "assertRule/AssertSatisfied/AssertSatisfied/AssertProduct"}},
		"another fact's salt":     {func(c *Circuit) { c.Facts[1].Salt = 7 }, []string{model}},
		"another document":        {func(c *Circuit) { c.Low = 7 }, []string{choice}},
		"another size":            {func(c *Circuit) { c.High = 7 }, []string{choice}},
		"another card beside":     {func(c *Circuit) { c.Batch[3] = 7 }, []string{choice}},
		"the card put beside":     {func(c *Circuit) { c.Batch[0] = c.Batch[1] }, []string{choice}},
		"another sibling":         {func(c *Circuit) { c.Children[0][7] = 7 }, []string{choice}},
		"another sibling above":   {func(c *Circuit) { c.Children[1][7] = 7 }, []string{model}},
		"another place":           {func(c *Circuit) { c.Number[0] = 0 }, []string{model, choice}},
		"another batch":           {func(c *Circuit) { c.Number[2] = 0 }, []string{model, choice}},
		"a bit that is 2":         {func(c *Circuit) { c.Number[7] = 2 }, []string{"assertDeck/AssertIsBoolean", model, choice}},
		"another schema, of both": {func(c *Circuit) { c.Program.Schema = 5 }, []string{model, rule}},
		"another operand":         {func(c *Circuit) { c.Program.Operands[0] = 999 }, []string{rule}},
		"another public model":    {func(c *Circuit) { c.Model = 1 }, []string{model}},
		"another public card":     {func(c *Circuit) { c.Card = 1 }, []string{model}},
		"another public policy":   {func(c *Circuit) { c.Policy = 1 }, []string{rule}},
	} {
		a := w.assignment(t, 5)
		row.change(a)
		c.AssertRefused(t, name, a, row.owners)
	}
}

// The deck's schema and the rule's are one wire: a rule about other names has no proof.
func TestCircuit_RefusesARuleOfAnotherSchema(t *testing.T) {
	w, c := newWorld(t, tiny, 5), circuitOf(tiny)
	other := *w.program
	other.Schema = fr.NewElement(4712)
	a := w.assignment(t, 2)
	var err error
	if a.Program, err = policy.ValueOf(&other, tiny); err != nil {
		t.Fatal(err)
	}
	model := a.Model
	a.restate().Model = model
	c.AssertRefused(t, "the deck of one schema, the rule of another", a, []string{"assertDeck/AssertIsEqual"})
}

func TestGenerate_RefusesWhatDoesNotFit(t *testing.T) {
	w := newWorld(t, tiny, 6)
	invalid := &policy.Program{Numeric: make([]bool, 5), Clauses: [][]policy.Literal{{{Op: 3}}}}
	for name, change := range map[string]func(c *Claim){
		"a slot less":             func(c *Claim) { c.Slots = c.Slots[1:] },
		"a fact more":             func(c *Claim) { c.Facts = append(c.Facts, c.Facts[0]) },
		"a neighbour less":        func(c *Claim) { c.Batch = c.Batch[1:] },
		"a level less":            func(c *Claim) { c.Path = c.Path[1:] },
		"a level more":            func(c *Claim) { c.Path = append(c.Path, c.Path[0]) },
		"a padded place":          func(c *Claim) { c.Card = 6 },
		"a card behind the deck":  func(c *Claim) { c.Card = 1 << 40 },
		"no cards in the deck":    func(c *Claim) { c.N = 0 },
		"more cards than places":  func(c *Claim) { c.N = tiny.MaxCards() + 1 },
		"another card's place":    func(c *Claim) { c.Card = 4 },
		"another card's document": func(c *Claim) { c.Digest[0]++ },
		"an operator of no code":  func(c *Claim) { c.Program = invalid },
		"a rule of another size":  func(c *Claim) { c.Program = &policy.Program{Numeric: make([]bool, 4)} },
		"a rule about no slot": func(c *Claim) {
			c.Program = &policy.Program{Numeric: make([]bool, 5), Clauses: [][]policy.Literal{{{Slot: 5}}}}
		},
		"an absent one with a value": func(c *Claim) { c.Slots[1].Slot.Present = false },
	} {
		c := w.claim(5)
		change(c)
		if r, err := Generate(c); err == nil || r != nil {
			t.Errorf("%s: generated", name)
		}
	}
}

// A rule that does not hold is one error, whatever the value is.
func TestGenerate_NamesNoValue(t *testing.T) {
	w := newWorld(t, tiny, 6)
	c := w.claim(5)
	c.Program = &policy.Program{Schema: w.program.Schema, Numeric: w.program.Numeric,
		Clauses: [][]policy.Literal{{{Slot: 0, Op: policy.Equals, Operand: fr.NewElement(16)}}}}
	if _, err := Generate(c); !errors.Is(err, ErrRule) || err.Error() != "rule: the rule does not hold for this card" {
		t.Errorf("error %v", err)
	}
}
