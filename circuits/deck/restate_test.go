package deck

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
)

// element is the value of a variable of an assignment.
func element(v frontend.Variable) fr.Element {
	var e fr.Element
	if _, err := e.SetInterface(v); err != nil {
		panic(err)
	}
	return e
}

// hash is the native hash of variables of an assignment, whatever they hold.
func hash(tag poseidon.Tag, in ...frontend.Variable) fr.Element {
	elements := make([]fr.Element, len(in))
	for i := range in {
		elements[i] = element(in[i])
	}
	return poseidon.Hash(tag, elements...)
}

func leavesOf(sealed []SealedVar) []frontend.Variable {
	leaves := make([]frontend.Variable, len(sealed))
	for i, s := range sealed {
		leaves[i] = hash(poseidon.Slot, s.Slot.Value, s.Slot.Present, s.Salt)
	}
	return leaves
}

// restate computes all that follows from an assignment's secrets again, by the native hash:
// roots, tree and statement. A lie that no native value can hold is then refused by the clause
// that it is about, and by no hash.
func (c *Circuit) restate() *Circuit {
	c.climb(0, c.batch())
	c.Policy = hash(poseidon.Policy, append(append([]frontend.Variable{c.Program.Schema, c.Program.Numeric}, c.Program.Code...), c.Program.Operands...)...)
	c.restateList()
	return c
}

// restateList computes inputs 2 to 4 again. The challenge stands for the contract's: it
// follows from the list.
func (c *Circuit) restateList() {
	coefficients := c.coefficients()
	c.List = hash(poseidon.List, append(variables(coefficients), c.roots()...)...)
	c.challengeFor(coefficients)
}

// challengeFor sets challenge and value as somebody computes them who believes in these
// coefficients and was given the list.
func (c *Circuit) challengeFor(coefficients []fr.Element) {
	gamma := poseidon.Hash(poseidon.Seeds, append([]fr.Element{element(c.List)}, coefficients...)...)
	c.Challenge, c.Value = gamma, polynomial(coefficients, gamma)
}

func (c *Circuit) roots() []frontend.Variable {
	var roots []frontend.Variable
	for _, card := range c.Cards {
		roots = append(roots, hash(poseidon.Root, leavesOf(card.Slots)...))
	}
	return roots
}

func (c *Circuit) batch() fr.Element {
	var cards []frontend.Variable
	for i, root := range c.roots() {
		cards = append(cards, hash(poseidon.Card, root, c.Cards[i].High, c.Cards[i].Low))
	}
	return hash(poseidon.Batch, cards...)
}

// climb puts a node into its place of a level and of all above, and the deck over them.
func (c *Circuit) climb(level int, node fr.Element) {
	for l := level; l < len(c.Children); l++ {
		c.Children[l][c.digit(l)] = node
		node = hash(poseidon.Node, c.Children[l]...)
	}
	c.Model = hash(tagOf(c.Size), c.Program.Schema, c.Home, c.N, node, hash(poseidon.Facts, leavesOf(c.Facts)...))
}

// digit is the place among the children of a level.
func (c *Circuit) digit(level int) (n int) {
	for i := range 3 {
		bit := element(c.Place[3*level+i])
		n += int(bit.Uint64()) << i
	}
	return n
}

// at moves the batch to another place of a tree that is full of other batches.
func (c *Circuit) at(place int) *Circuit {
	for i := range c.Place {
		c.Place[i] = place >> i & 1
	}
	for l, children := range c.Children {
		for i := range children {
			children[i] = fr.NewElement(uint64(1000 + 10*l + i))
		}
	}
	return c.restate()
}

// coefficients are those of the value: first, both halves of each card, N and home.
func (c *Circuit) coefficients() []fr.Element {
	var first fr.Element
	for i, bit := range c.Place {
		weight, b := fr.NewElement(uint64(c.Size.Cards)<<i), element(bit)
		first.Add(&first, b.Mul(&b, &weight))
	}
	all := []fr.Element{first}
	for _, card := range c.Cards {
		all = append(all, element(card.High), element(card.Low))
	}
	return append(all, element(c.N), element(c.Home))
}

func variables(elements []fr.Element) []frontend.Variable {
	all := make([]frontend.Variable, len(elements))
	for i, e := range elements {
		all[i] = e
	}
	return all
}

// polynomial is Σ coefficient_i·x^i, power by power.
func polynomial(coefficients []fr.Element, x fr.Element) fr.Element {
	sum, power := fr.Element{}, fr.One()
	for _, c := range coefficients {
		sum.Add(&sum, c.Mul(&c, &power))
		power.Mul(&power, &x)
	}
	return sum
}

// lawless returns a batch of a deck whose policy asks for nothing: what refuses a lie about it
// is no rule.
func lawless(t testing.TB, w *world, batch int) *Circuit {
	t.Helper()
	c := w.batch(batch).generate(t).Assignment.(*Circuit)
	empty := &policy.Program{Schema: w.program.Schema, Numeric: make([]bool, w.size.Slots())}
	var err error
	if c.Program, err = policy.ValueOf(empty, w.size); err != nil {
		t.Fatal(err)
	}
	return c.restate()
}

// The native rule and the one above agree, or the lies told with it prove nothing.
func TestRestate_ChangesNothingTrue(t *testing.T) {
	w := newWorld(t, tiny, 9)
	for batch := range 5 {
		c := w.batch(batch).generate(t).Assignment.(*Circuit)
		model, policy, list := element(c.Model), element(c.Policy), element(c.List)
		c.restate()
		if element(c.Model) != model || element(c.Policy) != policy || element(c.List) != list {
			t.Errorf("batch %d: another statement", batch)
		}
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
