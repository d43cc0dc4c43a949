// Package node serves an embedded chain to other programs, for tests: the part of a node's
// JSON-RPC that a chain.Client asks for.
package node

import (
	"context"
	"crypto/ecdsa"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/genproof/genproof/chain/evm"
)

// Serve answers at a socket until stop is called. It signs what the owners of keys ask it to
// send, as a node with unlocked accounts does.
func Serve(c *evm.Chain, socket string, keys ...*ecdsa.PrivateKey) (stop func(), err error) {
	listener, server, err := rpc.StartIPCEndpoint(socket, []rpc.API{{Namespace: "eth", Service: &eth{c, keys}}})
	if err != nil {
		return nil, fmt.Errorf("serving a chain at %s: %w", socket, err)
	}
	return func() {
		listener.Close() // and with it the socket's file
		server.Stop()
	}, nil
}

// eth has the methods eth_chainId and so on. Blocks are nil for the latest, as in evm.Chain.
type eth struct {
	chain *evm.Chain
	keys  []*ecdsa.PrivateKey
}

func number(n *rpc.BlockNumber) *big.Int {
	if n == nil {
		return nil
	}
	return big.NewInt(n.Int64())
}

// quantity is a number as JSON-RPC writes it.
func quantity(n *big.Int, err error) (*hexutil.Big, error) { return (*hexutil.Big)(n), err }

func (e *eth) ChainId(ctx context.Context) (*hexutil.Big, error) {
	return quantity(e.chain.ChainID(ctx))
}

func (e *eth) BlockNumber(ctx context.Context) (hexutil.Uint64, error) {
	n, err := e.chain.BlockNumber(ctx)
	return hexutil.Uint64(n), err
}

func (e *eth) GasPrice(ctx context.Context) (*hexutil.Big, error) {
	return quantity(e.chain.SuggestGasPrice(ctx))
}

func (e *eth) MaxPriorityFeePerGas(ctx context.Context) (*hexutil.Big, error) {
	return quantity(e.chain.SuggestGasTipCap(ctx))
}

func (e *eth) GetBalance(ctx context.Context, account common.Address, block *rpc.BlockNumber) (*hexutil.Big, error) {
	return quantity(e.chain.BalanceAt(ctx, account, number(block)))
}

func (e *eth) GetCode(ctx context.Context, account common.Address, block *rpc.BlockNumber) (hexutil.Bytes, error) {
	return e.chain.CodeAt(ctx, account, number(block))
}

func (e *eth) GetTransactionCount(ctx context.Context, account common.Address, block *rpc.BlockNumber) (hexutil.Uint64, error) {
	n, err := e.chain.NonceAt(ctx, account, number(block))
	return hexutil.Uint64(n), err
}

// GetBlockByNumber has no transactions, whatever is asked: nobody here reads them so.
func (e *eth) GetBlockByNumber(ctx context.Context, block *rpc.BlockNumber, _ bool) (any, error) {
	return none(e.chain.HeaderByNumber(ctx, number(block)))
}

// none answers null for what is not there, as a node does.
func none(v any, err error) (any, error) {
	if errors.Is(err, ethereum.NotFound) {
		return nil, nil
	}
	return v, err
}

// A call is the JSON of a call.
type call struct {
	From                 common.Address
	To                   *common.Address
	Gas                  hexutil.Uint64
	GasPrice             *hexutil.Big
	MaxFeePerGas         *hexutil.Big
	MaxPriorityFeePerGas *hexutil.Big
	Value                *hexutil.Big
	Data, Input          hexutil.Bytes
}

func (c *call) message() ethereum.CallMsg {
	m := ethereum.CallMsg{From: c.From, To: c.To, Gas: uint64(c.Gas), GasPrice: (*big.Int)(c.GasPrice), GasFeeCap: (*big.Int)(c.MaxFeePerGas),
		GasTipCap: (*big.Int)(c.MaxPriorityFeePerGas), Value: (*big.Int)(c.Value), Data: c.Data}
	if c.Input != nil {
		m.Data = c.Input
	}
	return m
}

func (e *eth) Call(ctx context.Context, c call, block *rpc.BlockNumber) (hexutil.Bytes, error) {
	return e.chain.CallContract(ctx, c.message(), number(block))
}

func (e *eth) EstimateGas(ctx context.Context, c call) (hexutil.Uint64, error) {
	gas, err := e.chain.EstimateGas(ctx, c.message())
	return hexutil.Uint64(gas), err
}

func (e *eth) SendRawTransaction(ctx context.Context, raw hexutil.Bytes) (common.Hash, error) {
	tx := new(types.Transaction)
	if err := tx.UnmarshalBinary(raw); err != nil {
		return common.Hash{}, err
	}
	return tx.Hash(), e.chain.SendTransaction(ctx, tx)
}

// SendTransaction signs and sends a call with the fees of EIP-1559.
func (e *eth) SendTransaction(ctx context.Context, c call) (common.Hash, error) {
	m := c.message()
	for _, key := range e.keys {
		if crypto.PubkeyToAddress(key.PublicKey) != c.From {
			continue
		}
		nonce, err := e.chain.PendingNonceAt(ctx, c.From)
		if err != nil {
			return common.Hash{}, err
		}
		id, err := e.chain.ChainID(ctx)
		if err != nil {
			return common.Hash{}, err
		}
		tx, err := types.SignNewTx(key, types.LatestSignerForChainID(id), &types.DynamicFeeTx{
			ChainID: id, Nonce: nonce, GasTipCap: m.GasTipCap, GasFeeCap: m.GasFeeCap, Gas: m.Gas, To: m.To, Value: m.Value, Data: m.Data,
		})
		if err != nil {
			return common.Hash{}, err
		}
		return tx.Hash(), e.chain.SendTransaction(ctx, tx)
	}
	return common.Hash{}, fmt.Errorf("no key of %s is here", c.From)
}

func (e *eth) GetTransactionReceipt(ctx context.Context, hash common.Hash) (any, error) {
	return none(e.chain.TransactionReceipt(ctx, hash))
}

// GetTransactionByHash is the transaction with the block that it is in.
func (e *eth) GetTransactionByHash(ctx context.Context, hash common.Hash) (any, error) {
	tx, _, err := e.chain.TransactionByHash(ctx, hash)
	if err != nil {
		return none(nil, err)
	}
	r, err := e.chain.TransactionReceipt(ctx, hash)
	if err != nil {
		return nil, err
	}
	return &placed{tx, r}, nil
}

// placed is a transaction and what became of it, which says where it is.
type placed struct {
	*types.Transaction
	receipt *types.Receipt
}

func (p *placed) MarshalJSON() ([]byte, error) {
	b, err := p.Transaction.MarshalJSON()
	if err != nil {
		return nil, err
	}
	fields := map[string]any{}
	if err := json.Unmarshal(b, &fields); err != nil {
		return nil, err
	}
	fields["blockHash"], fields["blockNumber"] = p.receipt.BlockHash, (*hexutil.Big)(p.receipt.BlockNumber)
	return json.Marshal(fields)
}

// A query is the JSON of what events are asked for, as ethclient writes it.
type query struct {
	BlockHash          *common.Hash
	FromBlock, ToBlock *rpc.BlockNumber
	Address            []common.Address
	Topics             [][]common.Hash
}

func (e *eth) GetLogs(ctx context.Context, q query) ([]types.Log, error) {
	return e.chain.FilterLogs(ctx, ethereum.FilterQuery{
		BlockHash: q.BlockHash, FromBlock: number(q.FromBlock), ToBlock: number(q.ToBlock), Addresses: q.Address, Topics: q.Topics,
	})
}
