package drop

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/sync/errgroup"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
)

// factsCard is the card number that salts of facts are derived with: no card has it.
const factsCard = math.MaxUint64

// commit computes roots, tree, model and policy, and completes what is published.
func (d *Deck) commit(ctx context.Context) (err error) {
	if err := d.sealCards(ctx); err != nil {
		return err
	}
	hashes := make([]fr.Element, 0, len(d.cards)+len(d.padding))
	for i := range d.cards {
		hashes = append(hashes, d.cards[i].file.Hash())
	}
	for _, c := range d.padding {
		hashes = append(hashes, c.Hash())
	}
	if d.tree, err = deck.NewTree(d.definition.size, hashes); err != nil {
		return fmt.Errorf("committing to the deck: %w", err)
	}
	d.public.Facts = d.openFacts()
	leaves, err := d.public.OpenFacts()
	if err != nil {
		return fmt.Errorf("committing to the deck: %w", err)
	}
	d.Model = deck.Model(d.definition.size, d.public.Schema(), d.public.Home.Element(), uint64(len(d.cards)), d.tree.Root(), deck.FactsRoot(leaves.Leaves))
	d.public.Commitments.Model = d.Model
	d.public.Policy = d.Policy.Text
	if d.public.Commitments.Policy, err = d.Policy.Program.Commitment(d.definition.size); err != nil {
		return fmt.Errorf("committing to the policy: %w", err)
	}
	d.public.Program, err = bundle.ProgramOf(d.Policy.Program, d.public.Infos(), d.Policy.Texts)
	return err
}

// sealCards computes the root of every card, and of the places behind the last one.
func (d *Deck) sealCards(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	const stride = 64
	for first := 0; first < len(d.cards); first += stride {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			for i := first; i < min(first+stride, len(d.cards)); i++ {
				d.cards[i].file.Root = attribute.Root(d.leaves(i, d.cards[i].slots))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("committing to the cards: %w", err)
	}
	last := d.cards[len(d.cards)-1]
	for place := len(d.cards); place%d.definition.size.Cards != 0; place++ {
		c := last.file
		c.Root = attribute.Root(d.leaves(place, last.slots))
		d.padding = append(d.padding, c)
	}
	return nil
}

// leaves returns the salted leaves of a place's slots.
func (d *Deck) leaves(place int, slots []attribute.Slot) []fr.Element {
	leaves := make([]fr.Element, len(slots))
	for i, s := range slots {
		leaves[i] = attribute.Leaf(s, deck.Salt(d.blind, uint64(place), i, s))
	}
	return leaves
}

// openFacts opens the shown facts.
func (d *Deck) openFacts() bundle.DeckOpenings {
	first := d.definition.size.CardSlots()
	attributes := d.public.BySlot()[first:]
	return d.open(factsCard, first, d.facts, d.factTexts(), shownOf(attributes))
}

// OpenCard returns what is published about a card: its shown attributes opened, the others closed.
func (d *Deck) OpenCard(n int) *bundle.Card {
	c := &d.cards[n]
	attributes := d.public.BySlot()[:d.definition.size.CardSlots()]
	return &bundle.Card{Version: bundle.Version, Card: uint64(n), DeckOpenings: d.open(uint64(n), 0, c.slots, c.texts, shownOf(attributes))}
}

// factTexts are the facts' values in canonical form.
func (d *Deck) factTexts() []string {
	texts := make([]string, d.definition.size.Facts)
	for i, f := range d.definition.facts {
		texts[i] = f.text
	}
	return texts
}

// shownOf says which slots are published.
func shownOf(attributes []*bundle.DeckAttribute) []bool {
	shown := make([]bool, len(attributes))
	for i, a := range attributes {
		shown[i] = a != nil && a.Visibility == bundle.Shown
	}
	return shown
}

// open opens those of the slots from first on that are chosen, and no others.
func (d *Deck) open(place uint64, first int, slots []attribute.Slot, texts []string, chosen []bool) bundle.DeckOpenings {
	o := bundle.DeckOpenings{Shown: []bundle.Opening{}, Absent: []bundle.Salt{}, Hidden: []bundle.Leaf{}}
	for i, s := range slots {
		slot, salt := uint64(first+i), deck.Salt(d.blind, place, first+i, s)
		switch {
		case !chosen[i]:
			o.Hidden = append(o.Hidden, bundle.Leaf{Slot: slot, Leaf: attribute.Leaf(s, salt)})
		case !s.Present:
			o.Absent = append(o.Absent, bundle.Salt{Slot: slot, Salt: salt})
		default:
			o.Shown = append(o.Shown, bundle.Opening{Slot: slot, Value: texts[i], Salt: salt})
		}
	}
	return o
}

// Description is all that is public about the deck besides batches and cards.
func (d *Deck) Description(key bundle.Key) *bundle.Deck {
	public := d.public
	public.Key = key
	return &public
}

// Batch returns all that the prover needs for batch n, hidden values included.
func (d *Deck) Batch(n int) *deck.Batch {
	size := d.definition.size
	b := &deck.Batch{
		Size: size, Program: d.Policy.Program, Home: d.public.Home.Element(), N: uint64(len(d.cards)), First: uint64(n * size.Cards),
		Path: d.tree.Path(n),
	}
	b.Facts = d.sealedFacts()
	for place := n * size.Cards; place < (n+1)*size.Cards; place++ {
		b.Places = append(b.Places, d.place(place))
	}
	return b
}

// sealedFacts are the deck's facts with their salts.
func (d *Deck) sealedFacts() []deck.Sealed {
	list := make([]deck.Sealed, len(d.facts))
	for i, s := range d.facts {
		list[i] = deck.Sealed{Slot: s, Salt: deck.Salt(d.blind, factsCard, d.definition.size.CardSlots()+i, s)}
	}
	return list
}

// place returns a place of a batch: a card, or behind the last one that card's attributes and
// document under salts of the place's own.
func (d *Deck) place(n int) deck.Place {
	c := d.cards[min(n, len(d.cards)-1)]
	p := deck.Place{Digest: c.file.Digest, Size: c.file.Size}
	for i, s := range c.slots {
		p.Slots = append(p.Slots, deck.Sealed{Slot: s, Salt: deck.Salt(d.blind, uint64(n), i, s)})
	}
	return p
}
