package bundle

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
)

// A Disclosure opens some slots of one card of a deck, or some of its facts, and no others. It
// needs no proof: it leads from the opened slots to the deck's commitment. FORMAT.md, section
// 17, is normative.
type Disclosure struct {
	Version uint64         `json:"version"`
	Kind    string         `json:"kind"` // KindDisclosure
	Model   fr.Element     `json:"model"`
	Card    *DisclosedCard `json:"card,omitempty"`  // nil: facts are disclosed
	Token   *CardToken     `json:"token,omitempty"` // that shows the card, if who discloses says so
	Tree    *fr.Element    `json:"tree,omitempty"`  // the root of all cards, if facts are disclosed
	Shown   []Opening      `json:"shown"`
	Absent  []Salt         `json:"absent"` // slots that are shown to hold nothing
	Hidden  []Leaf         `json:"hidden"` // all other slots of the card, or of the facts
}

// A DisclosedCard is where a card stands.
type DisclosedCard struct {
	Number uint64       `json:"number"`
	Digest [32]byte     `json:"digest"` // SHA-256 of its document
	Size   uint64       `json:"size"`   // of the document, in bytes
	Beside []fr.Element `json:"beside"` // the hashes of the other cards of its batch, in order
	Path   []Siblings   `json:"path"`   // as a batch has it
	Facts  fr.Element   `json:"facts"`  // the root of the deck's facts
}

// A CardToken is the token of a contract that shows a card. Nothing in a disclosure proves it: its
// reader asks the contract.
type CardToken struct {
	ChainID  uint64   `json:"chain_id"`
	Contract [20]byte `json:"contract"`
	ID       uint64   `json:"id"`
}

// Marshal writes the disclosure in its one form.
func (d *Disclosure) Marshal() ([]byte, error) { return marshal(KindDisclosure, d) }

// UnmarshalDisclosure reads a disclosure and accepts the form that [Disclosure.Marshal] writes
// and no other.
func UnmarshalDisclosure(data []byte) (*Disclosure, error) {
	d := new(Disclosure)
	if err := unmarshalCanonical(KindDisclosure, data, d); err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, fmt.Errorf("disclosure: %w", err)
	}
	return d, nil
}

func (d *Disclosure) check() error {
	switch {
	case d.Version != Version:
		return fmt.Errorf("$.version: %w", versionError(d.Version))
	case d.Kind != KindDisclosure:
		return fmt.Errorf("$.kind: got %.40q, want %q", d.Kind, KindDisclosure)
	case (d.Card == nil) == (d.Tree == nil):
		return errors.New("$.card: want a card, or for facts a tree")
	case d.Token != nil && d.Card == nil:
		return errors.New("$.token: facts have none")
	case d.Token != nil && (d.Token.ChainID == 0 || d.Token.Contract == [20]byte{}):
		return errors.New("$.token: want a chain and a contract")
	case len(d.Shown)+len(d.Absent) == 0:
		return errors.New("$.shown: nothing is opened")
	case d.Card != nil && (d.Card.Size < 1 || d.Card.Size > MaxDocumentOfDeck):
		return fmt.Errorf("$.card.size: got %d, want 1 to %d", d.Card.Size, MaxDocumentOfDeck)
	}
	return nil
}

// A Disclosed attribute is one that a disclosure opens.
type Disclosed struct {
	Attribute *DeckAttribute
	Present   bool
	Value     string // in canonical form
}

// ErrOtherModel says that a disclosure does not lead to the deck's commitment.
var ErrOtherModel = errors.New("it does not lead to the deck's commitment")

// Open checks the disclosure against a valid description of its deck, and returns what it
// opens, in the order of the slots.
func (d *Disclosure) Open(desc *Deck) ([]Disclosed, error) {
	size, err := desc.Size()
	if err != nil {
		return nil, err
	}
	attributes, first := desc.BySlot()[:size.CardSlots()], 0
	if d.Card == nil {
		attributes, first = desc.BySlot()[size.CardSlots():], size.CardSlots()
	}
	openings := DeckOpenings{d.Shown, d.Absent, d.Hidden}
	values, err := openings.OpenChosen(attributes, first)
	if err != nil {
		return nil, err
	}
	model, err := d.model(desc, size, values.Leaves)
	if err != nil {
		return nil, err
	}
	if model != desc.Commitments.Model {
		return nil, ErrOtherModel
	}
	var opened []Disclosed
	for i, a := range attributes {
		if values.Opened[i] {
			opened = append(opened, Disclosed{a, values.Shown[i].Present, values.Texts[i]})
		}
	}
	return opened, nil
}

// model is the commitment of the deck that the slots are of.
func (d *Disclosure) model(desc *Deck, size statement.Size, leaves []fr.Element) (fr.Element, error) {
	schema, home := desc.Schema(), desc.Home.Element()
	if d.Card == nil {
		return deck.Model(size, schema, home, desc.Cards, *d.Tree, deck.FactsRoot(leaves)), nil
	}
	tree, err := d.Card.tree(size, desc.Cards, attribute.Root(leaves))
	if err != nil {
		return fr.Element{}, err
	}
	return deck.Model(size, schema, home, desc.Cards, tree, d.Card.Facts), nil
}

// tree is the root of all cards, if the one with this root is where it is said to stand.
func (c *DisclosedCard) tree(size statement.Size, cards uint64, root fr.Element) (fr.Element, error) {
	k := uint64(size.Cards)
	switch {
	case c.Number >= cards:
		return fr.Element{}, fmt.Errorf("card %d: the deck has cards 0 to %d", c.Number, cards-1)
	case len(c.Beside) != size.Cards-1:
		return fr.Element{}, fmt.Errorf("%d cards beside it, want %d", len(c.Beside), size.Cards-1)
	case len(c.Path) != size.Depth:
		return fr.Element{}, fmt.Errorf("the path has %d levels, want %d", len(c.Path), size.Depth)
	}
	own := deck.Card{Root: root, Digest: c.Digest, Size: uint32(c.Size)}.Hash()
	at := c.Number % k
	batch := append(append(append(make([]fr.Element, 0, k), c.Beside[:at]...), own), c.Beside[at:]...)
	path := make([]deck.Siblings, len(c.Path))
	for i, l := range c.Path {
		if len(l.Nodes) != len(path[i]) {
			return fr.Element{}, fmt.Errorf("level %d of the path has %d nodes, want %d", i, len(l.Nodes), len(path[i]))
		}
		copy(path[i][:], l.Nodes)
	}
	return deck.RootOf(size, int(c.Number/k), deck.BatchHash(batch), path)
}
