package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
)

// settled is how many blocks Open waits for behind the beacon's, where blocks can be taken
// back: tokens proven under a hash that changes would be worthless. It is far within the
// 256 blocks after which hashes are forgotten.
const settled = 64

// Open fixes the beacon and returns it, by the signature of its round of drand, or by the
// hash of its block, which is waited for. On a contract that is open it only returns it. A
// block whose hash the chain has forgotten is replaced by a later one, which is then waited for.
func (c *Client) Open(ctx context.Context, contract common.Address) (*bundle.Beacon, error) {
	for {
		s, err := c.Status(ctx, contract)
		if err != nil {
			return nil, err
		}
		if s.Open {
			return s.beacon(), nil
		}
		call, err := c.opening(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("opening the drop: %w", err)
		}
		_, err = c.send(ctx, Entry{Event: EventOpen, Contract: contract}, &contract, call)
		if errors.Is(err, errDry) {
			return nil, nil
		}
		var no *Revert
		if errors.As(err, &no) && no.Name == "AlreadyOpen" {
			continue // somebody else was faster, as anybody may
		}
		if err != nil {
			return nil, fmt.Errorf("opening the drop: %w", err)
		}
	}
}

// opening is the call that opens a drop, once it can be made.
func (c *Client) opening(ctx context.Context, s *Status) ([]byte, error) {
	if s.BeaconSource != (common.Address{}) {
		signature, err := c.signature(ctx, s)
		return dropABI.PackOpenSigned(signature), err
	}
	if err := c.CheckBlocks(ctx); err != nil {
		return nil, err
	}
	if c.DryRun == nil {
		wait := s.BeaconBlock + 1
		if !c.Local() {
			wait += settled
		}
		if err := c.waitBlock(ctx, wait); err != nil {
			return nil, err
		}
	}
	return dropABI.PackOpen(), nil
}

// maxIdle is how many polls a development node may stay at one block before it is nudged.
const maxIdle = 10

// waitBlock waits until the chain has a block.
func (c *Client) waitBlock(ctx context.Context, number uint64) error {
	var last uint64
	for idle := 0; ; {
		now, err := c.backend.BlockNumber(ctx)
		if err != nil {
			return fmt.Errorf("asking the node for its block: %w", withoutURL(err))
		}
		if now >= number {
			return nil
		}
		if idle++; now != last {
			c.notice("waiting for block %d, now at %d%s", number, now, c.left(ctx, number-now))
			last, idle = now, 0
		}
		if c.Local() && idle >= maxIdle {
			if err := c.nudge(ctx); err != nil {
				return err
			}
			continue
		}
		if err := c.sleep(ctx); err != nil {
			return err
		}
	}
}

// left tells how long some blocks take, by the last hundred.
func (c *Client) left(ctx context.Context, blocks uint64) string {
	head, err := c.backend.HeaderByNumber(ctx, nil)
	if err != nil || head.Number.Sign() == 0 {
		return ""
	}
	back := min(head.Number.Uint64(), 100)
	past, err := c.backend.HeaderByNumber(ctx, new(big.Int).SetUint64(head.Number.Uint64()-back))
	if err != nil || past.Time >= head.Time {
		return ""
	}
	each := time.Duration(head.Time-past.Time) * time.Second / time.Duration(back)
	return fmt.Sprintf(": %d blocks, about %s", blocks, (time.Duration(blocks) * each).Round(time.Second))
}

// nudge makes a development node go on to its next block: it makes one for a transaction
// and otherwise none.
func (c *Client) nudge(ctx context.Context) error {
	to := c.Address()
	_, err := c.send(ctx, Entry{Event: eventNudge, Contract: to}, &to, nil)
	return err
}
