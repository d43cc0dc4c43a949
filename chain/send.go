package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// errDry ends what a dry run would have sent.
var errDry = errors.New("dry run")

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
	if c.DryRun != nil {
		c.DryRun(e.Event, gas)
		return nil, errDry
	}
	tx, err := c.sign(ctx, to, data, value, gas+gas/20) // state may have moved on until it is mined
	if err != nil {
		return nil, err
	}
	if to == nil {
		e.Contract = crypto.CreateAddress(c.account.Address, tx.Nonce())
	}
	e.State, e.ChainID, e.Tx = StateSent, c.ChainID, tx.Hash()
	if err := c.Journal.Append(e); err != nil {
		return nil, err
	}
	if err := c.backend.SendTransaction(ctx, tx); err != nil {
		return nil, fmt.Errorf("sending the transaction: %w", reason(err))
	}
	return c.settle(ctx, e)
}

// Send calls a contract in any other way: burning, transferring, announcing a template.
func (c *Client) Send(ctx context.Context, to common.Address, data []byte) error {
	_, err := c.send(ctx, Entry{Event: EventCall, Contract: to}, &to, data)
	return err
}

// sign fills in nonce and fees.
func (c *Client) sign(ctx context.Context, to *common.Address, data []byte, value *big.Int, gas uint64) (*types.Transaction, error) {
	opts := bind.NewKeyedTransactor(c.account.key, new(big.Int).SetUint64(c.ChainID))
	opts.Context, opts.NoSend, opts.GasLimit, opts.Value = ctx, true, gas, value
	var tx *types.Transaction
	var err error
	if to == nil {
		tx, err = bind.NewBoundContract(common.Address{}, abi.ABI{}, c.backend, c.backend, c.backend).RawCreationTransact(opts, data)
	} else {
		tx, err = bind.NewBoundContract(*to, abi.ABI{}, c.backend, c.backend, c.backend).RawTransact(opts, data)
	}
	if err != nil {
		return nil, fmt.Errorf("preparing the transaction: %w", reason(err))
	}
	return tx, nil
}

// settle waits for a transaction's receipt and writes down how it ended.
func (c *Client) settle(ctx context.Context, e Entry) (*types.Receipt, error) {
	receipt, err := c.receipt(ctx, e.Tx)
	if err != nil {
		return nil, fmt.Errorf("waiting for transaction %s: %w", e.Tx, err)
	}
	e.State, e.Block, e.Gas = StateMined, receipt.BlockNumber.Uint64(), receipt.GasUsed
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

func (c *Client) receipt(ctx context.Context, hash common.Hash) (*types.Receipt, error) {
	for silence := 0; ; {
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
		if err := c.sleep(ctx); err != nil {
			return nil, err
		}
	}
}

// Resume waits for transactions that an earlier run has sent without seeing the end. Those
// the node has never heard of were not sent, or were dropped.
func (c *Client) Resume(ctx context.Context) error {
	if c.DryRun != nil {
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
		_, _, err := c.backend.TransactionByHash(ctx, e.Tx)
		if errors.Is(err, ethereum.NotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("looking for transaction %s: %w", e.Tx, withoutURL(err))
		}
		c.notice("waiting for a transaction of an earlier run: %s", e.Tx)
		if _, err := c.settle(ctx, e); err != nil && ctx.Err() != nil {
			return err
		}
	}
	return nil
}
