package bundle

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// A Batch is what is published for the cards of one proof. Challenge and value of the
// statement stand in no file: whoever verifies computes them.
type Batch struct {
	Version uint64       `json:"version"`
	Proof   []byte       `json:"proof"`   // 256 bytes
	List    fr.Element   `json:"list"`    // c, public input 2
	First   uint64       `json:"first"`   // the first card's number
	Digests [][32]byte   `json:"digests"` // SHA-256 of the documents of its cards, those below N only
	Sizes   []uint64     `json:"sizes"`   // of the same documents, in bytes
	Roots   []fr.Element `json:"roots"`   // of all places, those behind N too
	Path    []Siblings   `json:"path"`    // from the batch up to the tree's root
}

// Siblings are the nodes beside the one that a path goes through, at one level.
type Siblings struct {
	Nodes []fr.Element `json:"nodes"` // 7, in order, the path's own left out
}

// Marshal writes the batch in its one form.
func (b *Batch) Marshal() ([]byte, error) { return marshal("batch", b) }

// UnmarshalBatch reads a batch of a deck of this size and accepts the form that
// [Batch.Marshal] writes and no other.
func UnmarshalBatch(data []byte, size statement.Size, cards uint64) (*Batch, error) {
	b := new(Batch)
	if err := unmarshalCanonical("batch", data, b); err != nil {
		return nil, err
	}
	if err := b.check(size, cards); err != nil {
		return nil, fmt.Errorf("batch: %w", err)
	}
	return b, nil
}

// MaxDocumentOfDeck bounds a card's document, in bytes: its size has 18 bits.
const MaxDocumentOfDeck = 1<<18 - 1

func (b *Batch) check(size statement.Size, cards uint64) error {
	k := uint64(size.Cards)
	switch {
	case b.Version != Version:
		return fmt.Errorf("$.version: %w", versionError(b.Version))
	case len(b.Proof) != statement.Groth16.ProofBytes():
		return fmt.Errorf("$.proof: %d bytes, a proof has %d", len(b.Proof), statement.Groth16.ProofBytes())
	case b.First%k != 0 || b.First >= cards:
		return fmt.Errorf("$.first: no batch of the deck starts there")
	case uint64(len(b.Digests)) != min(k, cards-b.First):
		return fmt.Errorf("$.digests: got %d, want %d", len(b.Digests), min(k, cards-b.First))
	case len(b.Sizes) != len(b.Digests):
		return fmt.Errorf("$.sizes: got %d, want %d", len(b.Sizes), len(b.Digests))
	case len(b.Roots) != size.Cards:
		return fmt.Errorf("$.roots: got %d, want %d", len(b.Roots), size.Cards)
	case len(b.Path) != size.Depth:
		return fmt.Errorf("$.path: got %d levels, want %d", len(b.Path), size.Depth)
	}
	for i, s := range b.Sizes {
		if s < 1 || s > MaxDocumentOfDeck {
			return fmt.Errorf("$.sizes[%d]: got %d, want 1 to %d", i, s, MaxDocumentOfDeck)
		}
	}
	for i, l := range b.Path {
		if len(l.Nodes) != 7 {
			return fmt.Errorf("$.path[%d].nodes: got %d, want 7", i, len(l.Nodes))
		}
	}
	return nil
}
