package bundle

import (
	"fmt"

	"github.com/genproof/genproof/bundle/strictjson"
)

// A CardBundle is everything that is published about one card, in one file: what it takes to
// check that card without the rest of its deck.
type CardBundle struct {
	Version     uint64   `json:"version"`
	Description Deck     `json:"description"`
	Batch       Batch    `json:"batch"`
	Card        cardFile `json:"card"`
	Document    []byte   `json:"document"` // the exact bytes
	Key         []byte   `json:"verifying_key"`
}

// MaxCardBundle bounds a card's bundle, in bytes.
const MaxCardBundle = 4 << 20

// NewCardBundle puts the parts together.
func NewCardBundle(d *Deck, b *Batch, c *Card, document, key []byte) *CardBundle {
	return &CardBundle{Version, *d, *b, cardFile{c.Version, c.Card, c.Shown, c.Absent, c.Hidden}, document, key}
}

// Marshal writes the bundle.
func (c *CardBundle) Marshal() ([]byte, error) {
	data, err := strictjson.Marshal(c)
	if err == nil && len(data) > MaxCardBundle {
		err = fmt.Errorf("%d bytes, at most %d are allowed", len(data), MaxCardBundle)
	}
	if err != nil {
		return nil, fmt.Errorf("card's bundle: %w", err)
	}
	return data, nil
}

// UnmarshalCardBundle reads a bundle. Its parts are not judged: they are what a publication's
// files are, see [CardBundle.Files].
func UnmarshalCardBundle(data []byte) (*CardBundle, error) {
	c := new(CardBundle)
	if err := strictjson.Unmarshal(data, c, MaxCardBundle); err != nil {
		return nil, fmt.Errorf("card's bundle: %w", err)
	}
	if c.Version != Version {
		return nil, fmt.Errorf("card's bundle: $.version: %w", versionError(c.Version))
	}
	if err := c.Description.Validate(); err != nil {
		return nil, err
	}
	return c, nil
}

// Files returns the publication that the bundle is a part of, by path.
func (c *CardBundle) Files() (map[string][]byte, error) {
	size, err := c.Description.Size()
	if err != nil {
		return nil, err
	}
	n := c.Card.Card
	files := map[string][]byte{CardDocumentPath(n, c.Description.Cards, size.Cards): c.Document, KeyFile: c.Key}
	for name, part := range map[string]interface{ Marshal() ([]byte, error) }{
		DescriptionFile:                   &c.Description,
		BatchPath(n / uint64(size.Cards)): &c.Batch,
		CardPath(n):                       &Card{c.Card.Version, n, DeckOpenings{c.Card.Shown, c.Card.Absent, c.Card.Hidden}},
	} {
		if files[name], err = part.Marshal(); err != nil {
			return nil, err
		}
	}
	return files, nil
}
