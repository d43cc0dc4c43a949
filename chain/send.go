package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// errDry ends what is not sent: in a dry run, and where the calls are collected.
var errDry = errors.New("dry run")

// A Call is a transaction that somebody else sends, such as a wallet of several signers.
type Call struct {
	Event string
	To    common.Address
	Data  []byte
	Value *big.Int // wei
}

// send signs a transaction, writes it down, sends it and waits for its receipt. to nil
// creates a contract, whose address it puts into the entry.
func (c *Client) send(ctx context.Context, e Entry, to *common.Address, data []byte) (*types.Receipt, error) {
	return c.pay(ctx, e, to, data, nil)
}

// pay is send with ether, in wei.
func (c *Client) pay(ctx context.Context, e Entry, to *common.Address, data []byte, value *big.Int) (*types.Receipt, error) {
	if c.account == nil {
		return nil, errors.New("no account is given to sign with")
	}
	gas, err := c.backend.EstimateGas(ctx, ethereum.CallMsg{From: c.account.Address, To: to, Data: data, Value: value})
	if err != nil {
		return nil, reason(err)
	}
	if done, err := c.keepCall(e.Event, to, data, value, gas); done {
		return nil, err
	}
	gas += gas / 20 // state may have moved on until it is mined
	if err := c.Fees.gas(gas); err != nil {
		return nil, err
	}
	p, err := c.price(ctx)
	if err != nil {
		return nil, err
	}
	if c.Confirm != nil {
		if err := c.Confirm(e.Event, new(big.Int).Mul(p.cap, new(big.Int).SetUint64(gas)), value); err != nil {
			return nil, err
		}
	}
	e.State, e.ChainID = StateSent, c.ChainID
	if !c.account.signs() {
		return c.delegate(ctx, e, p, to, data, value, gas)
	}
	nonce, err := c.backend.PendingNonceAt(ctx, c.account.Address)
	if err != nil {
		return nil, fmt.Errorf("asking the node for the account's transactions: %w", withoutURL(err))
	}
	if to == nil {
		e.Contract = crypto.CreateAddress(c.account.Address, nonce)
	}
	return c.submit(ctx, e, p, func(p price) *types.Transaction { return p.transaction(c.ChainID, nonce, to, data, value, gas) })
}

// keepCall keeps a transaction that is not to be sent, and reports whether it is none.
func (c *Client) keepCall(event string, to *common.Address, data []byte, value *big.Int, gas uint64) (done bool, err error) {
	switch {
	case c.DryRun != nil:
		c.DryRun(event, gas)
		return true, errDry
	case c.Collect != nil && to == nil:
		return true, errors.New("a contract's creation is no call of another account: deploy it from an account of your own")
	case c.Collect != nil:
		if value == nil {
			value = new(big.Int)
		}
		c.Collect(Call{event, *to, data, value})
		return true, errDry
	}
	return false, nil
}

