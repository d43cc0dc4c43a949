package evm

import (
	"bytes"
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/ethereum/go-ethereum/trie"
)

// BlockByHash returns a block with its transactions.
func (c *Chain) BlockByHash(_ context.Context, hash common.Hash) (*types.Block, error) {
	if b := c.chain.GetBlockByHash(hash); b != nil {
		return b, nil
	}
	return nil, ethereum.NotFound
}

// BlockReceipts returns what came of the transactions of a block that is named by its hash.
func (c *Chain) BlockReceipts(_ context.Context, block rpc.BlockNumberOrHash) ([]*types.Receipt, error) {
	hash, ok := block.Hash()
	if !ok || c.chain.GetBlockByHash(hash) == nil {
		return nil, ethereum.NotFound
	}
	return c.chain.GetReceiptsByHash(hash), nil
}

// AccountProof returns the nodes of the state's tree, after a block, that lead to an account.
func (c *Chain) AccountProof(ctx context.Context, account common.Address, block *big.Int) ([][]byte, error) {
	header, err := c.HeaderByNumber(ctx, block)
	if err != nil {
		return nil, err
	}
	state, err := trie.NewStateTrie(trie.StateTrieID(header.Root), c.chain.TrieDB())
	if err != nil {
		return nil, err
	}
	var proof nodes
	err = state.Prove(crypto.Keccak256(account[:]), &proof)
	return proof, err
}

// nodes keeps a proof's nodes in the order in which they come.
type nodes [][]byte

func (n *nodes) Put(_, value []byte) error { *n = append(*n, bytes.Clone(value)); return nil }
func (n *nodes) Delete([]byte) error       { return nil }
