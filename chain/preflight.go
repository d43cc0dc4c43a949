package chain

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// blocksCode returns three words: NUMBER, and BLOCKHASH of the two blocks before.
var blocksCode = hexutil.MustDecode("0x" +
	"43600052" + // mstore(0x00, number())
	"6001430340602052" + // mstore(0x20, blockhash(number() - 1))
	"6002430340604052" + // mstore(0x40, blockhash(number() - 2))
	"60606000f3") // return(0x00, 0x60)

// An OtherBlocks says that contracts on a chain see other blocks than its node shows: what
// they take for a block's hash is nothing that anybody could check, or that nobody foresaw.
type OtherBlocks struct {
	ChainID uint64
	Why     string
}

func (e *OtherBlocks) Error() string {
	return fmt.Sprintf("on chain %d a contract cannot take its entropy from the hash of a block: %s", e.ChainID, e.Why)
}

// CheckBlocks holds what a contract sees of the chain's last blocks, their number and
// their hashes, against the node's headers. Some chains number blocks for contracts as
// another chain does, and some make hashes up. The error is an [OtherBlocks] if the two
// differ. DeployDrop and Open ask it themselves, for drops whose beacon is a block's hash.
func (c *Client) CheckBlocks(ctx context.Context) error {
	head, err := c.backend.BlockNumber(ctx)
	if err != nil {
		return fmt.Errorf("asking the node for its block: %w", withoutURL(err))
	}
	// As a creation's constructor: there is no contract yet that could be called.
	out, err := c.backend.CallContract(ctx, ethereum.CallMsg{Data: blocksCode, Gas: maxCallGas}, new(big.Int).SetUint64(head))
	if err != nil {
		return fmt.Errorf("asking the node what contracts see of its blocks: %w", reason(err))
	}
	if len(out) != 96 {
		return &OtherBlocks{c.ChainID, fmt.Sprintf("code that returns NUMBER and BLOCKHASH answers with %d bytes, want 96", len(out))}
	}
	number := new(big.Int).SetBytes(out[:32])
	// Some nodes run a call in the block that comes next.
	if !number.IsUint64() || number.Uint64() != head && number.Uint64() != head+1 {
		return &OtherBlocks{c.ChainID, fmt.Sprintf("NUMBER is %d in its contracts, and the node's last block is %d: another chain's blocks are counted", number, head)}
	}
	for i := uint64(1); i <= 2 && i <= number.Uint64(); i++ {
		if err := c.checkBlock(ctx, number.Uint64()-i, head, common.Hash(out[32*i:])); err != nil {
			return err
		}
	}
	return nil
}

// checkBlock compares a hash with that of a block, as the block after it tells it: of the
// last one there is only the header, whose form a chain may have changed.
func (c *Client) checkBlock(ctx context.Context, number, head uint64, seen common.Hash) error {
	header, err := c.backend.HeaderByNumber(ctx, new(big.Int).SetUint64(min(number+1, head)))
	if err != nil {
		return fmt.Errorf("reading block %d: %w", number, withoutURL(err))
	}
	want := header.ParentHash
	if number == head {
		want = header.Hash()
	}
	if seen != want {
		return &OtherBlocks{c.ChainID, fmt.Sprintf("BLOCKHASH(%d) is %s in its contracts, and the node's block %d has the hash %s", number, seen, number, want)}
	}
	return nil
}
