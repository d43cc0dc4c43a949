package publication

import (
	"context"
	"fmt"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/verifier"
)

// circuit names the circuit of the publication.
func (p *Publication) circuit() string {
	if p.Deck != nil {
		return p.Deck.Circuit
	}
	return p.Description.Circuit
}

func (t *Trust) pins() []circuits.KeyPin {
	if t.Pinned != nil {
		return t.Pinned
	}
	return circuits.Keys()
}

// isPinned reports whether the verifying key is known for the circuit.
func (p *Publication) isPinned() bool {
	return circuits.IsPinned(p.pinned, p.circuit(), p.Key.Digest())
}

// isVerified reports whether the reader has verified the verifying key's ceremony.
func (p *Publication) isVerified() bool {
	return circuits.IsPinned(p.verified, p.circuit(), p.Key.Digest())
}

// JudgeDeck verifies the cards of a deck, nil for all of them, or for the one that a card's bundle is about: the description against its own
// commitments, the proofs of their batches, their openings and documents.
func (p *Publication) JudgeDeck(ctx context.Context, cards []uint64) (*verifier.DeckReport, error) {
	if p.Deck == nil {
		return nil, fmt.Errorf("verifying: %w", ErrNoDeck)
	}
	if cards == nil && p.Card != nil {
		cards = []uint64{*p.Card}
	}
	r, err := verifier.VerifyDeck(ctx, p.Deck, deckFiles{p}, verifier.DeckOptions{
		Key: p.Key, KeyProvenance: p.KeyProvenance(ctx), Pinned: p.isPinned(), Verified: p.isVerified(), Cards: cards,
	})
	if err != nil {
		return nil, err
	}
	if p.policyText != nil && string(p.policyText) != p.Deck.Policy {
		r.Verdict, r.Reason = verifier.Rejected, "policy.cel has another text than the deck's description"
	}
	return r, nil
}

// deckFiles finds a deck's files in a publication.
type deckFiles struct{ p *Publication }

func (f deckFiles) Batch(n uint64) ([]byte, error) {
	return f.p.source.Read(bundle.BatchPath(n), bundle.MaxBytes)
}

func (f deckFiles) Card(n uint64) ([]byte, error) {
	return f.p.source.Read(bundle.CardPath(n), bundle.MaxBytes)
}

func (f deckFiles) Document(n uint64) ([]byte, error) {
	size, err := f.p.Deck.Size()
	if err != nil {
		return nil, err
	}
	return f.p.source.Read(bundle.CardDocumentPath(n, f.p.Deck.Cards, size.Cards), bundle.MaxDocumentOfDeck)
}
