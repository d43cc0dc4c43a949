package chain

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/genproof/genproof/setup/drand"
	deckbindings "github.com/genproof/genproof/solidity/bindings/deck"
)

// A Sale is what a sale asks for. Prices are in wei, multiples of 1 gwei.
type Sale struct {
	ListFrom, PublicFrom, End time.Time // in whole seconds
	ListPrice, Price          *big.Int
	List                      [32]byte // the list's root, zero for none
}

// check refuses what the contract has no room for: it would be taken for something else.
func (s *Sale) check() error {
	for _, at := range []time.Time{s.ListFrom, s.PublicFrom, s.End} {
		if n := at.Unix(); n < 0 || n > math.MaxUint32 {
			return fmt.Errorf("one of the sale's times is %s: want 1970 to 2106", at.UTC().Format(time.RFC3339))
		}
	}
	for _, price := range []*big.Int{s.ListPrice, s.Price} {
		if n, rest := new(big.Int).DivMod(price, big.NewInt(1e9), new(big.Int)); rest.Sign() != 0 || !n.IsUint64() {
			return fmt.Errorf("a price of %s wei: want a multiple of 1 gwei, below 2^64 gwei", price)
		}
	}
	return nil
}

// OpenSale opens the sale of a deck whose every card is admitted: once, and its author's alone.
func (c *Client) OpenSale(ctx context.Context, contract common.Address, sale Sale) (*types.Receipt, error) {
	if err := sale.check(); err != nil {
		return nil, fmt.Errorf("opening the sale: %w", err)
	}
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	switch {
	case s.State == Admitting:
		return nil, fmt.Errorf("opening the sale: the contract has %d of %d groups of the deck", s.Admitted(), len(s.Directories))
	case s.State != Complete:
		return nil, fmt.Errorf("opening the sale: it was opened before, and ends at %s", time.Unix(int64(s.Sale.End), 0).UTC().Format(time.RFC3339))
	case s.Terms.Author != c.Address():
		return nil, fmt.Errorf("opening the sale: the deck is of %s, who alone may do so; this account is %s", s.Terms.Author, c.Address())
	}
	return c.call(ctx, EventSale, contract, SaleCall(sale), nil)
}

// SaleCall is the data of the transaction that opens a sale, whose times have 32 bits.
func SaleCall(s Sale) []byte {
	return deckABI.PackOpenSale(deckbindings.SaleTerms{
		End: uint32(s.End.Unix()), ListFrom: uint32(s.ListFrom.Unix()), PublicFrom: uint32(s.PublicFrom.Unix()),
		ListPrice: s.ListPrice, Price: s.Price, List: s.List,
	})
}

// CloseSale ends a sale that is sold out. Anybody may.
func (c *Client) CloseSale(ctx context.Context, contract common.Address) (*types.Receipt, error) {
	return c.call(ctx, EventSale, contract, deckABI.PackCloseSale(), nil)
}

// LowerPrices lowers what a token costs, in wei; nil leaves a price as it is. The owner's.
func (c *Client) LowerPrices(ctx context.Context, contract common.Address, listPrice, price *big.Int) (*types.Receipt, error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	if listPrice == nil {
		listPrice = s.Sale.ListPrice
	}
	if price == nil {
		price = s.Sale.Price
	}
	return c.call(ctx, EventSale, contract, deckABI.PackLowerPrices(listPrice, price), nil)
}

// SetList gives a sale another allow list, before the list's phase begins. The owner's.
func (c *Client) SetList(ctx context.Context, contract common.Address, list [32]byte) (*types.Receipt, error) {
	return c.call(ctx, EventSale, contract, deckABI.PackSetList(list), nil)
}

// Buy mints the next n tokens to the account, for what they cost in the public phase. Like BuyListed
// and TakeReserve it does so once, by the journal: see [Client.Again].
func (c *Client) Buy(ctx context.Context, contract common.Address, n uint64) (*types.Receipt, error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	return c.once(ctx, EventMint, contract, deckABI.PackMint(new(big.Int).SetUint64(n)), cost(n, s.Sale.Price))
}

