package publication

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/genproof/genproof/bundle"
)

// CardBundle returns everything that is published about a card as one file.
func (p *Publication) CardBundle(n uint64) (*bundle.CardBundle, error) {
	if p.Deck == nil {
		return nil, ErrNoDeck
	}
	if n >= p.Deck.Cards {
		return nil, fmt.Errorf("the deck has cards 0 to %d", p.Deck.Cards-1)
	}
	size, err := p.Deck.Size()
	if err != nil {
		return nil, err
	}
	files := deckFiles{p}
	data, err := files.Batch(n / uint64(size.Cards))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("batch %d, which card %d is in, is not published here", n/uint64(size.Cards), n)
	}
	if err != nil {
		return nil, err
	}
	batch, err := bundle.UnmarshalBatch(data, size, p.Deck.Cards)
	if err != nil {
		return nil, err
	}
	if data, err = files.Card(n); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("what opens card %d is not published here: its deck is sealed until the reveal", n)
	}
	if err != nil {
		return nil, err
	}
	card, err := bundle.UnmarshalCard(data)
	if err != nil {
		return nil, err
	}
	document, err := files.Document(n)
	if err != nil {
		return nil, err
	}
	return bundle.NewCardBundle(p.Deck, batch, card, document, p.Key.Bytes()), nil
}

// isCardBundle reports whether a file is what [Publication.CardBundle] writes. It decides only
// what to read it as.
func isCardBundle(data []byte) bool {
	head := data[:min(len(data), 64)]
	return bytes.Contains(head, []byte(`"version"`)) && bytes.Contains(head, []byte(`"description": {`))
}

// oneCard opens a card's bundle as the publication that it is a part of. Card is its number, for
// whoever judges it.
func oneCard(data []byte, t Trust) (*Publication, error) {
	c, err := bundle.UnmarshalCardBundle(data)
	if err != nil {
		return nil, err
	}
	files, err := c.Files()
	if err != nil {
		return nil, err
	}
	if t.Deck != nil && t.Deck.Commitments != c.Description.Commitments {
		return nil, ErrOtherDeck
	}
	p, err := Read(Files(files), t)
	if err == nil {
		p.Card = &c.Card.Card
	}
	return p, err
}
