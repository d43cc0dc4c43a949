package chain

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

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
	for open := unsettled(list); len(open) > 0; {
		first := open[0]
		var rivals []Entry // first, and later ones with its account and number
		open = slices.DeleteFunc(open, func(e Entry) bool {
			own := e.Tx == first.Tx || e.rivals(&first)
			if own {
				rivals = append(rivals, e)
			}
			return own
		})
		if first.ChainID != c.ChainID {
			continue
		}
		if err := c.resume(ctx, rivals); err != nil {
			return err
		}
	}
	return nil
}

// resume waits for a transaction of an earlier run and for those that replace it, of which one at
// most is mined, if the node knows one. What has failed is settled as well.
func (c *Client) resume(ctx context.Context, rivals []Entry) error {
	for i := range rivals {
		rivals[i].Resumed = true
	}
	for i, e := range slices.Backward(rivals) {
		tx, pending, err := c.backend.TransactionByHash(ctx, e.Tx)
		switch {
		case errors.Is(err, ethereum.NotFound):
			continue
		case err != nil:
			return fmt.Errorf("looking for transaction %s: %w", e.Tx, withoutURL(err))
		}
		rivals[i].complete(tx)
		return c.resumeAs(ctx, rivals[i], tx, pending, rivals)
	}
	return nil
}

// resumeAs waits for one of some transactions, of which the node knows this one.
func (c *Client) resumeAs(ctx context.Context, e Entry, tx *types.Transaction, pending bool, rivals []Entry) (err error) {
	c.notice("waiting for a transaction of an earlier run: %s", e.Tx)
	var receipt *types.Receipt
	if pending && c.Replace && c.account != nil && c.account.signs() && e.From == c.account.Address {
		receipt, err = c.speedUp(ctx, e, tx, rivals)
	} else {
		receipt, err = c.settle(ctx, e, rivals...)
	}
	var failed *failedError
	switch {
	case errors.As(err, &failed):
		c.notice("%s", err)
		return nil
	case err == nil && e.Event == EventContract:
		c.arrived = append(c.arrived, receipt.ContractAddress)
	}
	return err
}

// complete fills in what lines of older versions do not hold, if the transaction is the entry's.
func (e *Entry) complete(tx *types.Transaction) {
	if tx.Hash() != e.Tx || e.Nonce != nil {
		return
	}
	if from, err := types.Sender(types.LatestSignerForChainID(tx.ChainId()), tx); err == nil {
		nonce := tx.Nonce()
		e.From, e.Nonce, e.Call = from, &nonce, callOf(from, tx.To(), tx.Data())
	}
}

// speedUp replaces the account's own transaction of an earlier run by one that pays more. What is
// signed again is what was signed before, and no other transaction that the node shows for its hash.
func (c *Client) speedUp(ctx context.Context, e Entry, tx *types.Transaction, rivals []Entry) (*types.Receipt, error) {
	if tx.Hash() != e.Tx {
		return nil, fmt.Errorf("looking for transaction %s: the node shows another one, %s: nothing is signed", e.Tx, tx.Hash())
	}
	now, err := c.price(ctx)
	var dear *FeeError
	if errors.As(err, &dear) {
		c.notice("transaction %s is not replaced: %s", e.Tx, err)
		return c.settle(ctx, e, rivals...)
	}
	if err != nil {
		return nil, err
	}
	most := c.ceiling(now)
	next, ok := c.higher(ctx, priceOf(tx), most)
	if !ok {
		c.notice("transaction %s pays %s gwei, and is not replaced: at most it may be %s", e.Tx, gwei(tx.GasFeeCap()), gwei(most))
		return c.settle(ctx, e, rivals...)
	}
	q := &request{entry: e, to: tx.To(), data: tx.Data(), value: tx.Value(), gas: tx.Gas(), tries: rivals}
	if err := c.confirm(q, most); err != nil {
		return nil, err
	}
	return c.submit(ctx, q, next, most)
}

// settle waits for the receipt of a transaction, or of another one with its number, and writes down
// how it ended.
func (c *Client) settle(ctx context.Context, e Entry, rivals ...Entry) (*types.Receipt, error) {
	receipt, err := c.receipt(ctx, c.Timeout, append(hashesOf(rivals), e.Tx)...)
	if err != nil {
		return nil, fmt.Errorf("waiting for transaction %s: %w", e.Tx, err)
	}
	return c.settled(e, rivals, receipt)
}

func hashesOf(list []Entry) (hashes []common.Hash) {
	for i := range list {
		hashes = append(hashes, list[i].Tx)
	}
	return hashes
}
