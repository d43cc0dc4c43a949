package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

// UpdateOptions are what a bundle does not say.
type UpdateOptions struct {
	Contract common.Address
	OwnOnly  bool                  // leave out tokens that are not the account's, rather than refuse
	Progress func(done, total int) // nil to tell nothing
}

// An UpdateReport is what a run has done.
type UpdateReport struct {
	Updated []uint64
	Present []uint64 // had the document before
	Others  []uint64 // not the account's to update: another's, not minted, or burned
	Txs     []common.Hash
	Gas     uint64
}

// Update gives tokens of the account their documents under the announced template. Before
// anything is sent, all of them are checked: that they are of this contract's drop under
// that template, that their proofs verify, and that the account may ask for them.
func (c *Client) Update(ctx context.Context, tokens []Token, o UpdateOptions) (*UpdateReport, error) {
	s, err := c.Status(ctx, o.Contract)
	if err != nil {
		return nil, err
	}
	if err := c.mayUpdate(ctx, s, tokens); err != nil {
		return nil, fmt.Errorf("updating: %w", err)
	}
	if err := c.MayUse(s.Key); err != nil {
		return nil, err
	}
	r := new(UpdateReport)
	var list []Token
	for _, t := range tokens {
		todo, err := c.toUpdate(ctx, s, t, o, r)
		if err != nil {
			return nil, fmt.Errorf("updating: %s: %w", t.File, err)
		}
		if todo {
			list = append(list, t)
		}
	}
	for done, t := range list {
		if err := c.update(ctx, t, o, r); err != nil {
			return r, fmt.Errorf("updating token %d: %w", t.Bundle.Statement.ID, err)
		}
		if o.Progress != nil {
			o.Progress(done+1, len(list))
		}
	}
	return r, nil
}

// mayUpdate checks tokens against the contract, without spending gas.
func (c *Client) mayUpdate(ctx context.Context, s *Status, tokens []Token) error {
	if err := s.ready(); err != nil {
		return err
	}
	if s.TemplateFrom == 0 {
		return errors.New("the drop's owner has announced no other template")
	}
	if err := s.sound(ctx, tokens, s.NextTemplate); err != nil {
		return err
	}
	return c.inForce(ctx, s)
}

// inForce reports whether the announced template is, by the chain's clock.
func (c *Client) inForce(ctx context.Context, s *Status) error {
	for nudged := c.DryRun != nil || !c.Local(); ; nudged = true {
		head, err := c.backend.HeaderByNumber(ctx, nil)
		if err != nil {
			return fmt.Errorf("asking the node for its block: %w", withoutURL(err))
		}
		if head.Time >= s.TemplateFrom {
			return nil
		}
		if nudged || time.Now().Unix() < int64(s.TemplateFrom) {
			return fmt.Errorf("the template is not in force yet: %s", s.inForce())
		}
		if err := c.nudge(ctx); err != nil { // the clock of a development node stands still between transactions
			return err
		}
	}
}

// errNotYours says why an account cannot update a token.
var errNotYours = errors.New("it is not the account's to update")

// toUpdate reports whether a token is to be updated, and puts it into the report if not.
func (c *Client) toUpdate(ctx context.Context, s *Status, t Token, o UpdateOptions, r *UpdateReport) (bool, error) {
	st := t.Bundle.Statement
	now, err := c.present(ctx, s, st.ID)
	if err != nil {
		return false, err
	}
	if now.digest == st.Metadata {
		r.Present = append(r.Present, st.ID)
		return false, nil
	}
	err = c.holds(ctx, s, st.ID, now)
	if errors.Is(err, errNotYours) && o.OwnOnly {
		r.Others = append(r.Others, st.ID)
		return false, nil
	}
	if err == nil && st.Recipient != [20]byte{} && st.Recipient != now.owner {
		err = fmt.Errorf("its proof names %s, and the token is held by %s", common.Address(st.Recipient), now.owner)
	}
	return err == nil, err
}

// holds reports whether the account holds a token, or its holder has approved it.
func (c *Client) holds(ctx context.Context, s *Status, id uint64, now *present) error {
	n := new(big.Int).SetUint64(id)
	r := &reader{ctx: ctx, c: c, at: s.Contract, block: new(big.Int).SetUint64(s.Block)}
	switch {
	case now.digest == [32]byte{}:
		return fmt.Errorf("%w: token %d is not minted", errNotYours, id)
	case now.owner == common.Address{}:
		return fmt.Errorf("%w: token %d was burned", errNotYours, id)
	case now.owner == c.Address(),
		view(r, dropABI.PackGetApproved(n), dropABI.UnpackGetApproved) == c.Address(),
		view(r, dropABI.PackIsApprovedForAll(now.owner, c.Address()), dropABI.UnpackIsApprovedForAll):
		return r.err
	case r.err != nil:
		return r.err
	}
	return fmt.Errorf("%w: token %d is held by %s", errNotYours, id, now.owner)
}

// update sends one transaction: the contract takes one token at a time.
func (c *Client) update(ctx context.Context, t Token, o UpdateOptions, r *UpdateReport) error {
	st := t.Bundle.Statement
	e := Entry{Event: EventUpdate, Contract: o.Contract, Tokens: []EntryToken{entryOf(t)}}
	data := dropABI.PackUpdateMetadata(new(big.Int).SetUint64(st.ID), st.Metadata, st.Recipient != [20]byte{}, t.Bundle.Proof[:])
	receipt, err := c.send(ctx, e, &o.Contract, data)
	if errors.Is(err, errDry) {
		return nil
	}
	if err != nil {
		return err
	}
	r.Updated, r.Txs, r.Gas = append(r.Updated, st.ID), append(r.Txs, receipt.TxHash), r.Gas+receipt.GasUsed
	return nil
}
