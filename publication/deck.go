package publication

import (
	"context"
	"crypto/sha256"
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
		Attestations: p.Attestations, Attest: p.attest,
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

// Batch returns a published batch in its checked form; fs.ErrNotExist if it is not published.
func (p *Publication) Batch(n uint64) (*bundle.Batch, error) {
	data, err := deckFiles{p}.Batch(n)
	if err != nil {
		return nil, err
	}
	size, err := p.Deck.Size()
	if err != nil {
		return nil, err
	}
	return bundle.UnmarshalBatch(data, size, p.Deck.Cards)
}

// CardDocument returns the document that a token's URI names, ipfs://DIRECTORY/NUMBER.json, if
// the publication holds it: the directory must be the one that the group's batches give, and the
// document the one that its batch has the digest of.
func (p *Publication) CardDocument(uri string) ([]byte, error) {
	if p.Deck == nil {
		return nil, ErrNoDeck
	}
	number, g, err := p.addressed(uri)
	if err != nil {
		return nil, err
	}
	document, err := deckFiles{p}.Document(number)
	if err != nil {
		return nil, err
	}
	if sha256.Sum256(document) != g.digests[number-g.first] {
		return nil, fmt.Errorf("the document of card %d is another than its batch has the digest of", number)
	}
	return document, nil
}

// Directory returns the SHA-256 of the directory of a group's documents, from the published
// batches; fs.ErrNotExist if one of them is not published.
func (p *Publication) Directory(number uint64) (digest [32]byte, err error) {
	if p.Deck == nil {
		return digest, ErrNoDeck
	}
	size, err := p.Deck.Size()
	if err != nil {
		return digest, err
	}
	first := number * uint64(size.Cards) * bundle.GroupBatches
	if number > p.Deck.Cards || first >= p.Deck.Cards {
		return digest, fmt.Errorf("the deck has no group %d", number)
	}
	g, err := p.groupOf(first)
	if err != nil {
		return digest, err
	}
	return bundle.DirectoryDigest(g.first, p.Deck.Cards, g.digests, g.sizes), nil
}

// A group is what one directory lists.
type group struct {
	first   uint64 // its first card
	digests [][32]byte
	sizes   []uint64
}

// groupOf returns a card's group, from the published batches.
func (p *Publication) groupOf(card uint64) (*group, error) {
	size, err := p.Deck.Size()
	if err != nil {
		return nil, err
	}
	k := uint64(size.Cards)
	n := card / (k * bundle.GroupBatches) * bundle.GroupBatches
	g := &group{first: n * k}
	for end := n + bundle.GroupBatches; n < end && n*k < p.Deck.Cards; n++ {
		b, err := p.Batch(n)
		if err != nil {
			return nil, err
		}
		if b.First != n*k {
			return nil, fmt.Errorf("batch %d: it is another batch's file", n)
		}
		g.digests, g.sizes = append(g.digests, b.Digests...), append(g.sizes, b.Sizes...)
	}
	return g, nil
}