// BuyListed mints the next n tokens to the account, which the list grants allowance tokens in all.
func (c *Client) BuyListed(ctx context.Context, contract common.Address, n, allowance uint64, path [][32]byte) (*types.Receipt, error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	data := deckABI.PackMintListed(new(big.Int).SetUint64(n), new(big.Int).SetUint64(allowance), path)
	return c.once(ctx, EventMint, contract, data, cost(n, s.Sale.ListPrice))
}

func cost(n uint64, price *big.Int) *big.Int {
	return new(big.Int).Mul(price, new(big.Int).SetUint64(n))
}

// TakeReserve mints n tokens of the reserve to an account. The owner's.
func (c *Client) TakeReserve(ctx context.Context, contract, to common.Address, n uint64) (*types.Receipt, error) {
	return c.once(ctx, EventMint, contract, deckABI.PackMintReserve(to, new(big.Int).SetUint64(n)), nil)
}

// Withdraw sends what was paid to an account, once the sale is settled. The owner's.
func (c *Client) Withdraw(ctx context.Context, contract, to common.Address) (*types.Receipt, error) {
	return c.call(ctx, EventWithdraw, contract, deckABI.PackWithdraw(to), nil)
}

// Reveal draws a permuted deck's assignment by the signature of its round, which it asks
// [Client.Signature] for, and checks. Anybody may.
func (c *Client) Reveal(ctx context.Context, contract common.Address) (*types.Receipt, error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	switch {
	case !s.Permuted():
		return nil, errors.New("revealing: the deck is fixed: its tokens show their cards from the start")
	case s.State < Ended:
		return nil, fmt.Errorf("revealing: the deck is %s: its sale has not ended", s.State)
	case s.State > Ended:
		return nil, fmt.Errorf("revealing: the deck is %s", s.State)
	}
	signature, err := c.roundSignature(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("revealing: %w", err)
	}
	return c.call(ctx, EventReveal, contract, deckABI.PackReveal(signature), nil)
}

func (c *Client) roundSignature(ctx context.Context, s *DeckStatus) ([]byte, error) {
	at, err := drand.Time(s.BeaconChain, s.Round)
	if err != nil {
		return nil, fmt.Errorf("the beacon of the contract %s is %s: %w", s.Contract, s.Terms.Beacon, err)
	}
	if c.Signature == nil {
		return nil, &NeedsSignature{s.BeaconChain, s.Round, at}
	}
	signature, err := c.Signature(ctx, s.BeaconChain, s.Round)
	if err != nil {
		return nil, err
	}
	_, err = drand.Verify(s.BeaconChain, s.Round, signature)
	return signature, err
}

// RevealByBlockHash is the weaker way, for a beacon that was silent for 30 days: it chooses a
// block 64 ahead or, when that is there, reveals by its hash.
func (c *Client) RevealByBlockHash(ctx context.Context, contract common.Address) (*types.Receipt, error) {
	if err := c.CheckBlocks(ctx); err != nil {
		return nil, fmt.Errorf("revealing: %w", err)
	}
	return c.call(ctx, EventReveal, contract, deckABI.PackRevealByBlockHash(), nil)
}

// GiveUp lets a permuted deck fail whose beacon was silent for 60 days, so that what was paid
// can be withdrawn.
func (c *Client) GiveUp(ctx context.Context, contract common.Address) (*types.Receipt, error) {
	return c.call(ctx, EventReveal, contract, deckABI.PackFail(), nil)
}

// call sends a transaction with perhaps a value in wei. In a dry run its receipt is nil.
func (c *Client) call(ctx context.Context, event string, to common.Address, data []byte, value *big.Int) (*types.Receipt, error) {
	receipt, err := c.pay(ctx, Entry{Event: event, Contract: to}, &to, data, value)
	if errors.Is(err, errDry) {
		return nil, nil
	}
	return receipt, err
}