// submit signs, writes down and sends, and waits; a transaction that is not mined in time is
// replaced by one that pays more, if that is wished. sent are those that it replaces.
func (c *Client) submit(ctx context.Context, e Entry, p price, fill func(price) *types.Transaction, sent ...common.Hash) (*types.Receipt, error) {
	for {
		tx, err := c.account.sign(fill(p), c.ChainID)
		if err != nil {
			return nil, fmt.Errorf("signing the transaction: %w", err)
		}
		e.Tx = tx.Hash()
		if err := c.Journal.Append(e); err != nil {
			return nil, err
		}
		if err := c.backend.SendTransaction(ctx, tx); err != nil && len(sent) == 0 {
			return nil, fmt.Errorf("sending the transaction: %w", reason(err))
		} // a replacement that comes too late is refused, and the first one is mined
		sent = append(sent, e.Tx)
		receipt, err := c.receipt(ctx, c.patience(), sent...)
		var stuck *StuckError
		if errors.As(err, &stuck) && c.Replace {
			if higher, err := c.Fees.bound(p.raised(), nil); err == nil && higher.cap.Cmp(p.cap) > 0 {
				c.notice("transaction %s is not mined yet: replacing it by one that pays %s gwei", e.Tx, gwei(higher.cap))
				p = higher
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		return c.settled(e, receipt)
	}
}

// patience is how long one transaction may take, 0 for ever.
func (c *Client) patience() time.Duration {
	if c.Timeout == 0 && c.Replace {
		return 2 * time.Minute
	}
	return c.Timeout
}

// A StuckError says that a transaction was sent and is not mined in the time it had.
type StuckError struct {
	Tx    common.Hash
	After time.Duration
}

func (e *StuckError) Error() string {
	return fmt.Sprintf("transaction %s is sent, and not mined after %s", e.Tx, e.After)
}

// Send calls a contract in any other way: burning, transferring, announcing a template.
func (c *Client) Send(ctx context.Context, to common.Address, data []byte) error {
	_, err := c.send(ctx, Entry{Event: EventCall, Contract: to}, &to, data)
	return err
}

// settle waits for a transaction's receipt and writes down how it ended.
func (c *Client) settle(ctx context.Context, e Entry) (*types.Receipt, error) {
	receipt, err := c.receipt(ctx, c.Timeout, e.Tx)
	if err != nil {
		return nil, fmt.Errorf("waiting for transaction %s: %w", e.Tx, err)
	}
	return c.settled(e, receipt)
}

// settled writes down how a transaction ended.
func (c *Client) settled(e Entry, receipt *types.Receipt) (*types.Receipt, error) {
	e.Tx, e.State, e.Block, e.Gas = receipt.TxHash, StateMined, receipt.BlockNumber.Uint64(), receipt.GasUsed
	if e.Contract == (common.Address{}) {
		e.Contract = receipt.ContractAddress
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		e.State = StateFailed
	}
	if err := c.Journal.Append(e); err != nil {
		return nil, err
	}
	if e.State == StateFailed {
		return nil, fmt.Errorf("transaction %s was mined and failed: the state changed since it was simulated; run the same again", e.Tx)
	}
	return receipt, nil
}

// maxSilence is how often a node may fail to answer in a row.
const maxSilence = 30

// receipt waits for the receipt of one of some transactions, of which one at most is mined.
func (c *Client) receipt(ctx context.Context, patience time.Duration, hashes ...common.Hash) (*types.Receipt, error) {
	start := time.Now()
	for silence := 0; ; {
		for _, hash := range hashes {
			receipt, err := c.backend.TransactionReceipt(ctx, hash)
			switch {
			case err == nil:
				return receipt, nil
			case errors.Is(err, ethereum.NotFound):
				silence = 0
			default:
				if silence++; silence > maxSilence {
					return nil, withoutURL(err)
				}
			}
		}
		if waited := time.Since(start); patience != 0 && waited > patience {
			return nil, &StuckError{hashes[len(hashes)-1], patience}
		}
		if err := c.sleep(ctx); err != nil {
			return nil, err
		}
	}
}

// Resume waits for transactions that an earlier run has sent without seeing the end. Those
// the node has never heard of were not sent, or were dropped.
func (c *Client) Resume(ctx context.Context) error {
	if c.DryRun != nil || c.Collect != nil {
		return nil
	}
	list, err := c.Journal.Entries()
	if err != nil {
		return err
	}
	for _, e := range unsettled(list) {
		if e.ChainID != c.ChainID {
			continue
		}
		tx, pending, err := c.backend.TransactionByHash(ctx, e.Tx)
		if errors.Is(err, ethereum.NotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("looking for transaction %s: %w", e.Tx, withoutURL(err))
		}
		c.notice("waiting for a transaction of an earlier run: %s", e.Tx)
		if err := c.resumed(ctx, e, tx, pending); err != nil && (ctx.Err() != nil || isStuck(err)) {
			return err
		}
	}
	return nil
}

func isStuck(err error) bool {
	var stuck *StuckError
	return errors.As(err, &stuck)
}

// resumed waits for a transaction of an earlier run, or replaces it if that is wished.
func (c *Client) resumed(ctx context.Context, e Entry, tx *types.Transaction, pending bool) error {
	if !pending || !c.Replace || c.account == nil || !c.account.signs() {
		_, err := c.settle(ctx, e)
		return err
	}
	from, err := types.Sender(types.LatestSignerForChainID(tx.ChainId()), tx)
	if err != nil || from != c.account.Address {
		_, err := c.settle(ctx, e)
		return err
	}
	p := price{cap: tx.GasFeeCap(), tip: tx.GasTipCap()}
	if tx.Type() == types.LegacyTxType {
		p = price{cap: tx.GasPrice()}
	}
	higher, err := c.Fees.bound(p.raised(), nil)
	if err != nil {
		return err
	}
	_, err = c.submit(ctx, e, higher, func(p price) *types.Transaction {
		return p.transaction(c.ChainID, tx.Nonce(), tx.To(), tx.Data(), tx.Value(), tx.Gas())
	}, e.Tx)
	return err
}
