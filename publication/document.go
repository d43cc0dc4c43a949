package publication

import (
	"errors"
	"maps"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
)

// SetDocument puts a document in the place of the one that a single bundle, or a card's, holds:
// it is judged instead.
func (p *Publication) SetDocument(data []byte) error {
	switch held, isFiles := p.source.(Files); {
	case p.Card != nil && isFiles:
		size, err := p.Deck.Size()
		if err != nil {
			return err
		}
		replaced := maps.Clone(held)
		replaced[bundle.CardDocumentPath(*p.Card, p.Deck.Cards, size.Cards)] = data
		p.source = replaced
	case p.source == nil && len(p.Bundles) == 1:
		b, err := p.Bundles[0].Bundle()
		if err != nil {
			return nil // its verdict says so
		}
		p.source = Files{bundle.DocumentPath(document.CID([]byte(b.Document))): data}
	default:
		return errors.New("a document beside a whole publication is the document of no token")
	}
	return nil
}
