package chain

import (
	"context"
	"fmt"
	"math/big"
	"time"
)

// fallbackAfter is how long a deck's beacon has to be silent until a block's hash can stand in.
const fallbackAfter = 30 * 24 * time.Hour

// checkBlockHash compares the randomness with the hash of the block that stood in for the beacon, and
// that block's time with the beacon's silence.
func (c *Client) checkBlockHash(ctx context.Context, r *DeckCheckReport, number *big.Int) error {
	s := r.Status
	r.Warnings = append(r.Warnings, fmt.Sprintf("WEAKER RANDOMNESS: the beacon was silent, and the hash of block %s stood in. Its proposer, and whoever chose when to call, could lean on it.", number))
	r.fault(!s.Terms.BlockHashes, "a block's hash stood in for the beacon, which the contract's terms do not allow")
	if !number.IsUint64() || number.Uint64() >= r.revealed.BlockNumber {
		r.fault(true, "the assignment was drawn in block %d by the hash of block %s, which was not there", r.revealed.BlockNumber, number)
		return nil
	}
	own, err := c.header(ctx, number.Uint64())
	if err != nil {
		return err
	}
	next, err := c.header(ctx, number.Uint64()+1)
	if err != nil {
		return err
	}
	if own == nil || next == nil {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("the hash of block %s that stood in for the beacon: the node does not have the block", number))
		return nil
	}
	r.fault(next.ParentHash != s.Randomness, "the contract's randomness is not the hash of block %s", number)
	from := s.RevealFrom.Add(fallbackAfter)
	r.fault(time.Unix(int64(own.Time), 0).Before(from), "block %s stood in for the beacon, and is of %s: the contract's terms allow that from %s on",
		number, time.Unix(int64(own.Time), 0).UTC().Format(time.RFC3339), from.Format(time.RFC3339))
	return c.checkNumbers(ctx, &r.Unchecked)
}
