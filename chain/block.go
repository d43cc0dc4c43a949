package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

// A Block is a block with all that its header's roots are of. The node's word: whoever uses it
// compares it with the header.
type Block struct {
	Header       *types.Header
	Transactions types.Transactions
	Receipts     types.Receipts
}

// wholeBlocks is a node that shows blocks whole.
type wholeBlocks interface {
	BlockByHash(ctx context.Context, hash common.Hash) (*types.Block, error)
	BlockReceipts(ctx context.Context, block rpc.BlockNumberOrHash) ([]*types.Receipt, error)
}

// BlockOf returns the block that a transaction is in, and its place there.
func (c *Client) BlockOf(ctx context.Context, tx common.Hash) (*Block, int, error) {
	node, ok := c.backend.(wholeBlocks)
	if !ok {
		return nil, 0, errors.New("this node shows no whole blocks")
	}
	r, err := c.backend.TransactionReceipt(ctx, tx)
	if errors.Is(err, ethereum.NotFound) {
		return nil, 0, fmt.Errorf("the node knows no mined transaction %s", tx)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("asking the node for a transaction: %w", withoutURL(err))
	}
	b, err := node.BlockByHash(ctx, r.BlockHash)
	if err != nil {
		return nil, 0, fmt.Errorf("asking the node for a block: %w", withoutURL(err))
	}
	receipts, err := node.BlockReceipts(ctx, rpc.BlockNumberOrHashWithHash(r.BlockHash, true))
	if err != nil {
		return nil, 0, fmt.Errorf("asking the node for a block's receipts: %w", withoutURL(err))
	}
	return &Block{b.Header(), b.Transactions(), receipts}, int(r.TransactionIndex), nil
}

// EventsOf returns the transactions, each once and in their order, in which a contract told of events
// with these first topics, up to the latest block.
func (c *Client) EventsOf(ctx context.Context, contract common.Address, topics []common.Hash) (list []common.Hash, err error) {
	block, err := c.backend.BlockNumber(ctx)
	if err != nil {
		return nil, fmt.Errorf("asking the node for its block: %w", withoutURL(err))
	}
	logs, _, err := c.logs(ctx, contract, block, [][]common.Hash{topics})
	if err != nil {
		return nil, fmt.Errorf("reading the contract's events: %w", err)
	}
	for _, l := range logs {
		if n := len(list); n == 0 || list[n-1] != l.TxHash {
			list = append(list, l.TxHash)
		}
	}
	return list, nil
}

// CodeProof returns the latest header, an account's code and the nodes of the state's tree that lead to
// the account.
func (c *Client) CodeProof(ctx context.Context, at common.Address) (*types.Header, []byte, [][]byte, error) {
	header, err := c.backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("asking the node for its block: %w", withoutURL(err))
	}
	code, err := c.backend.CodeAt(ctx, at, header.Number)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("asking the node for a contract's code: %w", withoutURL(err))
	}
	proof, err := c.accountProof(ctx, at, header.Number)
	return header, code, proof, err
}

func (c *Client) accountProof(ctx context.Context, at common.Address, block *big.Int) ([][]byte, error) {
	if own, ok := c.backend.(interface {
		AccountProof(context.Context, common.Address, *big.Int) ([][]byte, error)
	}); ok {
		return own.AccountProof(ctx, at, block)
	}
	node, ok := c.backend.(interface{ Client() *rpc.Client })
	if !ok {
		return nil, errors.New("this node proves no accounts")
	}
	var answer struct {
		AccountProof []hexutil.Bytes `json:"accountProof"`
	}
	if err := node.Client().CallContext(ctx, &answer, "eth_getProof", at, []string{}, hexutil.EncodeBig(block)); err != nil {
		return nil, fmt.Errorf("asking the node for an account's proof: %w", withoutURL(err))
	}
	proof := make([][]byte, len(answer.AccountProof))
	for i, n := range answer.AccountProof {
		proof[i] = n
	}
	return proof, nil
}

// Remember puts 32 bytes into a block: it sends them to the account itself, and nothing else, and
// returns the transaction.
func (c *Client) Remember(ctx context.Context, digest [32]byte) (common.Hash, error) {
	at := c.Address()
	r, err := c.send(ctx, Entry{Event: EventCall}, &at, digest[:])
	if err != nil || r == nil {
		return common.Hash{}, err
	}
	return r.TxHash, nil
}

// HashOf returns the hash of the block with a number.
func (c *Client) HashOf(ctx context.Context, number uint64) (common.Hash, error) {
	header, err := c.backend.HeaderByNumber(ctx, new(big.Int).SetUint64(number))
	if err != nil {
		return common.Hash{}, fmt.Errorf("asking the node for a block: %w", withoutURL(err))
	}
	return header.Hash(), nil
}
