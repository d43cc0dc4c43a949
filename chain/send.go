package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
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
	return c.transact(ctx, &request{entry: e, to: to, data: data, value: value})
}

// A request is a transaction that has no price yet.
type request struct {
	entry Entry
	to    *common.Address // nil creates a contract
	data  []byte
	value *big.Int
	gas   uint64
	tries []Entry // earlier ones with the same number, none of which is mined yet
}

// at is the request as a transaction that nobody has signed.
func (q *request) at(p price, chainID uint64) *types.Transaction {
	return p.transaction(chainID, *q.entry.Nonce, q.to, q.data, q.value, q.gas)
}

// transact does what is asked for, under the number that its entry has, or else the account's next.
func (c *Client) transact(ctx context.Context, q *request) (*types.Receipt, error) {
	if c.account == nil {
		return nil, errors.New("no account is given to sign with")
	}
	gas, err := c.backend.EstimateGas(ctx, ethereum.CallMsg{From: c.account.Address, To: q.to, Data: q.data, Value: q.value})
	if err != nil {
		return nil, reason(err)
	}
	if done, err := c.keepCall(q.entry.Event, q.to, q.data, q.value, gas); done {
		return nil, err
	}
	q.gas = gas + gas/20 // state may have moved on until it is mined
	if err := c.Fees.gas(q.gas); err != nil {
		return nil, err
	}
	p, err := c.price(ctx)
	if err != nil {
		return nil, err
	}
	most := c.ceiling(p)
	if err := c.confirm(q, most); err != nil {
		return nil, err
	}
	e := &q.entry
	e.ChainID, e.From, e.Call = c.ChainID, c.account.Address, callOf(c.account.Address, q.to, q.data)
	if e.Nonce == nil {
		nonce, err := c.backend.PendingNonceAt(ctx, c.account.Address)
		if err != nil {
			return nil, fmt.Errorf("asking the node for the account's transactions: %w", withoutURL(err))
		}
		e.Nonce = &nonce
	}
	if !c.account.signs() {
		return c.delegate(ctx, q, p)
	}
	if q.to == nil {
		e.Contract = crypto.CreateAddress(c.account.Address, *e.Nonce)
	}
	return c.submit(ctx, q, p, most)
}

// confirm asks whether a transaction may be signed whose gas costs at most so much a unit.
func (c *Client) confirm(q *request, most *big.Int) error {
	if c.Confirm == nil {
		return nil
	}
	return c.Confirm(q.entry.Event, new(big.Int).Mul(most, new(big.Int).SetUint64(q.gas)), q.value)
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
// replaced by one that pays more, if that is wished, up to what a unit of gas may cost in the end.
func (c *Client) submit(ctx context.Context, q *request, p price, most *big.Int) (*types.Receipt, error) {
	e, sent := q.entry, hashesOf(q.tries)
	e.State = StateSent
	for {
		tx, err := c.account.sign(q.at(p, c.ChainID), c.ChainID)
		if err != nil {
			return nil, fmt.Errorf("signing the transaction: %w", err)
		}
		e.Tx = tx.Hash()
		if err := c.Journal.Append(e); err != nil {
			return nil, err
		}
		// A replacement that comes too late is refused, and an earlier one is mined.
		if err := c.backend.SendTransaction(ctx, tx); err != nil && !c.knows(ctx, sent) {
			return nil, fmt.Errorf("sending the transaction: %w", reason(err))
		}
		sent = append(sent, e.Tx)
		receipt, err := c.receipt(ctx, c.patience(), sent...)
		if c.Replace && isStuck(err) {
			if next, ok := c.higher(ctx, p, most); ok {
				c.notice("transaction %s is not mined yet: replacing it by one that pays %s gwei", e.Tx, gwei(next.cap))
				p = next
				continue
			}
		}
		if err != nil {
			return nil, err
		}
		return c.settled(e, q.tries, receipt)
	}
}

// knows reports whether the node has one of some transactions.
func (c *Client) knows(ctx context.Context, list []common.Hash) bool {
	return slices.ContainsFunc(list, func(hash common.Hash) bool {
		_, _, err := c.backend.TransactionByHash(ctx, hash)
		return err == nil
	})
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

// Send calls a contract in any other way: burning, transferring, announcing a template. It does so
// as often as it is called.
func (c *Client) Send(ctx context.Context, to common.Address, data []byte) error {
	_, err := c.send(ctx, Entry{Event: EventCall, Contract: to}, &to, data)
	return err
}

// settled writes down how a transaction ended, which can be one with its number that was sent before.
func (c *Client) settled(e Entry, before []Entry, receipt *types.Receipt) (*types.Receipt, error) {
	if i := slices.IndexFunc(before, func(o Entry) bool { return o.Tx == receipt.TxHash }); i >= 0 && e.Tx != receipt.TxHash {
		e = before[i]
	}
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
		return nil, &failedError{e.Tx}
	}
	return receipt, nil
}

// A failedError says that a transaction was mined and did nothing.
type failedError struct{ tx common.Hash }

func (e *failedError) Error() string {
	return fmt.Sprintf("transaction %s was mined and failed: the state changed since it was simulated; run the same again", e.tx)
}

func isStuck(err error) bool {
	var stuck *StuckError
	return errors.As(err, &stuck)
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
			case err == nil && receipt.TxHash != hash:
				return nil, fmt.Errorf("the node answers with the receipt of another transaction, %s", receipt.TxHash)
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
