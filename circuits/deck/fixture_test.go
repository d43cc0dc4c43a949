package deck

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// tiny is a deck that solves in no time: two cards a batch, two levels.
var tiny = statement.Size{Name: "small", Claims: 3, Facts: 2, Literals: 4, Cards: 2, Depth: 2}

// A world is a whole deck with its secrets.
type world struct {
	size    statement.Size
	blind   fr.Element
	home    fr.Element
	program *policy.Program
	cards   []Place // the deck's, with the salts of their numbers
	padding []Place
	facts   []Sealed
	tree    *Tree
}

// newWorld returns a deck of n cards. Slot 0 of card i holds the number 10+i, which the policy
// wants below limit, slot 1 a text that it wants, and the first fact a number that is 7.
func newWorld(t testing.TB, size statement.Size, n int) *world {
	t.Helper()
	w := &world{size: size, blind: fr.NewElement(99), home: fr.NewElement(0xabcdef)}
	w.program = &policy.Program{Schema: fr.NewElement(4711), Numeric: make([]bool, size.Slots())}
	w.program.Numeric[0], w.program.Numeric[size.CardSlots()] = true, true
	w.program.Clauses = [][]policy.Literal{
		{{Slot: 0, Op: policy.Less, Operand: fr.NewElement(1000)}},
		{{Slot: 1, Op: policy.Equals, Operand: attribute.TextHash("Fox")}, {Slot: 1, Op: policy.Equals, Operand: attribute.TextHash("Owl")}},
		{{Slot: size.CardSlots(), Op: policy.Equals, Operand: fr.NewElement(7)}},
	}
	for i, s := range []attribute.Slot{attribute.OfUint(7), {Value: attribute.TextHash("CC0"), Present: true}} {
		w.facts = append(w.facts, w.seal(1<<63, size.CardSlots()+i, s))
	}
	for i := len(w.facts); i < size.Facts; i++ {
		w.facts = append(w.facts, w.seal(1<<63, size.CardSlots()+i, attribute.Slot{}))
	}
	for i := range n {
		w.cards = append(w.cards, w.card(i, i))
	}
	w.finish(t)
	return w
}

func (w *world) seal(place uint64, slot int, s attribute.Slot) Sealed {
	return Sealed{s, Salt(w.blind, place, slot, s)}
}

// card returns the card with a number, at a place.
func (w *world) card(number, place int) Place {
	texts := []string{"Fox", "Owl"}
	slots := make([]attribute.Slot, w.size.CardSlots())
	slots[0] = attribute.OfUint(uint64(10 + number))
	slots[1] = attribute.Slot{Value: attribute.TextHash(texts[number%2]), Present: true}
	if number%3 == 0 {
		slots[2] = attribute.OfBool(true)
	}
	document := fmt.Sprintf("document %d", number)
	p := Place{Digest: sha256.Sum256([]byte(document)), Size: uint32(len(document))}
	for i, s := range slots {
		p.Slots = append(p.Slots, w.seal(uint64(place), i, s))
	}
	return p
}

// finish pads the last batch and computes the tree.
func (w *world) finish(t testing.TB) {
	t.Helper()
	w.padding = nil
	for place := len(w.cards); place%w.size.Cards != 0; place++ {
		w.padding = append(w.padding, w.card(len(w.cards)-1, place))
	}
	var hashes []fr.Element
	for place := range len(w.cards) + len(w.padding) {
		hashes = append(hashes, w.place(place).card().Hash())
	}
	var err error
	if w.tree, err = NewTree(w.size, hashes); err != nil {
		t.Fatal(err)
	}
}

func (w *world) place(n int) Place {
	if n < len(w.cards) {
		return w.cards[n]
	}
	return w.padding[n-len(w.cards)]
}

// batch returns a copy of batch n: a test may change it.
func (w *world) batch(n int) *Batch {
	b := &Batch{
		Size: w.size, Program: w.program, Home: w.home, N: uint64(len(w.cards)), First: uint64(n * w.size.Cards),
		Facts: append([]Sealed(nil), w.facts...), Path: w.tree.Path(n),
	}
	for place := n * w.size.Cards; place < (n+1)*w.size.Cards; place++ {
		p := w.place(place)
		p.Slots = append([]Sealed(nil), p.Slots...)
		b.Places = append(b.Places, p)
	}
	return b
}

// generate returns what a batch determines.
func (b *Batch) generate(t testing.TB) *Result {
	t.Helper()
	r, err := Generate(b)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// halvesOf is the encoding of a document once more: size and digest as one number of 30 bytes.
func halvesOf(c Card) (high, low fr.Element) {
	var b [20]byte
	binary.BigEndian.PutUint32(b[:4], c.Size)
	copy(b[4:], c.Digest[:16])
	high.SetBytes(b[:])
	low.SetBytes(c.Digest[16:])
	return high, low
}
