package rule

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/deck"
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

func leavesOf(sealed []deck.SealedVar) []frontend.Variable {
	leaves := make([]frontend.Variable, len(sealed))
	for i, s := range sealed {
		leaves[i] = hash(poseidon.Slot, s.Slot.Value, s.Slot.Present, s.Salt)
	}
	return leaves
}

// restate computes all that follows from an assignment's secrets again, by the native hash: a
// lie that no native value can hold is then refused by the clause that it is about, and by no
// hash.
func (c *Circuit) restate() *Circuit {
	c.put(0, c.card())
	c.Policy = hash(poseidon.Policy, append(append([]frontend.Variable{c.Program.Schema, c.Program.Numeric}, c.Program.Code...), c.Program.Operands...)...)
	var number fr.Element
	for i, bit := range c.Number {
		weight, b := fr.NewElement(1<<i), element(bit)
		number.Add(&number, b.Mul(&b, &weight))
	}
	c.Card = number
	return c
}

func (c *Circuit) card() fr.Element {
	return hash(poseidon.Card, hash(poseidon.Root, leavesOf(c.Slots)...), c.High, c.Low)
}

// level returns the entries that a level chooses among, and the bits that it chooses by: 0 is
// the batch, above it are nodes.
func (c *Circuit) level(l int) (entries, bits []frontend.Variable) {
	first := digits(c.Size)
	if l == 0 {
		return c.Batch, c.Number[:first]
	}
	return c.Children[l-1], c.Number[first+3*l-3 : first+3*l]
}

// put puts an entry into its place of a level, with all that follows above, and the deck over it.
func (c *Circuit) put(level int, entry fr.Element) {
	for l := level; l <= len(c.Children); l++ {
		entries, bits := c.level(l)
		at := 0
		for i, bit := range bits {
			b := element(bit)
			at += int(b.Uint64()) << i
		}
		entries[at] = entry
		entry = c.above(l)
	}
	c.close(entry)
}

// above is the hash of a level's entries.
func (c *Circuit) above(level int) fr.Element {
	tag := poseidon.Node
	if level == 0 {
		tag = poseidon.Batch
	}
	entries, _ := c.level(level)
	return hash(tag, entries...)
}

// close computes the deck over a tree.
func (c *Circuit) close(tree fr.Element) {
	c.Model = hash(poseidon.DeckSmall, c.Program.Schema, c.Home, c.N, tree, hash(poseidon.Facts, leavesOf(c.Facts)...))
}

// at moves the card to another number of a deck that is full of others.
func (c *Circuit) at(number int) *Circuit {
	for i := range c.Number {
		c.Number[i] = number >> i & 1
	}
	for l := range len(c.Children) + 1 {
		entries, _ := c.level(l)
		for i := range entries {
			entries[i] = fr.NewElement(uint64(1000 + 10*l + i))
		}
	}
	return c.restate()
}

// lawless returns a claim by a rule that asks for nothing: what refuses a lie about it is no
// rule.
func lawless(t testing.TB, w *world, card int) *Circuit {
	t.Helper()
	c := w.assignment(t, card)
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
	for card := range 9 {
		c := w.assignment(t, card)
		model, policy, number := element(c.Model), element(c.Policy), element(c.Card)
		c.restate()
		if element(c.Model) != model || element(c.Policy) != policy || element(c.Card) != number {
			t.Errorf("card %d: another statement", card)
		}
	}
}
