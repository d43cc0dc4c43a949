// Package evm is an Ethereum chain inside the process, for demonstrations and tests: a node
// of go-ethereum with nothing to install, no network and no disk.
package evm

import (
	"context"
	"math/big"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
)

// A Chain makes a block for each transaction. It is a chain.Backend.
type Chain struct {
	simulated.Client
	backend *simulated.Backend
	mu      sync.Mutex
}

// DefaultID is the usual chain id of development nodes.
const DefaultID = 1337

// Start starts a chain on which accounts are rich. Its rules and prices are those of today's
// mainnet. Close ends it. A socket, unless it is "", is where other programs can reach it.
func Start(chainID uint64, socket string, rich ...common.Address) *Chain {
	alloc := types.GenesisAlloc{}
	for _, a := range rich {
		alloc[a] = types.Account{Balance: new(big.Int).Mul(big.NewInt(1_000), big.NewInt(params.Ether))}
	}
	backend := simulated.NewBackend(alloc, func(n *node.Config, e *ethconfig.Config) {
		rules := *params.AllDevChainProtocolChanges
		rules.ChainID = new(big.Int).SetUint64(chainID)
		rules.BogotaTime = nil // prices of a fork to come
		e.Genesis.Config = &rules
		e.NetworkId = chainID
		n.IPCPath = socket
	})
	return &Chain{Client: backend.Client(), backend: backend}
}

// SendTransaction sends a transaction and makes the block that it is in.
func (c *Chain) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.Client.SendTransaction(ctx, tx); err != nil {
		return err
	}
	c.backend.Commit()
	return nil
}

// Mine makes blocks.
func (c *Chain) Mine(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		c.backend.Commit()
	}
}

// Pass lets time pass, and makes a block.
func (c *Chain) Pass(d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.backend.AdjustTime(d)
}

// Close ends the chain.
func (c *Chain) Close() error { return c.backend.Close() }
