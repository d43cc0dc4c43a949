package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Fees bound what a transaction may cost. Zeros bound nothing.
type Fees struct {
	MaxFee         *big.Int // wei for a unit of gas, base fee and tip together
	MaxPriorityFee *big.Int // wei of it that may be the tip
	MaxGas         uint64   // units of gas
}

// MaxTransactionGas is the most gas that Ethereum takes in one transaction (EIP-7825).
const MaxTransactionGas = 1 << 24

// A FeeError says that a transaction would cost more than it may.
type FeeError struct{ text string }

func (e *FeeError) Error() string { return e.text }

// A price is what a unit of gas may cost: a cap and a tip where the chain has EIP-1559's base
// fee, else one figure.
type price struct{ cap, tip *big.Int } // tip is nil on a chain without base fee

// price asks the node what a unit of gas costs now. Nodes without EIP-1559's calls are asked for
// one figure, which is taken for both.
func (c *Client) price(ctx context.Context) (price, error) {
	head, err := c.backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return price{}, fmt.Errorf("asking the node for its block: %w", withoutURL(err))
	}
	if head.BaseFee == nil {
		one, err := c.backend.SuggestGasPrice(ctx)
		if err != nil {
			return price{}, fmt.Errorf("asking the node for the price of gas: %w", withoutURL(err))
		}
		return c.Fees.bound(price{cap: one}, nil)
	}
	tip, err := c.tip(ctx, head)
	if err != nil {
		return price{}, err
	}
	double := new(big.Int).Lsh(head.BaseFee, 1) // the base fee of six full blocks ahead
	return c.Fees.bound(price{double.Add(double, tip), tip}, head.BaseFee)
}

// tip is what the node suggests; from its whole price, where it knows no tips.
func (c *Client) tip(ctx context.Context, head *types.Header) (*big.Int, error) {
	tip, err := c.backend.SuggestGasTipCap(ctx)
	if err == nil {
		return tip, nil
	}
	whole, other := c.backend.SuggestGasPrice(ctx)
	if other != nil {
		return nil, fmt.Errorf("asking the node for the price of gas: %w", withoutURL(errors.Join(err, other)))
	}
	if whole.Cmp(head.BaseFee) < 0 {
		return new(big.Int), nil
	}
	return whole.Sub(whole, head.BaseFee), nil
}

// bound keeps a price within what it may be. base is the chain's base fee, nil if it has none.
func (f *Fees) bound(p price, base *big.Int) (price, error) {
	if f.MaxPriorityFee != nil && p.tip != nil && p.tip.Cmp(f.MaxPriorityFee) > 0 {
		p.tip = f.MaxPriorityFee
	}
	if f.MaxFee == nil {
		return p, nil
	}
	least := base
	if least == nil {
		least = p.cap
	}
	if f.MaxFee.Cmp(least) < 0 {
		return p, &FeeError{fmt.Sprintf("gas costs %s gwei now, and may cost %s", gwei(least), gwei(f.MaxFee))}
	}
	if p.cap.Cmp(f.MaxFee) > 0 {
		p.cap = f.MaxFee
	}
	if p.tip != nil && p.tip.Cmp(p.cap) > 0 {
		p.tip = p.cap
	}
	return p, nil
}

// gas bounds what a transaction may use, its margin included.
func (f *Fees) gas(gas uint64) error {
	switch {
	case f.MaxGas != 0 && gas > f.MaxGas:
		return &FeeError{fmt.Sprintf("the transaction takes up to %d gas, and may take %d", gas, f.MaxGas)}
	case gas > MaxTransactionGas:
		return &FeeError{fmt.Sprintf("the transaction takes up to %d gas, more than the %d of one transaction (EIP-7825)", gas, MaxTransactionGas)}
	}
	return nil
}

// ceiling is the most that a unit of gas may cost until a transaction is mined, at a price of now:
// that price or, where what is stuck is replaced, MaxFee, and without one twice that price.
func (c *Client) ceiling(now price) *big.Int {
	switch {
	case !c.Replace || !c.account.signs():
		return now.cap
	case c.Fees.MaxFee != nil:
		return c.Fees.MaxFee
	}
	return new(big.Int).Lsh(now.cap, 1)
}

// higher is what a replacement of a transaction pays: what gas costs now, if nodes take that for a
// replacement, and else what they ask for. ok is false if that is more than it may be.
func (c *Client) higher(ctx context.Context, p price, most *big.Int) (next price, ok bool) {
	next = p.raised()
	if now, err := c.price(ctx); err == nil && (now.tip == nil) == (next.tip == nil) {
		next = next.orMore(now)
	}
	if next.cap.Cmp(most) > 0 {
		next.cap = most
	}
	if next.tip != nil && c.Fees.MaxPriorityFee != nil && next.tip.Cmp(c.Fees.MaxPriorityFee) > 0 {
		next.tip = c.Fees.MaxPriorityFee
	}
	if next.tip != nil && next.tip.Cmp(next.cap) > 0 {
		next.tip = next.cap
	}
	return next, replaces(next.cap, p.cap) && (p.tip == nil || replaces(next.tip, p.tip))
}

// replaces reports whether nodes take a figure in place of a lower one: a tenth more, at least.
func replaces(next, last *big.Int) bool {
	ten, eleven := new(big.Int).Mul(next, big.NewInt(10)), new(big.Int).Mul(last, big.NewInt(11))
	return next.Cmp(last) > 0 && ten.Cmp(eleven) >= 0
}

// orMore is the larger of both figures each.
func (p price) orMore(q price) price {
	if p.cap.Cmp(q.cap) < 0 {
		p.cap = q.cap
	}
	if p.tip != nil && p.tip.Cmp(q.tip) < 0 {
		p.tip = q.tip
	}
	return p
}

// priceOf is what a transaction pays.
func priceOf(tx *types.Transaction) price {
	if tx.Type() == types.LegacyTxType {
		return price{cap: tx.GasPrice()}
	}
	return price{cap: tx.GasFeeCap(), tip: tx.GasTipCap()}
}

// raised is a price that nodes take for a replacement: they ask for a tenth more of both figures.
func (p price) raised() price {
	r := price{cap: raise(p.cap)}
	if p.tip != nil {
		r.tip = raise(p.tip)
	}
	return r
}

// raise adds an eighth, and one so that nothing stays as it is.
func raise(x *big.Int) *big.Int {
	more := new(big.Int).Rsh(x, 3)
	return more.Add(more, x).Add(more, big.NewInt(1))
}

// gwei writes wei for people.
func gwei(wei *big.Int) string {
	return new(big.Rat).SetFrac(wei, big.NewInt(1e9)).FloatString(3)
}

// GasPrice is what a unit of gas may cost now, in wei.
func (c *Client) GasPrice(ctx context.Context) (*big.Int, error) {
	p, err := c.price(ctx)
	return p.cap, err
}

// transaction fills in a transaction that nobody has signed.
func (p price) transaction(chainID, nonce uint64, to *common.Address, data []byte, value *big.Int, gas uint64) *types.Transaction {
	if value == nil {
		value = new(big.Int)
	}
	if p.tip == nil {
		return types.NewTx(&types.LegacyTx{Nonce: nonce, GasPrice: p.cap, Gas: gas, To: to, Value: value, Data: data})
	}
	return types.NewTx(&types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(chainID), Nonce: nonce, GasTipCap: p.tip, GasFeeCap: p.cap, Gas: gas, To: to, Value: value, Data: data,
	})
}
