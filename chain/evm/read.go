package evm

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/event"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
)

// ChainID returns the chain's id.
func (c *Chain) ChainID(context.Context) (*big.Int, error) {
	return new(big.Int).Set(c.chain.Config().ChainID), nil
}

// BlockNumber returns the latest block's number.
func (c *Chain) BlockNumber(context.Context) (uint64, error) {
	return c.chain.CurrentBlock().Number.Uint64(), nil
}

// HeaderByNumber returns a block's header: the latest for nil and for every name of a block
// but earliest, since no block here is ever undone.
func (c *Chain) HeaderByNumber(_ context.Context, number *big.Int) (*types.Header, error) {
	switch {
	case number == nil || number.Sign() < 0 && number.Int64() != rpc.EarliestBlockNumber.Int64():
		return types.CopyHeader(c.chain.CurrentBlock()), nil
	case number.Sign() < 0:
		number = new(big.Int)
	}
	header := (*types.Header)(nil)
	if number.IsUint64() {
		header = c.chain.GetHeaderByNumber(number.Uint64())
	}
	if header == nil {
		return nil, ethereum.NotFound
	}
	return header, nil
}

// at is the state after a block.
func (c *Chain) at(ctx context.Context, block *big.Int) (*state.StateDB, error) {
	header, err := c.HeaderByNumber(ctx, block)
	if err != nil {
		return nil, err
	}
	return c.chain.StateAt(header.Root, header.Number, header.Time)
}

// BalanceAt returns an account's wei at a block, nil for the latest.
func (c *Chain) BalanceAt(ctx context.Context, account common.Address, block *big.Int) (*big.Int, error) {
	s, err := c.at(ctx, block)
	if err != nil {
		return nil, err
	}
	return s.GetBalance(account).ToBig(), nil
}

// CodeAt returns an account's code at a block, nil for the latest.
func (c *Chain) CodeAt(ctx context.Context, account common.Address, block *big.Int) ([]byte, error) {
	s, err := c.at(ctx, block)
	if err != nil {
		return nil, err
	}
	return s.GetCode(account), nil
}

// PendingCodeAt is CodeAt the latest block: nothing is ever pending.
func (c *Chain) PendingCodeAt(ctx context.Context, account common.Address) ([]byte, error) {
	return c.CodeAt(ctx, account, nil)
}

// NonceAt returns the nonce of an account's next transaction after a block, nil for the latest.
func (c *Chain) NonceAt(ctx context.Context, account common.Address, block *big.Int) (uint64, error) {
	s, err := c.at(ctx, block)
	if err != nil {
		return 0, err
	}
	return s.GetNonce(account), nil
}

// PendingNonceAt is NonceAt the latest block: nothing is ever pending.
func (c *Chain) PendingNonceAt(ctx context.Context, account common.Address) (uint64, error) {
	return c.NonceAt(ctx, account, nil)
}

// SuggestGasTipCap returns what a transaction may offer a block's maker, in wei.
func (c *Chain) SuggestGasTipCap(context.Context) (*big.Int, error) {
	return big.NewInt(params.GWei / 1000), nil
}

// SuggestGasPrice returns a price that the next block's base fee leaves the tip of, in wei.
func (c *Chain) SuggestGasPrice(ctx context.Context) (*big.Int, error) {
	tip, err := c.SuggestGasTipCap(ctx)
	if err != nil {
		return nil, err
	}
	return tip.Add(tip, c.chain.CurrentBlock().BaseFee), nil
}

// TransactionByHash returns a transaction. None is ever pending.
func (c *Chain) TransactionByHash(_ context.Context, hash common.Hash) (tx *types.Transaction, pending bool, err error) {
	if _, tx = c.chain.GetCanonicalTransaction(hash); tx == nil {
		return nil, false, ethereum.NotFound
	}
	return tx, false, nil
}

// TransactionReceipt returns what became of a transaction.
func (c *Chain) TransactionReceipt(_ context.Context, hash common.Hash) (*types.Receipt, error) {
	place, tx := c.chain.GetCanonicalTransaction(hash)
	if tx == nil {
		return nil, ethereum.NotFound
	}
	return c.chain.GetCanonicalReceipt(tx, place.BlockHash, place.BlockIndex, place.Index)
}

// TransactionInBlock returns a block's transaction.
func (c *Chain) TransactionInBlock(_ context.Context, block common.Hash, index uint) (*types.Transaction, error) {
	b := c.chain.GetBlockByHash(block)
	if b == nil || index >= uint(len(b.Transactions())) {
		return nil, ethereum.NotFound
	}
	return b.Transactions()[index], nil
}

// FilterLogs returns the events of blocks in their order.
func (c *Chain) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	blocks, err := c.blocksOf(ctx, q)
	if err != nil {
		return nil, err
	}
	found := []types.Log{}
	for _, hash := range blocks {
		for _, receipt := range c.chain.GetReceiptsByHash(hash) {
			found = append(found, matching(q, receipt.Logs)...)
		}
	}
	return found, ctx.Err()
}

func (c *Chain) blocksOf(ctx context.Context, q ethereum.FilterQuery) (hashes []common.Hash, err error) {
	if q.BlockHash != nil {
		if c.chain.GetHeaderByHash(*q.BlockHash) == nil {
			return nil, ethereum.NotFound
		}
		return []common.Hash{*q.BlockHash}, nil
	}
	latest := c.chain.CurrentBlock().Number.Uint64()
	first, last := uint64(0), latest
	if q.FromBlock != nil && q.FromBlock.Sign() >= 0 {
		first = q.FromBlock.Uint64()
	}
	if q.ToBlock != nil && q.ToBlock.Sign() >= 0 {
		last = q.ToBlock.Uint64()
	}
	if first > last || first > latest {
		return nil, fmt.Errorf("there are no blocks %d to %d, the latest is %d", first, last, latest)
	}
	for n := first; n <= min(last, latest); n++ {
		hashes = append(hashes, c.chain.GetCanonicalHash(n))
	}
	return hashes, nil
}

// matching are the events that a query asks for: of one of its addresses, if it has any,
// and at each place with one of its topics, if it has any there.
func matching(q ethereum.FilterQuery, logs []*types.Log) (found []types.Log) {
	for _, log := range logs {
		if len(q.Addresses) > 0 && !slices.Contains(q.Addresses, log.Address) || len(q.Topics) > len(log.Topics) {
			continue
		}
		fits := true
		for i, some := range q.Topics {
			fits = fits && (len(some) == 0 || slices.Contains(some, log.Topics[i]))
		}
		if fits {
			found = append(found, *log)
		}
	}
	return found
}

// SubscribeFilterLogs sends the events of coming blocks that a query asks for.
func (c *Chain) SubscribeFilterLogs(ctx context.Context, q ethereum.FilterQuery, to chan<- types.Log) (ethereum.Subscription, error) {
	from := make(chan []*types.Log)
	inner := c.chain.SubscribeLogsEvent(from)
	return event.NewSubscription(func(quit <-chan struct{}) error {
		defer inner.Unsubscribe()
		for {
			select {
			case logs := <-from:
				for _, log := range matching(q, logs) {
					select {
					case to <- log:
					case <-quit:
						return nil
					}
				}
			case err := <-inner.Err():
				return err
			case <-quit:
				return nil
			}
		}
	}), nil
}
