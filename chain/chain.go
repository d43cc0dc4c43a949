// Package chain deploys the contracts of drawn drops and decks, mints their tokens, and checks
// what was minted.
//
//	Deploy   verifier with its key, then the mint contract with four commitments
//	Open     fixes the beacon, from a round of drand or the hash of a block, which nobody could foresee
//	SetTemplate  fixes the fifth commitment, once, by the owner, who knows by then what was drawn
//	Mint     tokens that are proven under that beacon
//	Announce another template, which documents may be updated to
//	Update   tokens to their documents under that template
//	Check    a minted drop against what was published of it, or alone
//
// and of decks, whose cards are all proven before anything is sold:
//
//	DeployDeck  verifier, beacon, and the contract with the deck's commitments
//	Admit       the proofs of all cards, in any order, by anybody
//	OpenSale    by the author, once; then Buy, BuyListed, TakeReserve
//	Reveal      draws which token shows which card; then Withdraw
//	CheckDeck   a deck's contract against what was published of the deck
//
// All of it can be run again: what is on the chain is found there and not done twice. A
// journal keeps the hash of every transaction, so that an interrupted run is continued. It alone
// tells which purchases were made: the same one is made twice if [Client.Again] asks for it.
// Apart from the account's private key, only public data passes through this package.
package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
)

// A Backend is a node: an ethclient.Client, or an embedded chain.
type Backend interface {
	bind.Backend
	ethereum.BlockNumberReader
	ethereum.ChainIDReader
	TransactionInBlock(ctx context.Context, block common.Hash, index uint) (*types.Transaction, error)
	NonceAt(ctx context.Context, account common.Address, blockNumber *big.Int) (uint64, error)
	BalanceAt(ctx context.Context, account common.Address, blockNumber *big.Int) (*big.Int, error)
}

// localChains are those of development nodes: geth --dev and anvil. Nothing there has a value.
var localChains = []uint64{1337, 31337}

// IsLocal reports whether a chain id is one of development nodes.
func IsLocal(chainID uint64) bool { return slices.Contains(localChains, chainID) }

// A Client speaks to one chain.
type Client struct {
	ChainID uint64
	Journal *Journal          // nil to keep none
	Notice  func(what string) // nil to tell nothing of what is waited for
	// KnownKey returns where the verifying key with a digest comes from, a
	// provenance.Provenance as text, as far as this machine knows it, and else "". Nil knows
	// none. On chains of value keys that are not known to be safe are refused: see [UnsafeKey].
	KnownKey        func(digest [32]byte) string
	AllowUnsafeKeys bool                 // use keys whose makers can forge proofs on any chain
	DryRun          func(string, uint64) // not nil: instead of sending, it is told what would be, and its gas
	Collect         func(Call)           // not nil: instead of sending, it is given the call, for another account to make
	Fees            Fees
	Timeout         time.Duration // how long a transaction may take to be mined; 0: for ever
	// Replace a transaction that takes longer (2 minutes without Timeout) by one that pays an eighth more, or
	// what gas costs by then: up to Fees.MaxFee, and without that up to twice what gas costs at first.
	Replace bool
	// Confirm is told the most that a transaction can cost in fees, its replacements included, and what it
	// pays, both in wei, before it is signed: its error stops it. Nil lets all pass.
	Confirm func(event string, fees, value *big.Int) error
	Again   bool                      // make a purchase that the journal says was made before
	Found   func(string, common.Hash) // not nil: told of the transaction that has made a purchase before, so that nothing is sent
	// Signature returns drand's signature of a round, for drops whose beacon it is. It may wait
	// for the round. It is checked before it is sent. Nil knows none: see [NeedsSignature].
	Signature func(ctx context.Context, chainHash [32]byte, round uint64) ([]byte, error)
	backend   Backend
	account   *Account
	poll      time.Duration
	arrived   []common.Address // contracts of earlier runs that Resume has waited for
}

// Dial connects to a node: http, https, ws or wss URL, or the path of a socket.
func Dial(ctx context.Context, url string) (Backend, error) {
	backend, err := ethclient.DialContext(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("connecting to the node: %w", withoutURL(err))
	}
	return backend, nil
}

// New returns a client of a backend. Without an account it only reads.
func New(ctx context.Context, backend Backend, account *Account) (*Client, error) {
	id, err := backend.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("asking the node for its chain id: %w", withoutURL(err))
	}
	if !id.IsUint64() || id.Sign() == 0 {
		return nil, fmt.Errorf("the node names chain id %s: not one of 64 bits", id)
	}
	c := &Client{ChainID: id.Uint64(), backend: backend, account: account, poll: 2 * time.Second}
	if IsLocal(c.ChainID) {
		c.poll = 100 * time.Millisecond
	}
	return c, nil
}

// Local reports whether this is a development node's chain.
func (c *Client) Local() bool { return IsLocal(c.ChainID) }

// Address is the account's, zero without one.
func (c *Client) Address() common.Address {
	if c.account == nil {
		return common.Address{}
	}
	return c.account.Address
}

func (c *Client) notice(format string, args ...any) {
	if c.Notice != nil {
		c.Notice(fmt.Sprintf(format, args...))
	}
}

// errNoContract says that an address has no code.
var errNoContract = errors.New("there is no contract")

// read calls a view at a block, nil for the latest.
func read[T any](ctx context.Context, c *Client, at common.Address, block *big.Int, data []byte, unpack func([]byte) (T, error)) (T, error) {
	var none T
	out, err := c.backend.CallContract(ctx, ethereum.CallMsg{To: &at, Data: data}, block)
	if err != nil {
		return none, reason(err)
	}
	if len(out) == 0 {
		if code, err := c.backend.CodeAt(ctx, at, block); err == nil && len(code) == 0 {
			return none, fmt.Errorf("%s on chain %d: %w", at, c.ChainID, errNoContract)
		}
	}
	v, err := unpack(out)
	if err != nil {
		return none, fmt.Errorf("%s on chain %d is another kind of contract: %w", at, c.ChainID, err)
	}
	return v, nil
}

// sleep waits for a poll's time.
func (c *Client) sleep(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(c.poll):
		return nil
	}
}
