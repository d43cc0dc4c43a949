package chain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
)

// A Group is what one transaction admits: all batches of one directory.
type Group struct {
	Number  uint64
	Batches []*bundle.Batch
}

// AdmitOptions say what to admit and where.
type AdmitOptions struct {
	Contract common.Address
	Deck     *bundle.Deck
	// Batch returns a published batch, whose proof the caller has verified; fs.ErrNotExist if it
	// is not published.
	Batch    func(n uint64) (*bundle.Batch, error)
	Progress func(done, total int) // nil to tell nothing
}

// An AdmitReport is what a run has done.
type AdmitReport struct {
	Admitted []uint64 // groups
	Present  []uint64 // admitted before
	Missing  []uint64 // batches of theirs are not published
	Txs      []common.Hash
	Gas      uint64
}

// Admit brings a deck's proofs to its contract, group by group, those that it does not have.
func (c *Client) Admit(ctx context.Context, o AdmitOptions) (*AdmitReport, error) {
	if err := c.atHome(o.Deck); err != nil {
		return nil, err
	}
	s, err := c.DeckStatus(ctx, o.Contract)
	if err != nil {
		return nil, err
	}
	if err := s.isOf(o.Deck); err != nil {
		return nil, err
	}
	r := new(AdmitReport)
	for i, directory := range s.Directories {
		if directory != [32]byte{} {
			r.Present = append(r.Present, uint64(i))
		} else if err := c.admit(ctx, uint64(i), o, r); err != nil {
			return r, fmt.Errorf("admitting group %d: %w", i, err)
		}
		if o.Progress != nil {
			o.Progress(i+1, len(s.Directories))
		}
	}
	return r, nil
}

func (c *Client) admit(ctx context.Context, n uint64, o AdmitOptions, r *AdmitReport) error {
	g, err := ReadGroup(n, o.Deck, o.Batch)
	if errors.Is(err, fs.ErrNotExist) {
		r.Missing = append(r.Missing, n)
		return nil
	}
	if err != nil {
		return err
	}
	receipt, err := c.send(ctx, Entry{Event: EventAdmit, Contract: o.Contract}, &o.Contract, g.AdmitCall())
	if errors.Is(err, errDry) {
		return nil
	}
	if err != nil {
		return err
	}
	r.Admitted, r.Txs, r.Gas = append(r.Admitted, n), append(r.Txs, receipt.TxHash), r.Gas+receipt.GasUsed
	return nil
}

// ReadGroup reads the batches of a group of a deck.
func ReadGroup(n uint64, d *bundle.Deck, read func(n uint64) (*bundle.Batch, error)) (*Group, error) {
	size, err := d.Size()
	if err != nil {
		return nil, err
	}
	g := &Group{Number: n}
	k := uint64(size.Cards)
	for b := n * bundle.GroupBatches; b < (n+1)*bundle.GroupBatches && b*k < d.Cards; b++ {
		batch, err := read(b)
		if err != nil {
			return nil, err
		}
		if batch.First != b*k {
			return nil, fmt.Errorf("batch %d: it is another batch's file", b)
		}
		g.Batches = append(g.Batches, batch)
	}
	return g, nil
}

// documents returns digests and sizes of all the group's cards.
func (g *Group) documents() (digests [][32]byte, sizes []uint64) {
	for _, b := range g.Batches {
		digests, sizes = append(digests, b.Digests...), append(sizes, b.Sizes...)
	}
	return digests, sizes
}

// Directory returns the SHA-256 of the directory of the group's documents in a deck of so many cards.
func (g *Group) Directory(cards uint64) [32]byte {
	digests, sizes := g.documents()
	return bundle.DirectoryDigest(g.Batches[0].First, cards, digests, sizes)
}

// AdmitCall is the data of the transaction that admits a group. Challenge and value are not in it: the contract computes them.
func (g *Group) AdmitCall() []byte {
	digests, sizes := g.documents()
	packed := make([]byte, 0, 3*len(sizes))
	for _, s := range sizes {
		packed = append(packed, byte(s>>16), byte(s>>8), byte(s))
	}
	var lists []*big.Int
	var proofs []byte
	for _, b := range g.Batches {
		lists, proofs = append(lists, number(&b.List)), append(proofs, b.Proof...)
	}
	return deckABI.PackAdmit(new(big.Int).SetUint64(g.Number), lists, digests, packed, proofs)
}

// isOf reports whether the contract is one of this deck, for its author.
func (s *DeckStatus) isOf(d *bundle.Deck) error {
	size, err := d.Size()
	if err != nil {
		return err
	}
	home := d.Home.Element()
	t := &s.Terms
	switch {
	case t.Model.Cmp(number(&d.Commitments.Model)) != 0 || t.Policy.Cmp(number(&d.Commitments.Policy)) != 0:
		return fmt.Errorf("the contract %s is another deck's or policy's", s.Contract)
	case s.Home.Cmp(number(&home)) != 0 || d.Home != nil && t.Author != d.Home.Author:
		return fmt.Errorf("the contract %s is another author's: %s", s.Contract, t.Author)
	case uint64(t.Cards) != d.Cards || t.FirstId != d.FirstID || int(t.Batch) != size.Cards || t.Permuted != (d.Assignment == bundle.Permuted):
		return fmt.Errorf("the contract %s has another number of cards, first id or assignment than the deck", s.Contract)
	}
	return nil
}
