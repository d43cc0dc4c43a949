package chain

import (
	"context"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/genproof/genproof/setup/drand"
)

// checkBeacon compares the entropy with its round of drand, or with the hash of its block, and
// whether that came behind the deployment.
func (c *Client) checkBeacon(ctx context.Context, r *CheckReport, h *history, b birth) error {
	s := r.Status
	if !s.Open {
		return nil
	}
	if err := c.checkArmed(ctx, r, h, b); err != nil {
		return err
	}
	if s.BeaconSource != (common.Address{}) {
		return c.checkRound(ctx, r, h, b)
	}
	r.checkOrder(h, b)
	next, err := c.header(ctx, s.BeaconBlock+1)
	if err != nil {
		return err
	}
	if next == nil {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("that the entropy is the hash of block %d: the node does not have the block after it", s.BeaconBlock))
		return nil
	}
	r.fault(next.ParentHash != s.Entropy, "the contract's entropy is not the hash of block %d", s.BeaconBlock)
	return c.checkNumbers(ctx, &r.Unchecked)
}

// checkArmed looks for the event by which every constructor of ours tells where the entropy will come
// from. A node may have forgotten it: a block's header tells which events are not in the block.
func (c *Client) checkArmed(ctx context.Context, r *CheckReport, h *history, b birth) error {
	if !r.Status.Known || len(h.armed) > 0 {
		return nil
	}
	if b.known && b.origin != originOurs && h.first != (common.Hash{}) {
		created, err := c.header(ctx, b.block)
		if err != nil {
			return err
		}
		if created != nil && !mayTell(created, r.Status.Contract, armedTopic) {
			r.fault(true, "the contract's constructor did not tell where the entropy would come from, as GenproofDrop's does")
			return nil
		}
	}
	r.Unchecked = append(r.Unchecked, "where the constructor said that the entropy would come from: the node does not tell of the contract's first event")
	return nil
}

// mayTell reports whether there may be an event in a block. If there is one it may.
func mayTell(h *types.Header, contract common.Address, topic common.Hash) bool {
	return types.BloomLookup(h.Bloom, contract) && types.BloomLookup(h.Bloom, topic)
}

// checkOrder checks that a drop's block came behind its deployment and all that named it, and before it
// was used.
func (r *CheckReport) checkOrder(h *history, b birth) {
	s := r.Status
	if b.known {
		r.fault(s.BeaconBlock <= b.block, "the contract's entropy is of block %d, which was known at its deployment in block %d", s.BeaconBlock, b.block)
	} else {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("that block %d, which the entropy is of, came behind the contract's deployment: the node does not tell when that was", s.BeaconBlock))
	}
	for _, a := range h.armed {
		r.fault(!a.number.IsUint64() || a.number.Uint64() <= a.block, "in block %d the contract said that its entropy would come from block %s, which was known", a.block, a.number)
	}
	if n := len(h.armed); n > 0 {
		last := h.armed[n-1].number
		r.fault(!last.IsUint64() || last.Uint64() != s.BeaconBlock, "the contract said that its entropy would come from block %s, and has it from block %d", last, s.BeaconBlock)
	}
	r.fault(h.opened != (place{}) && h.opened.block <= s.BeaconBlock, "the contract's entropy was fixed in block %d, and is of block %d", h.opened.block, s.BeaconBlock)
}

// checkNumbers says what is left open where contracts see other blocks than the node shows, or where the
// node does not tell: then no order of blocks means anything.
func (c *Client) checkNumbers(ctx context.Context, unchecked *[]string) error {
	if err := c.CheckBlocks(ctx); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		*unchecked = append(*unchecked, fmt.Sprintf("that contracts see the blocks that the node shows: %v", err))
	}
	return nil
}

// checkRound checks a drop's round of drand: that it is the signature's that the contract
// was opened with, and that it came after the deployment. None of it asks the contract.
func (c *Client) checkRound(ctx context.Context, r *CheckReport, h *history, b birth) error {
	s := r.Status
	at, err := drand.Time(s.BeaconChain, s.BeaconRound)
	if err != nil {
		r.fault(true, "the beacon at %s is none of genproof's: %v", s.BeaconSource, err)
		return nil
	}
	randomness, err := drand.Verify(s.BeaconChain, s.BeaconRound, h.signature)
	r.fault(err != nil, "the signature that the contract was opened with: %v", err)
	r.fault(err == nil && randomness != s.Entropy, "the contract's entropy is not the randomness of drand's round %d", s.BeaconRound)
	if !b.known {
		r.Unchecked = append(r.Unchecked, "that the contract was deployed before the beacon's round: the node does not tell when it was")
		return nil
	}
	created, err := c.header(ctx, b.block)
	if err != nil {
		return err
	}
	if created == nil {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("that the contract was deployed before the beacon's round: the node does not have block %d", b.block))
		return nil
	}
	lead := at.Sub(time.Unix(int64(created.Time), 0))
	r.fault(lead <= 0, "the contract was deployed when the beacon's round was known")
	if least := MinimalLead(s.ChainID); lead > 0 && lead < least {
		r.Warnings = append(r.Warnings, fmt.Sprintf("BEACON SOON: its round came %s after the deployment, by the chain's clock. That clock may be behind by up to %s, and who dates blocks back knows the round.", lead, least))
	}
	return nil
}
