// Package deck is the statement of a deck: a committed list of cards, proven in batches.
//
//	salt  = Hash(salts, blind, place, slot, value, present)
//	root  = Hash(root, leaves)                                  a card's attributes, SPEC §3.2
//	card  = Hash(card, root, high, low)                         high = size·2^128 + digest's high half
//	batch = Hash(batch, cards)                                  k of them
//	node  = Hash(node, eight children)                          0 where there is no batch
//	facts = Hash(facts, leaves)
//	model = Hash(deck-SIZE, schema, home, N, tree, facts)
//	list  = Hash(list, first, halves, N, home, roots)           SPEC §5
//
// A proof says that the k cards at a place of the deck have the documents and roots behind
// list, and that a policy holds for each of them with the deck's facts. [Generate] is the
// native rule, [Circuit] are its constraints.
package deck

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// MaxSize is the most bytes of a document: 18 bits hold their number.
const MaxSize = 1<<18 - 1

// A Card is the public part of one place of a batch.
type Card struct {
	Root   fr.Element
	Digest [32]byte // the SHA-256 of the document's bytes
	Size   uint32   // their number, 1 to MaxSize
}

// Halves returns the two elements that stand for a document: its size and the high 128 bits of
// its digest, and the low ones.
func (c Card) Halves() (high, low fr.Element) {
	var b [32]byte
	binary.BigEndian.PutUint32(b[12:16], c.Size)
	copy(b[16:], c.Digest[:16])
	high.SetBytes(b[:])
	low.SetBytes(c.Digest[16:])
	return high, low
}

// Hash commits to the card.
func (c Card) Hash() fr.Element {
	high, low := c.Halves()
	return poseidon.Hash(poseidon.Card, c.Root, high, low)
}

// Salt returns the salt of a slot: equal input has an equal salt, and a value that was
// corrected an unrelated one. place is the card's number, or that of a place behind the last
// card; slots of facts have a place of their own.
func Salt(blind fr.Element, place uint64, slot int, s attribute.Slot) fr.Element {
	var present fr.Element
	if s.Present {
		present.SetOne()
	}
	return poseidon.Hash(poseidon.Salts, blind, fr.NewElement(place), fr.NewElement(uint64(slot)), s.Value, present)
}

// FactsRoot commits to a deck's facts, by their salted leaves.
func FactsRoot(leaves []fr.Element) fr.Element { return poseidon.Hash(poseidon.Facts, leaves...) }

// tagOf is the domain of a deck's commitment: each size has its own.
func tagOf(size statement.Size) poseidon.Tag {
	switch size.Name {
	case statement.DeckSmall.Name:
		return poseidon.DeckSmall
	case statement.DeckStandard.Name:
		return poseidon.DeckStandard
	case statement.DeckLarge.Name:
		return poseidon.DeckLarge
	}
	panic("deck: there are no decks of size " + size.Name)
}

// Model returns a deck's commitment. schema is the element that the policy commits to as well,
// home who may sell it, below 2^160, n the number of its cards.
func Model(size statement.Size, schema, home fr.Element, n uint64, tree, facts fr.Element) fr.Element {
	return poseidon.Hash(tagOf(size), schema, home, fr.NewElement(n), tree, facts)
}

// BatchHash commits to the cards of a batch, by their hashes.
func BatchHash(cards []fr.Element) fr.Element { return poseidon.Hash(poseidon.Batch, cards...) }

// NodeHash commits to the children of a node.
func NodeHash(children [8]fr.Element) fr.Element { return poseidon.Hash(poseidon.Node, children[:]...) }

// A Tree is the tree over a deck's batches: level 0 are the batches, and every node has eight
// children.
type Tree struct {
	levels [][]fr.Element
	depth  int
}

// NewTree returns the tree of whole batches of cards, by their hashes.
func NewTree(size statement.Size, cards []fr.Element) (*Tree, error) {
	k := size.Cards
	if len(cards) == 0 || len(cards)%k != 0 || uint64(len(cards)) > size.MaxCards() {
		return nil, fmt.Errorf("deck: %d places, want batches of %d and at most %d", len(cards), k, size.MaxCards())
	}
	var level []fr.Element
	for ; len(cards) > 0; cards = cards[k:] {
		level = append(level, BatchHash(cards[:k]))
	}
	t := &Tree{levels: [][]fr.Element{level}, depth: size.Depth}
	for range size.Depth {
		var next []fr.Element
		for ; len(level) > 0; level = level[min(8, len(level)):] {
			var children [8]fr.Element
			copy(children[:], level)
			next = append(next, NodeHash(children))
		}
		t.levels, level = append(t.levels, next), next
	}
	return t, nil
}

// Root commits to all batches.
func (t *Tree) Root() fr.Element { return t.levels[t.depth][0] }

// Siblings are the nodes beside the one that a path goes through, in order.
type Siblings [7]fr.Element

// Path returns what stands beside batch n, from the batch up.
func (t *Tree) Path(n int) []Siblings {
	path := make([]Siblings, t.depth)
	for l := range path {
		first, at := n&^7, n&7
		for i, j := 0, 0; i < 8; i++ {
			if i == at {
				continue
			}
			if first+i < len(t.levels[l]) {
				path[l][j] = t.levels[l][first+i]
			}
			j++
		}
		n >>= 3
	}
	return path
}

// Children returns the eight children that a node at a place (0 to 7) and its siblings are.
func (s Siblings) Children(node fr.Element, at int) [8]fr.Element {
	var all [8]fr.Element
	copy(all[:at], s[:at])
	all[at] = node
	copy(all[at+1:], s[at:])
	return all
}

// RootOf returns the root of the tree in which batch n has a hash and a path.
func RootOf(size statement.Size, n int, batch fr.Element, path []Siblings) (fr.Element, error) {
	if len(path) != size.Depth || n < 0 || n>>(3*size.Depth) != 0 {
		return fr.Element{}, errors.New("deck: the path is not of a batch of the tree")
	}
	node := batch
	for _, s := range path {
		children := s.Children(node, n&7)
		node = NodeHash(children)
		n >>= 3
	}
	return node, nil
}
