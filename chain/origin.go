package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/solidity"
)

// An origin is how a contract came to be. Code alone does not tell: whoever writes another
// constructor can leave a contract's code with other immutables behind, and with tokens, an
// owner and a beacon in its storage that nobody drew.
type origin int

const (
	originUnseen origin = iota // no transaction was found that created it: a contract may have
	originOurs                 // a transaction with the creation code of our contract
	originForged               // a transaction with another
)

// A birth is what is known of a contract's creation. None of it is the contract's own word: whoever
// wrote another constructor had it tell of what he liked, or of nothing.
type birth struct {
	origin origin
	block  uint64 // that it was created in
	known  bool   // that is
}

// birth looks for the transaction that created a contract: among some that may be it, and in the block in
// which its code appeared. That is its creation's, whichever transaction that was.
func (c *Client) birth(ctx context.Context, contract common.Address, from appearance, a *solidity.Artifact, candidates ...common.Hash) (birth, error) {
	b := birth{block: from.block, known: from.known}
	tx, err := c.creatorAmong(ctx, contract, candidates)
	if err == nil && tx == nil && from.known {
		tx, err = c.creatorIn(ctx, contract, from.block)
	}
	if err != nil || tx == nil {
		return b, err
	}
	if b.origin = originForged; bytes.HasPrefix(tx.Data(), a.Creation) {
		b.origin = originOurs
	}
	receipt, err := c.backend.TransactionReceipt(ctx, tx.Hash())
	switch {
	case errors.Is(err, ethereum.NotFound):
	case err != nil:
		return b, fmt.Errorf("looking for the transaction %s that created the contract: %w", tx.Hash(), withoutURL(err))
	case receipt.BlockNumber.IsUint64():
		b.block, b.known = receipt.BlockNumber.Uint64(), true
	}
	return b, nil
}

// creatorAmong returns the one of some transactions that created a contract, nil if none did.
func (c *Client) creatorAmong(ctx context.Context, contract common.Address, candidates []common.Hash) (*types.Transaction, error) {
	for _, hash := range candidates {
		if hash == (common.Hash{}) {
			continue
		}
		tx, _, err := c.backend.TransactionByHash(ctx, hash)
		switch {
		case errors.Is(err, ethereum.NotFound), errors.Is(err, types.ErrTxTypeNotSupported):
		case err != nil:
			return nil, fmt.Errorf("looking for the transaction %s that created the contract: %w", hash, withoutURL(err))
		case creates(tx, contract):
			return tx, nil
		}
	}
	return nil, nil
}

// creates reports whether a transaction is the one that created a contract: no other has its address.
func creates(tx *types.Transaction, contract common.Address) bool {
	if tx.To() != nil {
		return false
	}
	from, err := types.Sender(types.LatestSignerForChainID(tx.ChainId()), tx)
	return err == nil && crypto.CreateAddress(from, tx.Nonce()) == contract
}

// maxInBlock bounds how many transactions of a block are asked for one by one.
const maxInBlock = 1 << 12

// creatorIn returns the transaction of a block that created a contract, nil if none is seen. Nodes of
// some chains do not show blocks whole, as they have transactions of other forms.
func (c *Client) creatorIn(ctx context.Context, contract common.Address, block uint64) (*types.Transaction, error) {
	hash, err := c.blockHash(ctx, block)
	if err != nil || hash == (common.Hash{}) {
		return nil, err
	}
	if node, ok := c.backend.(wholeBlocks); ok {
		if b, err := node.BlockByHash(ctx, hash); err == nil {
			if i := slices.IndexFunc(b.Transactions(), func(tx *types.Transaction) bool { return creates(tx, contract) }); i >= 0 {
				return b.Transactions()[i], nil
			}
			return nil, nil
		}
	}
	for i := range uint(maxInBlock) {
		tx, err := c.backend.TransactionInBlock(ctx, hash, i)
		switch {
		case errors.Is(err, types.ErrTxTypeNotSupported):
		case err != nil:
			return nil, ctx.Err() // behind the last one, or a node that shows none
		case creates(tx, contract):
			return tx, nil
		}
	}
	return nil, nil
}

// blockHash returns a block's hash, as the block after it tells it: of the last one there is only the
// header, whose form a chain may have changed. It is zero where the node does not have the block.
func (c *Client) blockHash(ctx context.Context, block uint64) (common.Hash, error) {
	next, err := c.header(ctx, block+1)
	if err != nil {
		return common.Hash{}, err
	}
	if next != nil {
		return next.ParentHash, nil
	}
	own, err := c.header(ctx, block)
	if own == nil || err != nil {
		return common.Hash{}, err
	}
	return own.Hash(), nil
}

// header returns the header of a block, nil if the node does not have it.
func (c *Client) header(ctx context.Context, block uint64) (*types.Header, error) {
	h, err := c.backend.HeaderByNumber(ctx, new(big.Int).SetUint64(block))
	if errors.Is(err, ethereum.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("asking the node for block %d: %w", block, withoutURL(err))
	}
	return h, nil
}

// checkOrigin adds to the report what the contract's origin tells.
func (r *CheckReport) checkOrigin(b birth) {
	if !r.Status.Known {
		return
	}
	r.fault(b.origin == originForged, "the contract's code is GenproofDrop's, but its constructor was not: its storage and immutables are somebody's choice")
	if b.origin == originUnseen {
		r.Warnings = append(r.Warnings, "CREATION NOT SEEN: the contract's code is GenproofDrop's, but which constructor it had is not known here. It can have begun with a beacon, a verifier or tokens of somebody's choice.")
	}
}

// An appearance is where a contract's code appears: at or before block it was not there. Where that is not
// known, block is 0.
type appearance struct {
	block uint64
	known bool
	tx    common.Hash // the journal's, that created it; zero if it knows none
}

// appearance returns the block of a contract's deployment by the journal's transaction, or else by halving,
// where the node tells code of past blocks.
func (c *Client) appearance(ctx context.Context, contract common.Address, head uint64) (appearance, error) {
	list, err := c.Journal.Entries()
	if err != nil {
		return appearance{}, err
	}
	for _, e := range list {
		if e.Event != EventContract || e.State != StateMined || e.ChainID != c.ChainID || e.Contract != contract {
			continue
		}
		// A development chain that began anew does not know the transaction.
		if r, err := c.backend.TransactionReceipt(ctx, e.Tx); err == nil && r.ContractAddress == contract && r.BlockNumber.IsUint64() {
			return appearance{min(r.BlockNumber.Uint64(), head), true, e.Tx}, nil
		}
	}
	low, high := uint64(0), head // there is no code before low, and there is at high
	for low < high {
		middle := low + (high-low)/2
		code, err := c.backend.CodeAt(ctx, contract, new(big.Int).SetUint64(middle))
		if ctx.Err() != nil {
			return appearance{}, ctx.Err()
		}
		if err != nil {
			return appearance{}, nil // the node keeps no state of the past
		}
		if len(code) == 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return appearance{block: low, known: true}, nil
}
