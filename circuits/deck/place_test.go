package deck

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// Whoever computes the value believes in a list of its own. The prover's c and γ are what they
// are, so each of these is refused by the polynomial alone: that is a contract's whole check.
func TestCircuit_RefusesAnotherListOfWhoComputesTheValue(t *testing.T) {
	size := tiny
	size.Cards = 4
	w, c := newWorld(t, size, 22), circuitOf(size)
	const first, n, home = 0, 9, 10 // among the coefficients
	// Packed as first + 2^32·N, this pair would have the sum of the true one.
	shift := new(big.Int).ModInverse(twoTo(32), fr.Modulus())
	shift.Mul(shift, big.NewInt(4))
	lies := map[string]map[int]*big.Int{
		"first off by one":                 {first: big.NewInt(1)},
		"the batch behind":                 {first: big.NewInt(4)},
		"the batch before":                 {first: big.NewInt(-4)},
		"a first beyond the tree":          {first: twoTo(8)},
		"a card less":                      {n: big.NewInt(-1)},
		"a card more":                      {n: big.NewInt(1)},
		"sixteen cards more":               {n: big.NewInt(16)},
		"4/2^32 more cards, from 4 before": {n: shift, first: big.NewInt(-4)},
		"another home":                     {home: big.NewInt(1)},
		"a home of 161 bits":               {home: twoTo(160)},
		"a card more at home":              {n: big.NewInt(1), home: big.NewInt(-1)},
	}
	for i, card := range []string{"the first", "the second", "the third", "the last"} {
		high, low := 1+2*i, 2+2*i
		lies["another byte in "+card+" digest"] = map[int]*big.Int{low: big.NewInt(1)}
		lies["another high byte in "+card+" digest"] = map[int]*big.Int{high: twoTo(120)}
		lies["a byte more in "+card+" document"] = map[int]*big.Int{high: twoTo(128)}
		lies["a bit moved within "+card+" digest"] = map[int]*big.Int{high: big.NewInt(1), low: new(big.Int).Neg(twoTo(128))}
	}
	for name, lie := range lies {
		a := w.batch(2).generate(t).Assignment.(*Circuit)
		coefficients := a.coefficients()
		for i, more := range lie {
			var e fr.Element
			coefficients[i].Add(&coefficients[i], e.SetBigInt(more))
		}
		a.challengeFor(coefficients)
		c.AssertRefused(t, name, a, []string{"assertList/AssertIsEqual"})
	}
	a := w.batch(2).generate(t).Assignment.(*Circuit)
	coefficients := a.coefficients()
	coefficients[1], coefficients[3], coefficients[2], coefficients[4] = coefficients[3], coefficients[1], coefficients[4], coefficients[2]
	a.challengeFor(coefficients)
	c.AssertRefused(t, "two documents exchanged", a, []string{"assertList/AssertIsEqual"})
	a.challengeFor(a.coefficients())
	c.AssertAccepted(t, "the truth", a)
}

// Roots are behind the list alone: halves do not tell them apart.
func TestCircuit_RefusesAListOfOtherRoots(t *testing.T) {
	w, c := newWorld(t, tiny, 4), circuitOf(tiny)
	for card := range tiny.Cards {
		b := w.batch(1)
		other := w.batch(1).generate(t).Cards
		other[card].Root = fr.NewElement(4711)
		r := Range{b.First, b.N, b.Home, other}
		a := b.generate(t).Assignment.(*Circuit)
		a.List = r.list()
		a.challengeFor(a.coefficients())
		c.AssertRefused(t, "another root", a, []string{"assertList/AssertIsEqual"})
	}
}

// The deck was committed with one N, home and schema: the same cards under another statement
// are another deck.
func TestCircuit_RefusesAStatementOfAnotherDeck(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	shift := new(big.Int).ModInverse(twoTo(32), fr.Modulus())
	for name, change := range map[string]func(c *Circuit){
		"a card less":          func(c *Circuit) { c.N = 8 },
		"a card more":          func(c *Circuit) { c.N = 10 },
		"sixteen cards more":   func(c *Circuit) { c.N = 25 },
		"2/2^32 more cards":    func(c *Circuit) { c.N = new(big.Int).Add(shift.Lsh(shift, 1), big.NewInt(9)) },
		"no cards":             func(c *Circuit) { c.N = 0 },
		"another home":         func(c *Circuit) { c.Home = 0xabcdee },
		"nobody's":             func(c *Circuit) { c.Home = 0 },
		"a schema of its own":  func(c *Circuit) { c.Program.Schema = 4712 },
		"a fact's other value": func(c *Circuit) { c.Facts[1].Slot.Value = 5 },
		"a fact left out":      func(c *Circuit) { c.Facts[1].Slot.Value, c.Facts[1].Slot.Present = 0, 0 },
		"facts exchanged":      func(c *Circuit) { c.Facts[0], c.Facts[1] = c.Facts[1], c.Facts[0] },
	} {
		a := lawless(t, w, 1)
		model := a.Model
		change(a)
		a.restate().Model = model
		c.AssertRefused(t, name, a, []string{"assertDeck/AssertIsEqual"})
	}
}

