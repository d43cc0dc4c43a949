// Package evm is an Ethereum chain inside the process, for demonstrations and tests: the
// chain, the block builder and the EVM of go-ethereum without its node, its network and its
// disk. Blocks are built, then executed again and checked as a node does those of others.
package evm

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"math/big"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/consensus/beacon"
	"github.com/ethereum/go-ethereum/consensus/ethash"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethdb"
	"github.com/ethereum/go-ethereum/miner"
	"github.com/ethereum/go-ethereum/params"
)

// A Chain makes a block for each transaction. It is a chain.Backend.
type Chain struct {
	mu      sync.Mutex // held while a block is made
	db      ethdb.Database
	chain   *core.BlockChain
	builder *miner.Miner
	past    bool // its clock is not the world's
}

// DefaultID is the usual chain id of development nodes.
const DefaultID = 1337

// Rules returns the rules and prices of today's mainnet, for a chain of that id.
func Rules(chainID uint64) *params.ChainConfig {
	rules := *params.AllDevChainProtocolChanges
	rules.ChainID = new(big.Int).SetUint64(chainID)
	rules.BogotaTime = nil // prices of a fork to come
	return &rules
}

// Genesis returns what accounts are rich in the beginning of a chain.
func Genesis(rich ...common.Address) types.GenesisAlloc {
	alloc := types.GenesisAlloc{}
	for _, a := range rich {
		alloc[a] = types.Account{Balance: new(big.Int).Mul(big.NewInt(1_000), big.NewInt(params.Ether))}
	}
	return alloc
}

// Start starts a chain on which accounts have 1,000 ether each. Close ends it.
func Start(chainID uint64, rich ...common.Address) *Chain { return start(chainID, 0, rich) }

// StartAt is Start at another time: blocks come a second after another, however long they take.
func StartAt(chainID uint64, at time.Time, rich ...common.Address) *Chain {
	c := start(chainID, uint64(at.Unix()), rich)
	c.past = true
	return c
}

func start(chainID, at uint64, rich []common.Address) *Chain {
	alloc := core.SystemContractAllocs()
	maps.Copy(alloc, Genesis(rich...))
	genesis := &core.Genesis{Config: Rules(chainID), GasLimit: miner.DefaultConfig.GasCeil, Alloc: alloc, Difficulty: new(big.Int), Timestamp: at}
	c := &Chain{db: rawdb.NewMemoryDatabase()}
	config := core.DefaultConfig().WithArchive(true) // calls at any block
	config.TxLookupLimit = 0                         // every transaction is found
	var err error
	if c.chain, err = core.NewBlockChain(c.db, genesis, beacon.New(ethash.NewFaker()), config); err != nil {
		panic("evm: a chain in memory cannot be made: " + err.Error())
	}
	c.builder = miner.New(c, miner.DefaultConfig, c.chain.Engine())
	return c
}

// BlockChain is what the builder builds on.
func (c *Chain) BlockChain() *core.BlockChain { return c.chain }

// TxPool is nil: no transaction ever waits.
func (c *Chain) TxPool() *txpool.TxPool { return nil }

// SendTransaction makes the block that a transaction is in. One that a node would not take
// is an error and makes none; one that reverts is in its block.
func (c *Chain) SendTransaction(_ context.Context, tx *types.Transaction) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	head := c.chain.CurrentBlock()
	rules := &txpool.ValidationOptions{
		Config: c.chain.Config(), MaxSize: maxTransaction, MinTip: new(big.Int),
		Accept: 1<<types.LegacyTxType | 1<<types.AccessListTxType | 1<<types.DynamicFeeTxType | 1<<types.SetCodeTxType,
	}
	if err := txpool.ValidateTransaction(tx, head, types.LatestSigner(c.chain.Config()), rules); err != nil {
		return err
	}
	return c.add(c.now(head), tx)
}

// maxTransaction is how many bytes nodes take.
const maxTransaction = 128 << 10

// Mine makes n blocks.
func (c *Chain) Mine(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range n {
		if err := c.add(c.now(c.chain.CurrentBlock())); err != nil {
			panic("evm: an empty block cannot be made: " + err.Error())
		}
	}
}

// Pass lets time pass, and makes a block.
func (c *Chain) Pass(d time.Duration) error {
	if d < time.Second {
		return fmt.Errorf("passing %s: blocks are whole seconds apart", d)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.add(c.chain.CurrentBlock().Time + uint64(d/time.Second))
}

// Close ends the chain.
func (c *Chain) Close() error {
	c.chain.Stop()
	return c.db.Close()
}

// now is the time of a block after head: it may run ahead of the clock, never back.
func (c *Chain) now(head *types.Header) uint64 {
	if c.past {
		return head.Time + 1
	}
	return max(uint64(time.Now().Unix()), head.Time+1)
}

// add makes a block of transactions at a time in Unix seconds. Its hash cannot be foreseen.
func (c *Chain) add(at uint64, txs ...*types.Transaction) error {
	args := &miner.BuildPayloadArgs{Parent: c.chain.CurrentBlock().Hash(), Timestamp: at, BeaconRoot: new(common.Hash)}
	if _, err := rand.Read(args.Random[:]); err != nil {
		return err
	}
	block, _, err := c.builder.BuildTestingPayload(args, txs, len(txs) == 0, nil)
	if err != nil {
		return err
	}
	_, err = c.chain.InsertChain(types.Blocks{block})
	return err
}
