package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// callOf names a call: who calls what, with which data. What it pays is no part of it, as prices may
// change until the same is run again.
func callOf(from common.Address, to *common.Address, data []byte) common.Hash {
	if to == nil {
		return crypto.Keccak256Hash(from[:], crypto.Keccak256(data))
	}
	return crypto.Keccak256Hash(from[:], to[:], crypto.Keccak256(data))
}

// An UnclearError says that the same call was made before, and that nothing tells what became of it.
// It is not made again unless [Client.Again] asks for that.
type UnclearError struct {
	Tx  common.Hash // zero if the node signed, and never told
	Why string
}

func (e *UnclearError) Error() string {
	what := "transaction " + e.Tx.Hex() + ", which an earlier run of the same has signed"
	if e.Tx == (common.Hash{}) {
		what = "what the node was asked to sign in an earlier run of the same"
	}
	return fmt.Sprintf("nothing was sent: what became of %s, is not known: %s", what, e.Why)
}

// A try is what is known of a call under one number of its account.
type try struct {
	old    bool        // of an older version's journal, without a number
	nonce  uint64      // its number
	sent   []Entry     // that were signed
	done   common.Hash // the one that has done it
	untold bool        // and that no run has told of yet
}

// triesOf reads what became of a call from a journal: tries that have done it, and tries of which
// nothing is known. Those that failed, or whose number another transaction took, did nothing.
func triesOf(list []Entry, call *Entry) (done, open []*try) {
	now := map[uint64]*try{}
	for i := range list {
		e := &list[i]
		if e.Nonce == nil || e.From != call.From || e.ChainID != call.ChainID {
			continue
		}
		t, own := now[*e.Nonce], e.Call == call.Call
		switch e.State {
		case StateAsked, StateSent:
			if t == nil && own {
				t = &try{nonce: *e.Nonce}
				now[*e.Nonce], open = t, append(open, t)
			}
			if own && e.State == StateSent {
				t.sent = append(t.sent, *e)
			}
		case StateMined, StateFailed, StateLost:
			delete(now, *e.Nonce)
			open = slices.DeleteFunc(open, func(o *try) bool { return o == t })
			if own && e.State == StateMined {
				done = append(done, &try{nonce: *e.Nonce, done: e.Tx, untold: e.Resumed})
			}
		case StateTold:
			for _, d := range done {
				d.untold = d.untold && d.done != e.Tx
			}
		}
	}
	for _, e := range unsettled(list) { // older versions wrote no number; tokens are of drawn drops
		if e.Nonce == nil && e.ChainID == call.ChainID && e.Event == call.Event && e.Contract == call.Contract && len(e.Tokens) == 0 {
			open = append(open, &try{old: true, sent: []Entry{e}})
		}
	}
	return done, open
}

// once makes a call whose effect the chain does not show, so that the journal alone tells whether an
// earlier run has made it: it is made once, and then its receipt is found. Purchases are of this
// kind, as nobody sees which of an account's tokens which run has bought. All else that this package
// does is found on the chain, or is the same when it is done twice.
func (c *Client) once(ctx context.Context, event string, to common.Address, data []byte, value *big.Int) (*types.Receipt, error) {
	if c.account == nil || c.Journal == nil || c.DryRun != nil || c.Collect != nil {
		return c.call(ctx, event, to, data, value)
	}
	if err := c.Resume(ctx); err != nil {
		return nil, err
	}
	list, err := c.Journal.Entries()
	if err != nil {
		return nil, err
	}
	call := Entry{Event: event, Contract: to, ChainID: c.ChainID, From: c.account.Address, Call: callOf(c.account.Address, &to, data)}
	done, open := triesOf(list, &call)
	if receipt, err := c.madeBefore(ctx, &call, done); receipt != nil || err != nil {
		return receipt, err
	}
	q := &request{entry: Entry{Event: event, Contract: to}, to: &to, data: data, value: value}
	lost, err := c.lostTry(ctx, &call, open)
	if err != nil {
		return nil, err
	}
	if lost != nil {
		q.entry.Nonce, q.tries = &lost.nonce, lost.sent
	}
	return c.transact(ctx, q)
}

// madeBefore returns the receipt of the last transaction that has made a call, nil if there is none.
// Where the same is asked for again it is one that no run has told of: that run is waited for still.
func (c *Client) madeBefore(ctx context.Context, call *Entry, done []*try) (*types.Receipt, error) {
	for _, t := range slices.Backward(done) {
		if c.Again && !t.untold {
			continue
		}
		receipt, err := c.backend.TransactionReceipt(ctx, t.done)
		switch {
		case errors.Is(err, ethereum.NotFound) && (c.Again || c.Local()): // development chains begin anew
			continue
		case errors.Is(err, ethereum.NotFound):
			return nil, &UnclearError{t.done, "the journal says that it was mined, and the node does not know it"}
		case err != nil:
			return nil, fmt.Errorf("looking for transaction %s: %w", t.done, withoutURL(err))
		case receipt.TxHash != t.done || receipt.Status != types.ReceiptStatusSuccessful:
			return nil, &UnclearError{t.done, "the journal says that it was mined, and the node tells something else"}
		}
		if t.untold {
			e := *call
			e.State, e.Tx, e.Nonce = StateTold, t.done, &t.nonce
			if err := c.Journal.Append(e); err != nil {
				return nil, err
			}
		}
		c.notice("an earlier run has done the same, in transaction %s: nothing is sent", t.done)
		if c.Found != nil {
			c.Found(call.Event, t.done)
		}
		return receipt, nil
	}
	return nil, nil
}

// lostTry returns a try that can be made again under its number: of all that were signed for it one
// at most is mined. It is an error if one can be mined, or was, without that; where the same is
// asked for again, such tries are given up instead.
func (c *Client) lostTry(ctx context.Context, call *Entry, open []*try) (lost *try, err error) {
	for _, t := range open {
		why, err := c.fate(ctx, t)
		switch {
		case err != nil:
			return nil, err
		case why == "":
			lost = t
			continue
		case !c.Again:
			return nil, &UnclearError{t.last(), why}
		}
		e := *call
		if e.State, e.Tx = StateLost, t.last(); !t.old {
			e.Nonce = &t.nonce
		}
		if err := c.Journal.Append(e); err != nil {
			return nil, err
		}
	}
	return lost, nil
}

// last is the transaction that was signed last, zero if none is known.
func (t *try) last() (tx common.Hash) {
	if n := len(t.sent); n > 0 {
		tx = t.sent[n-1].Tx
	}
	return tx
}

// fate says why a try that the node does not know cannot be made again, "" if it can.
func (c *Client) fate(ctx context.Context, t *try) (string, error) {
	if t.old {
		return "an older version wrote it down, and the node does not know it", nil
	}
	mined, err := c.backend.NonceAt(ctx, c.account.Address, nil)
	if err != nil {
		return "", fmt.Errorf("asking the node for the account's transactions: %w", withoutURL(err))
	}
	next, err := c.backend.PendingNonceAt(ctx, c.account.Address)
	switch {
	case err != nil:
		return "", fmt.Errorf("asking the node for the account's transactions: %w", withoutURL(err))
	case mined > t.nonce:
		return fmt.Sprintf("the account's transaction number %d is another one, which may have done the same", t.nonce), nil
	case next > t.nonce:
		return fmt.Sprintf("another transaction of the account's waits with its number, %d", t.nonce), nil
	case next < t.nonce:
		return fmt.Sprintf("it has the number %d and the account's next is %d, so that it may be mined later", t.nonce, next), nil
	}
	return "", nil
}