// A batch is where the tree has it, and nowhere else: not first, not behind the last, not at a
// place where nothing is.
func TestCircuit_RefusesABatchAtAnotherPlace(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	once, twice := []string{"assertDeck/AssertChoice"}, []string{"assertDeck/AssertChoice", "assertDeck/AssertChoice"}
	for name, row := range map[string]struct {
		batch, place int
		owners       []string
	}{
		"the second as the first":         {1, 0, once},
		"the first as the second":         {0, 1, once},
		"the last as the middle one":      {4, 2, once},
		"the first behind the last":       {0, 5, once},
		"the last below an empty node":    {4, 8, twice}, // which is 0, and no hash
		"the first at the tree's far end": {0, 63, twice},
	} {
		a := lawless(t, w, row.batch)
		a.stand(w.tree, row.place)
		a.restateList()
		c.AssertRefused(t, name, a, row.owners)
	}
}

// stand claims a place, with the true nodes of the tree there: the batch is not among them.
func (c *Circuit) stand(tree *Tree, place int) {
	for i := range c.Place {
		c.Place[i] = place >> i & 1
	}
	for l, s := range tree.Path(place) {
		var node fr.Element
		at := place >> (3 * l)
		if at < len(tree.levels[l]) {
			node = tree.levels[l][at]
		}
		for i, child := range s.Children(node, at&7) {
			c.Children[l][i] = child
		}
	}
}

// What the circuit takes and whoever computes the value must not: the specification leaves it
// to them.
func TestNewStatement_RefusesWhatTheCircuitTakes(t *testing.T) {
	w, c := newWorld(t, tiny, 9), circuitOf(tiny)
	tooWide := new(fr.Element).SetBigInt(twoTo(160))
	for name, change := range map[string]func(b *Batch){
		"a batch behind the last":       func(b *Batch) { b.N = 4 },
		"a deck of no cards":            func(b *Batch) { b.N = 0 },
		"more cards than places":        func(b *Batch) { b.N = tiny.MaxCards() + 1 },
		"padding of another document":   func(b *Batch) { b.Places[1].Digest[0]++ },
		"padding of another size":       func(b *Batch) { b.Places[1].Size++ },
		"an empty document":             func(b *Batch) { b.Places[0].Size, b.Places[1].Size = 0, 0 },
		"a document of 2^18 bytes":      func(b *Batch) { b.Places[0].Size, b.Places[1].Size = 1<<18, 1<<18 },
		"a document of 2^32 - 1 bytes":  func(b *Batch) { b.Places[0].Size, b.Places[1].Size = 1<<32-1, 1<<32-1 },
		"a home that is no address":     func(b *Batch) { b.Home = *tooWide },
		"a home of the field's far end": func(b *Batch) { b.Home.SetInt64(-1) },
	} {
		b := w.batch(4)
		change(b)
		if _, err := Generate(b); err == nil {
			t.Errorf("%s: generated", name)
		}
		c.AssertAccepted(t, name, forge(t, b, nil))
	}
}

// A halves' width is no row of the circuit: it follows from whoever splits digests.
func TestCircuit_LeavesTheWidthOfHalves(t *testing.T) {
	a := lawless(t, newWorld(t, tiny, 4), 0)
	a.Cards[0].High, a.Cards[1].Low = -1, -2
	circuitOf(tiny).AssertAccepted(t, "halves of 254 bits", a.restate())
}

// One size's commitment is no other's: what differs is the tag alone.
func TestCircuit_RefusesADeckOfAnotherSize(t *testing.T) {
	w, c := newWorld(t, tiny, 4), circuitOf(tiny)
	b := w.batch(0)
	r := b.generate(t)
	var facts []fr.Element
	for _, f := range b.Facts {
		facts = append(facts, f.Leaf())
	}
	for _, size := range []statement.Size{statement.DeckStandard, statement.DeckLarge} {
		a := r.Assignment.(*Circuit)
		a.Model = Model(size, b.Program.Schema, b.Home, b.N, w.tree.Root(), FactsRoot(facts))
		c.AssertRefused(t, size.Name, a, []string{"assertDeck/AssertIsEqual"})
	}
}
