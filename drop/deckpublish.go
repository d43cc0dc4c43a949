package drop

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/deck"
)

// Documents is when the deck's documents are published: bundle.Open or bundle.Sealed.
func (d *Deck) Documents() string { return d.public.Documents }

// places returns the public part of all places of a batch.
func (d *Deck) places(n int) []deck.Card {
	size := d.definition.size
	list := make([]deck.Card, 0, size.Cards)
	for place := n * size.Cards; place < (n+1)*size.Cards; place++ {
		if place < len(d.cards) {
			list = append(list, d.cards[place].file)
		} else {
			list = append(list, d.padding[place-len(d.cards)])
		}
	}
	return list
}

// Statement is what the proof of batch n says.
func (d *Deck) Statement(n int) (deck.Statement, error) {
	first := uint64(n * d.definition.size.Cards)
	return deck.NewStatement(d.definition.size, d.Model, d.public.Commitments.Policy, deck.Range{
		First: first, N: uint64(len(d.cards)), Home: d.public.Home.Element(), Cards: d.places(n),
	})
}

// PublishBatch is what is published of batch n with its proof.
func (d *Deck) PublishBatch(n int, list fr.Element, proof []byte) *bundle.Batch {
	first := n * d.definition.size.Cards
	b := &bundle.Batch{Version: bundle.Version, Proof: proof, List: list, First: uint64(first)}
	for i, c := range d.places(n) {
		b.Roots = append(b.Roots, c.Root)
		if first+i < len(d.cards) {
			b.Digests, b.Sizes = append(b.Digests, c.Digest), append(b.Sizes, uint64(c.Size))
		}
	}
	for _, level := range d.tree.Path(n) {
		b.Path = append(b.Path, bundle.Siblings{Nodes: level[:]})
	}
	return b
}
