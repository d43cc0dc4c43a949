package rule

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// Every row of the claim's own is needed: for each one there is a lie that no other row refuses.
// Rows of the hash and of the judge are left to the tests of poseidon and policy, and those of
// bindStatement, which refuse nothing, to the test of the key.
func TestCircuit_NeedsEveryRow(t *testing.T) {
	w := newWorld(t, tiny, 9)
	s := &search{t: t, circuit: circuitOf(tiny), needed: map[int]bool{}}
	all := s.circuit.RecordAll(t, lawless(t, w, 0))
	s.circuit.AssertRows(t, "the recorder's rows", all.Rows)
	s.slots(w)
	s.places(w)
	s.inputs(w)
	s.products(w, all)
	others := map[string]int{}
	for i := range all.Rows {
		row := all.Row(i)
		switch {
		case row.IsOf("permutationVar.sbox"):
			others["hash"]++
		case row.IsOf("policy.AssertSatisfied"):
			others["judge"]++
		case row.IsOf("bindStatement/Mul"):
			others["statement"]++
		case !s.needed[i]:
			t.Errorf("row %d of %d, %s: no lie needs it", i, all.Rows, row)
		}
	}
	if others["hash"] == 0 || others["judge"] == 0 || others["statement"] != NbInputs ||
		others["hash"]+others["judge"]+others["statement"]+len(s.needed) != all.Rows {
		t.Errorf("of %d rows %d are needed and %v are others'", all.Rows, len(s.needed), others)
	}
}

// A search collects the rows that alone refuse some lie.
type search struct {
	t       *testing.T
	circuit *circuittest.Circuit
	needed  map[int]bool
}

// tell fails unless exactly one row of the owner refuses.
func (s *search) tell(name string, c *Circuit, twist circuittest.Twist, owner string) {
	s.t.Helper()
	refused := s.circuit.RecordTwisted(s.t, c, twist).Refused
	if len(refused) != 1 || !refused[0].IsOf(owner) {
		s.t.Errorf("%s: refused by %v, want one row of %s", name, refused, owner)
		return
	}
	s.needed[refused[0].Index] = true
	if twist.Product < 0 && s.circuit.R1CS(s.t).Solve(s.t, c) == nil {
		s.t.Errorf("%s: gnark's solver accepts", name)
	}
}

// none are pairs that no slot is, with the row that says so.
var none = map[string]struct {
	lie   attribute.SlotVar
	owner string
}{
	"present is 2":          {attribute.SlotVar{Value: 0, Present: 2}, "AssertSlots/AssertIsBoolean"},
	"absent with a value":   {attribute.SlotVar{Value: 5, Present: 0}, "AssertSlots/AssertProduct"},
	"absent with value r-1": {attribute.SlotVar{Value: -1, Present: 0}, "AssertSlots/AssertProduct"},
}

// slots lies in each slot of the card, and in each fact.
func (s *search) slots(w *world) {
	for name, row := range none {
		for slot := range w.size.CardSlots() {
			c := lawless(s.t, w, 1)
			c.Slots[slot].Slot = row.lie
			s.tell(fmt.Sprintf("%s in slot %d", name, slot), c.restate(), circuittest.Straight, "Define/"+row.owner)
		}
		for fact := range w.size.Facts {
			c := lawless(s.t, w, 1)
			c.Facts[fact].Slot = row.lie
			s.tell(fmt.Sprintf("%s in fact %d", name, fact), c.restate(), circuittest.Straight, "assertDeck/"+row.owner)
		}
	}
}

// places lies about each level and each bit. With a bit of two the choice is 2·odd − even of a
// pair, so entries can be found that have the card, or the node, there.
func (s *search) places(w *world) {
	half := fr.NewElement(2)
	half.Inverse(&half)
	shift := 0
	for l := range w.size.Depth + 1 {
		entries, bits := lawless(s.t, w, 0).level(l)
		for digit := range entries {
			c := lawless(s.t, w, 0).at(digit << shift)
			c.put(l, fr.NewElement(4711))
			s.tell(fmt.Sprintf("another is entry %d of level %d", digit, l), c, circuittest.Straight, "assertDeck/AssertChoice/AssertProduct")
		}
		for i := range bits {
			c := lawless(s.t, w, 0).at(0)
			entries, _ := c.level(l)
			odd, even := element(entries[0]), fr.NewElement(5)
			odd.Add(&odd, &even).Mul(&odd, &half)
			entries[0], entries[1<<i] = even, odd
			if above := c.above(l); l < w.size.Depth {
				c.put(l+1, above)
			} else {
				c.close(above)
			}
			c.Number[shift+i], c.Card = 2, 2<<(shift+i)
			s.tell(fmt.Sprintf("bit %d of level %d is 2", i, l), c, circuittest.Straight, "assertDeck/AssertIsBoolean")
		}
		shift += len(bits)
	}
}

// inputs changes each public input that a row of its own binds.
func (s *search) inputs(w *world) {
	for name, row := range map[string]struct {
		change func(c *Circuit)
		owner  string
	}{
		"model":  {func(c *Circuit) { c.Model = 1 }, "assertDeck/AssertIsEqual"},
		"card":   {func(c *Circuit) { c.Card = 1 }, "assertDeck/AssertIsEqual"},
		"policy": {func(c *Circuit) { c.Policy = 1 }, "assertRule/AssertIsEqual"},
	} {
		c := lawless(s.t, w, 0)
		row.change(c)
		s.tell("another "+name, c, circuittest.Straight, row.owner)
	}
}

// products forges each product of the choices, with all that follows from it.
func (s *search) products(w *world, all *circuittest.Recording) {
	product, pair := -1, 0
	for i := range all.Rows {
		row := all.Row(i)
		if !strings.HasSuffix(row.String(), "/Mul") {
			continue
		}
		if product++; row.IsOf("assertDeck/AssertChoice") {
			s.forgeChoice(w, pair, product)
			pair++
		}
	}
	if want := 2 + 6*w.size.Depth; pair != want {
		s.t.Errorf("%d products of choices, want %d", pair, want)
	}
}

// forgeChoice makes an entry of one that is another. The batch has two pairs of entries, a node
// four and then two pairs of those.
func (s *search) forgeChoice(w *world, pair, product int) {
	l, shift, at := 0, 0, pair
	if pair >= 2 {
		l = 1 + (pair-2)/6
		shift, at = digits(w.size)+3*(l-1), (pair-2)%6
	}
	digit := 2 * at
	if at >= 4 {
		digit = 4 * (at - 4)
	}
	c := lawless(s.t, w, 0).at(digit << shift)
	entries, _ := c.level(l)
	truth, other := element(entries[digit]), fr.NewElement(4711)
	c.put(l, other)
	truth.Sub(&truth, &other)
	s.tell(fmt.Sprintf("a forged product %d of level %d", at, l), c, forged(product, truth), "assertDeck/AssertChoice/narrow/Mul")
}

// forged adds to one product.
func forged(product int, more fr.Element) circuittest.Twist {
	return circuittest.Twist{Hint: -1, Product: product, Forge: func(truth *big.Int) *big.Int {
		return truth.Add(truth, more.BigInt(new(big.Int))).Mod(truth, fr.Modulus())
	}}
}
