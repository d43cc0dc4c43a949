package chain

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/assignment"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/key"
)

// A DeckAloneReport is what a deck's chain tells without its publication.
type DeckAloneReport struct {
	DeckCheckReport
	Groups map[uint64]*Group // whose transactions were seen, without roots and paths
	Proofs int               // of batches, that the contract has accepted, and that hold in Go too
}

// CheckDeckAlone checks a deck's contract from its chain: code, constructor, key, every group as
// the transaction that admitted it brings it, with all proofs, the assignment, and tokens. What a
// document holds, and the deck behind the commitments, no chain tells.
func (c *Client) CheckDeckAlone(ctx context.Context, contract common.Address, tokens []uint64) (*DeckAloneReport, error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	r := &DeckAloneReport{DeckCheckReport: DeckCheckReport{Status: s}}
	r.checkCode()
	o := DeckCheckOptions{Deck: s.deck(), Tokens: tokens}
	for _, step := range []func(context.Context, *DeckCheckReport, DeckCheckOptions) error{c.checkDeckEvents, c.checkDeckOrigin, c.checkReveal, c.checkCards} {
		if err := step(ctx, &r.DeckCheckReport, o); err != nil {
			return nil, err
		}
	}
	if r.Groups, err = c.admittedGroups(ctx, s); err != nil {
		return nil, err
	}
	if n := s.Admitted() - len(r.Groups); n > 0 {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("the documents' digests and the proofs of %d groups: their transactions were not sent to the contract itself, or the node does not know them", n))
	}
	if n := len(s.Directories) - s.Admitted(); n > 0 {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("%d of %d groups: the contract does not have them yet", n, len(s.Directories)))
	}
	return r, r.verify(ctx)
}

// verify verifies the proofs of all groups that were seen.
func (r *DeckAloneReport) verify(ctx context.Context) error {
	if r.Status.Key == nil {
		return nil
	}
	var batches []*bundle.Batch
	var inputs [][]fr.Element
	var proofs [][]byte
	for i := range r.Status.Directories {
		g := r.Groups[uint64(i)]
		if g == nil {
			continue
		}
		for _, b := range g.Batches {
			in, err := r.Status.inputsOf(b)
			if err != nil {
				r.fault(true, "group %d: %v", i, err)
				return nil
			}
			batches, inputs, proofs = append(batches, b), append(inputs, in), append(proofs, b.Proof)
		}
	}
	errs, err := key.CheckAll(ctx, r.Status.Key, inputs, proofs)
	if err != nil {
		return err
	}
	for i, err := range errs {
		if r.fault(err != nil, "the proof of the batch of card %d does not verify", batches[i].First); err == nil {
			r.Proofs++
		}
	}
	return nil
}

// Digest returns the SHA-256 and size of a card's document, if its group was seen.
func (r *DeckAloneReport) Digest(card uint64) (digest [32]byte, size uint64, ok bool) {
	k := uint64(r.Status.Terms.Batch)
	if k == 0 || card >= uint64(r.Status.Terms.Cards) {
		return digest, 0, false
	}
	g := r.Groups[card/(k*bundle.GroupBatches)]
	if g == nil {
		return digest, 0, false
	}
	b := g.Batches[card/k%bundle.GroupBatches]
	return b.Digests[card%k], b.Sizes[card%k], true
}

// CardsWith returns the cards whose document has this SHA-256 and size, ascending.
func (r *DeckAloneReport) CardsWith(digest [32]byte, size uint64) (cards []uint64) {
	for card := range uint64(r.Status.Terms.Cards) {
		if d, n, ok := r.Digest(card); ok && d == digest && n == size {
			cards = append(cards, card)
		}
	}
	return cards
}

// Token asks the contract which card a token shows, and compares it with what is computed here. The
// assignment must be drawn.
func (c *Client) Token(ctx context.Context, s *DeckStatus, id uint64) (TokenCard, error) {
	return c.tokenCard(ctx, s, s.deck(), id)
}

// deck is all that a contract tells of its deck.
func (s *DeckStatus) deck() *bundle.Deck {
	d := &bundle.Deck{Cards: uint64(s.Terms.Cards), FirstID: s.Terms.FirstId, Assignment: bundle.Fixed}
	if s.Permuted() {
		d.Assignment = bundle.Permuted
	}
	d.Commitments.Model.SetBigInt(s.Terms.Model)
	d.Commitments.Policy.SetBigInt(s.Terms.Policy)
	return d
}

// size is the largest of the sizes with the contract's batches: the others have less depth, which
// no statement shows.
func (s *DeckStatus) size() (best statement.Size, err error) {
	for _, id := range s.Circuits() {
		if size := id.Size; best.Cards == 0 || size.MaxCards() > best.MaxCards() {
			best = size
		}
	}
	if best.Cards == 0 {
		return best, errors.New("its batches have a size of no circuit")
	}
	return best, nil
}

// Circuits lists those whose proofs the contract may take: it does not tell which.
func (s *DeckStatus) Circuits() (list []statement.CircuitID) {
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		if id.Binding == statement.Deck && id.Size.Cards == int(s.Terms.Batch) {
			list = append(list, id)
		}
	}
	return list
}

// TokenOf returns the token that shows a card; ok is false before that is drawn.
func (s *DeckStatus) TokenOf(card uint64) (id uint64, ok bool) {
	n := uint64(s.Terms.Cards)
	switch {
	case card >= n || s.Permuted() && s.Randomness == [32]byte{}:
		return 0, false
	case !s.Permuted():
		return s.Terms.FirstId + card, true
	}
	var model fr.Element
	model.SetBigInt(s.Terms.Model)
	return s.Terms.FirstId + assignment.New(assignment.Key(s.ChainID, s.Contract, model, s.Randomness), n).Token(card), true
}
