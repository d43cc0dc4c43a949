package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
)

// NodeAccount is an account whose key the node has, or a signer behind it such as clef: it
// signs what it is asked to send, or asks its user.
func NodeAccount(address common.Address) *Account { return &Account{Address: address} }

// signs reports whether the account's key is here.
func (a *Account) signs() bool { return a.key != nil }

// delegate has the node sign and send a transaction. Its hash is known only then: that the node is
// asked, and under which number, is written down before.
func (c *Client) delegate(ctx context.Context, q *request, p price) (*types.Receipt, error) {
	node, ok := c.backend.(interface{ Client() *rpc.Client })
	if !ok {
		return nil, errors.New("this node signs nothing")
	}
	value := q.value
	if value == nil {
		value = new(big.Int)
	}
	call := map[string]any{"from": c.account.Address, "gas": hexutil.Uint64(q.gas), "value": (*hexutil.Big)(value), "data": hexutil.Bytes(q.data), "nonce": hexutil.Uint64(*q.entry.Nonce)}
	if q.to != nil {
		call["to"] = q.to
	}
	if p.tip == nil {
		call["gasPrice"] = (*hexutil.Big)(p.cap)
	} else {
		call["maxFeePerGas"], call["maxPriorityFeePerGas"] = (*hexutil.Big)(p.cap), (*hexutil.Big)(p.tip)
	}
	e := q.entry
	e.State = StateAsked
	if err := c.Journal.Append(e); err != nil {
		return nil, err
	}
	c.notice("the node is asked to sign for %s", c.account.Address)
	if err := node.Client().CallContext(ctx, &e.Tx, "eth_sendTransaction", call); err != nil {
		return nil, fmt.Errorf("having the node sign for %s: %w", c.account.Address, reason(err))
	}
	e.State = StateSent
	if err := c.Journal.Append(e); err != nil {
		return nil, err
	}
	return c.settle(ctx, e, q.tries...)
}
