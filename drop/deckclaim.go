package drop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/deck"
	rules "github.com/genproof/genproof/circuits/rule"
)

// RuleFile is how faults name the text of a claim's rule.
const RuleFile = "the rule"

// CompileRule compiles the rule of a claim about a card of a described deck: the language and
// its limits are a policy's.
func CompileRule(d *bundle.Deck, text string) (*Policy, error) {
	size, err := d.Size()
	if err != nil {
		return nil, err
	}
	return CompilePolicy(RuleFile, text, &Schema{Size: size, Deck: d})
}

// Rule compiles the rule of a claim about a card of this deck, and returns its published form.
func (d *Deck) Rule(text string) (*Policy, bundle.Program, error) {
	p, err := CompileRule(&d.public, text)
	if err != nil {
		return nil, bundle.Program{}, err
	}
	published, err := bundle.ProgramOf(p.Program, d.public.Infos(), p.Texts)
	return p, published, err
}

// Claim returns all that the prover needs for a claim about a card, hidden values included.
func (d *Deck) Claim(n int, p *Policy, context fr.Element) (*rules.Claim, error) {
	if err := d.checkCard(n); err != nil {
		return nil, err
	}
	size := d.definition.size
	place := d.place(n)
	return &rules.Claim{
		Size: size, Program: p.Program, Home: d.public.Home.Element(), N: uint64(len(d.cards)), Card: uint64(n),
		Slots: place.Slots, Digest: place.Digest, Bytes: place.Size,
		Batch: d.hashes(n / size.Cards), Path: d.tree.Path(n / size.Cards), Facts: d.sealedFacts(), Context: context,
	}, nil
}

func (d *Deck) checkCard(n int) error {
	if n < 0 || n >= len(d.cards) {
		return fmt.Errorf("there is no card %d: the deck has cards 0 to %d", n, len(d.cards)-1)
	}
	return nil
}

// hashes are those of all places of a batch.
func (d *Deck) hashes(batch int) []fr.Element {
	places := d.places(batch)
	list := make([]fr.Element, len(places))
	for i, c := range places {
		list[i] = c.Hash()
	}
	return list
}

// Disclose opens attributes of a card, by their names, and no others.
func (d *Deck) Disclose(n int, names []string) (*bundle.Disclosure, error) {
	if err := d.checkCard(n); err != nil {
		return nil, err
	}
	size := d.definition.size
	chosen, err := choose(d.public.BySlot()[:size.CardSlots()], names, "of a card")
	if err != nil {
		return nil, err
	}
	c, batch := &d.cards[n], n/size.Cards
	out := d.disclosure(d.open(uint64(n), 0, c.slots, c.texts, chosen))
	out.Card = &bundle.DisclosedCard{
		Number: uint64(n), Digest: c.file.Digest, Size: uint64(c.file.Size),
		Beside: slices.Delete(d.hashes(batch), n%size.Cards, n%size.Cards+1), Facts: d.factsRoot(),
	}
	for _, level := range d.tree.Path(batch) {
		out.Card.Path = append(out.Card.Path, bundle.Siblings{Nodes: level[:]})
	}
	return out, nil
}

// DiscloseFacts opens facts of the deck, by their names, and no others.
func (d *Deck) DiscloseFacts(names []string) (*bundle.Disclosure, error) {
	first := d.definition.size.CardSlots()
	chosen, err := choose(d.public.BySlot()[first:], names, "of the deck's facts")
	if err != nil {
		return nil, err
	}
	out := d.disclosure(d.open(factsCard, first, d.facts, d.factTexts(), chosen))
	tree := d.tree.Root()
	out.Tree = &tree
	return out, nil
}

func (d *Deck) disclosure(o bundle.DeckOpenings) *bundle.Disclosure {
	return &bundle.Disclosure{Version: bundle.Version, Kind: bundle.KindDisclosure, Model: d.Model, Shown: o.Shown, Absent: o.Absent, Hidden: o.Hidden}
}

func (d *Deck) factsRoot() fr.Element {
	facts := d.sealedFacts()
	leaves := make([]fr.Element, len(facts))
	for i, f := range facts {
		leaves[i] = f.Leaf()
	}
	return deck.FactsRoot(leaves)
}

// choose returns which slots have these names: NAME, or SECTION.NAME where a trait and a claim
// share one.
func choose(attributes []*bundle.DeckAttribute, names []string, whose string) ([]bool, error) {
	chosen := make([]bool, len(attributes))
	for _, name := range names {
		var found []int
		var known []string
		for i, a := range attributes {
			if a == nil {
				continue
			}
			full := a.Section + "." + a.Name
			if known = append(known, full); a.Name == name || full == name {
				found = append(found, i)
			}
		}
		switch {
		case len(found) == 0:
			return nil, fmt.Errorf("none %s is %.80q: there are %s", whose, name, strings.Join(known, ", "))
		case len(found) > 1:
			return nil, fmt.Errorf("more than one %s is %.80q: write trait.%s or claim.%s", whose, name, name, name)
		}
		chosen[found[0]] = true
	}
	return chosen, nil
}
