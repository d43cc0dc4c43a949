package rule

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// tiny is a deck that solves in no time: four cards a batch, two levels.
var tiny = statement.Size{Name: "small", Claims: 3, Facts: 2, Literals: 4, Cards: 4, Depth: 2}

func circuitOf(size statement.Size) *circuittest.Circuit {
	return circuittest.New(Placeholder(size)).WithoutPlonk()
}

// A world is a whole deck with its secrets, and a rule that holds for each of its cards.
type world struct {
	size    statement.Size
	program *policy.Program
	cards   []deck.Place // padding too
	n       int
	facts   []deck.Sealed
	hashes  []fr.Element
	tree    *deck.Tree
}

const home = 0xabcdef

// newWorld returns a deck of n cards. Slot 0 of card i holds the number 10+i, which the rule
// wants below 1000, slot 1 a text that it wants, and the first fact the number 7.
func newWorld(t testing.TB, size statement.Size, n int) *world {
	t.Helper()
	w := &world{size: size, n: n}
	w.program = &policy.Program{Schema: fr.NewElement(4711), Numeric: make([]bool, size.Slots())}
	w.program.Numeric[0], w.program.Numeric[size.CardSlots()] = true, true
	w.program.Clauses = [][]policy.Literal{
		{{Slot: 0, Op: policy.Less, Operand: fr.NewElement(1000)}},
		{{Slot: 1, Op: policy.Equals, Operand: attribute.TextHash("Fox")}, {Slot: 1, Op: policy.Equals, Operand: attribute.TextHash("Owl")}},
		{{Slot: size.CardSlots(), Op: policy.Equals, Operand: fr.NewElement(7)}},
	}
	for i := range size.Facts {
		s := attribute.Slot{}
		if i == 0 {
			s = attribute.OfUint(7)
		}
		w.facts = append(w.facts, seal(1<<63, size.CardSlots()+i, s))
	}
	for place := 0; place < n || place%size.Cards != 0; place++ {
		w.cards = append(w.cards, w.card(min(place, n-1), place))
	}
	w.finish(t)
	return w
}

func seal(place uint64, slot int, s attribute.Slot) deck.Sealed {
	return deck.Sealed{Slot: s, Salt: deck.Salt(fr.NewElement(99), place, slot, s)}
}

// card returns the card with a number, at a place.
func (w *world) card(number, place int) deck.Place {
	document := fmt.Sprintf("document %d", number)
	p := deck.Place{Digest: sha256.Sum256([]byte(document)), Size: uint32(len(document))}
	slots := make([]attribute.Slot, w.size.CardSlots())
	slots[0] = attribute.OfUint(uint64(10 + number))
	slots[1] = attribute.Slot{Value: attribute.TextHash([]string{"Fox", "Owl"}[number%2]), Present: true}
	if number%3 == 0 {
		slots[2] = attribute.OfBool(true)
	}
	for i, s := range slots {
		p.Slots = append(p.Slots, seal(uint64(place), i, s))
	}
	return p
}

// finish computes hashes and tree.
func (w *world) finish(t testing.TB) {
	t.Helper()
	w.hashes = nil
	for _, p := range w.cards {
		leaves := make([]fr.Element, len(p.Slots))
		for i, s := range p.Slots {
			leaves[i] = s.Leaf()
		}
		w.hashes = append(w.hashes, deck.Card{Root: attribute.Root(leaves), Digest: p.Digest, Size: p.Size}.Hash())
	}
	var err error
	if w.tree, err = deck.NewTree(w.size, w.hashes); err != nil {
		t.Fatal(err)
	}
}

// claim returns what determines a claim about a card: a test may change it.
func (w *world) claim(card int) *Claim {
	p, k := w.cards[card], w.size.Cards
	return &Claim{
		Size: w.size, Program: w.program, Home: fr.NewElement(home), N: uint64(w.n), Card: uint64(card),
		Slots: append([]deck.Sealed(nil), p.Slots...), Digest: p.Digest, Bytes: p.Size,
		Batch: append([]fr.Element(nil), w.hashes[card/k*k:][:k]...), Path: w.tree.Path(card / k),
		Facts: append([]deck.Sealed(nil), w.facts...), Context: Audience{Name: "a reader"}.Context(),
	}
}

// generate returns what a claim determines.
func (c *Claim) generate(t testing.TB) *Result {
	t.Helper()
	r, err := Generate(c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (w *world) assignment(t testing.TB, card int) *Circuit {
	t.Helper()
	return w.claim(card).generate(t).Assignment.(*Circuit)
}
