package deck

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

// Every row of the deck's own is needed: for each one there is a lie that no other row refuses.
// Rows of the hash and of the judge are left to the tests of poseidon and policy.
func TestCircuit_NeedsEveryRow(t *testing.T) {
	w := newWorld(t, tiny, 9)
	s := &search{t: t, circuit: circuitOf(tiny), needed: map[int]bool{}}
	all := s.circuit.RecordAll(t, lawless(t, w, 0))
	s.circuit.AssertRows(t, "the recorder's rows", all.Rows)
	s.slots(w)
	s.place(w)
	s.inputs(w)
	s.products(w, all)
	others := map[string]int{}
	for i := range all.Rows {
		row := all.Row(i)
		switch {
		case row.IsOf("permutationVar.sbox"):
			others["hash"]++
		case row.IsOf("policy.NewJudge"), row.IsOf("JudgeVar.AssertSatisfied"):
			others["judge"]++
		case !s.needed[i]:
			t.Errorf("row %d of %d, %s: no lie needs it", i, all.Rows, row)
		}
	}
	if others["hash"] == 0 || others["judge"] == 0 || others["hash"]+others["judge"]+len(s.needed) != all.Rows {
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
	if twist.Hint < 0 && twist.Product < 0 && s.circuit.R1CS(s.t).Solve(s.t, c) == nil {
		s.t.Errorf("%s: gnark's solver accepts", name)
	}
}

// slots lies in each slot of each card, and in each fact.
func (s *search) slots(w *world) {
	for name, row := range none {
		for card := range w.size.Cards {
			for slot := range w.size.CardSlots() {
				c := lawless(s.t, w, 1)
				c.Cards[card].Slots[slot].Slot = row.lie
				s.tell(fmt.Sprintf("%s in slot %d of card %d", name, slot, card), c.restate(), circuittest.Straight, "assertCards/"+row.owner)
			}
		}
		for fact := range w.size.Facts {
			c := lawless(s.t, w, 1)
			c.Facts[fact].Slot = row.lie
			s.tell(fmt.Sprintf("%s in fact %d", name, fact), c.restate(), circuittest.Straight, "assertDeck/"+row.owner)
		}
	}
}

// place lies about each level and each bit. With a bit of two the choice is 2·odd − even of a
// pair, so children can be found that have the batch there.
func (s *search) place(w *world) {
	half := fr.NewElement(2)
	half.Inverse(&half)
	for l := range w.size.Depth {
		for digit := range 8 {
			c := lawless(s.t, w, 0).at(digit << (3 * l))
			c.climb(l, fr.NewElement(4711))
			s.tell(fmt.Sprintf("another batch is child %d of level %d", digit, l), c, circuittest.Straight, "assertDeck/AssertChoice/AssertProduct")
		}
		for i := range 3 {
			c := lawless(s.t, w, 0).at(0)
			node, even := element(c.Children[l][0]), fr.NewElement(5)
			odd := node
			odd.Add(&odd, &even).Mul(&odd, &half)
			c.Children[l][0], c.Children[l][1<<i] = even, odd
			c.climb(l+1, hash(poseidon.Node, c.Children[l]...))
			c.Place[3*l+i] = 2
			c.restateList()
			s.tell(fmt.Sprintf("bit %d of level %d is 2", i, l), c, circuittest.Straight, "assertDeck/AssertIsBoolean")
		}
	}
}

// inputs changes each public input that a row of its own binds.
func (s *search) inputs(w *world) {
	one := fr.One()
	for name, row := range map[string]struct {
		change func(c *Circuit)
		owner  string
	}{
		"model":  {func(c *Circuit) { c.Model = one }, "assertDeck/AssertIsEqual"},
		"policy": {func(c *Circuit) { c.Policy = one }, "assertPolicy/AssertIsEqual"},
		"list":   {func(c *Circuit) { c.List = one }, "assertList/AssertIsEqual"},
		"value":  {func(c *Circuit) { c.Value = one }, "assertList/AssertIsEqual"},
	} {
		c := lawless(s.t, w, 0)
		row.change(c)
		s.tell("another "+name, c, circuittest.Straight, row.owner)
	}
}

// products forges each product of the choices and of the value, with all that follows from it.
func (s *search) products(w *world, all *circuittest.Recording) {
	product, pair, power := -1, 0, 2*w.size.Cards+1
	for i := range all.Rows {
		row := all.Row(i)
		if !strings.HasSuffix(row.String(), "/Mul") {
			continue
		}
		product++
		switch {
		case row.IsOf("assertDeck/AssertChoice"):
			s.forgeChoice(w, pair, product)
			pair++
		case row.IsOf("assertList/Mul"):
			s.forgePower(w, power, product)
			power--
		}
	}
	if pair != 6*w.size.Depth || power != -1 {
		s.t.Errorf("%d products of choices, %d powers left", pair, power+1)
	}
}

// forgeChoice makes a batch of a child that is another: a level has four pairs of children,
// then two pairs of those.
func (s *search) forgeChoice(w *world, pair, product int) {
	l, digit := pair/6, 2*(pair%6)
	if pair%6 >= 4 {
		digit = 4 * (pair%6 - 4)
	}
	c := lawless(s.t, w, 0).at(digit << (3 * l))
	node, other := element(c.Children[l][digit]), fr.NewElement(4711)
	c.climb(l, other)
	node.Sub(&node, &other)
	s.tell(fmt.Sprintf("a forged product %d of level %d", pair%6, l), c, forged(product, node), "assertDeck/AssertChoice/narrow/Mul")
}

// forgePower adds one to the sum before it is multiplied by another power of the challenge.
func (s *search) forgePower(w *world, power, product int) {
	c := lawless(s.t, w, 0)
	gamma, value, one := element(c.Challenge), element(c.Value), fr.One()
	gamma.Exp(gamma, big.NewInt(int64(power)))
	c.Value = *value.Add(&value, &gamma)
	s.tell(fmt.Sprintf("a forged product before power %d", power), c, forged(product, one), "assertList/Mul")
}

// forged adds to one product.
func forged(product int, more fr.Element) circuittest.Twist {
	return circuittest.Twist{Hint: -1, Product: product, Forge: func(truth *big.Int) *big.Int {
		return truth.Add(truth, more.BigInt(new(big.Int))).Mod(truth, fr.Modulus())
	}}
}
