package chain_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
)

// leftBehind is a client whose earlier run left one transaction in the journal, and the node, which
// keeps it back.
func leftBehind(t *testing.T) (*world, *poor, *chain.Client) {
	t.Helper()
	w := start(t, evm.DefaultID)
	p := &poor{hold: 1}
	c := p.client(t, w)
	c.Timeout = 200 * time.Millisecond
	var stuck *chain.StuckError
	if err := call(t, c, nobody); !errors.As(err, &stuck) {
		t.Fatalf("not stuck: %v", err)
	}
	return w, p, c
}

func TestResume_ReplacesWhatAnEarlierRunLeft(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{hold: 1}
	c := p.client(t, w)
	c.Timeout = 200 * time.Millisecond
	if err := call(t, c, nobody); err == nil {
		t.Fatal("it was mined")
	}
	c.Replace = true
	if err := c.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(p.sent) != 2 || p.sent[1].Nonce() != p.sent[0].Nonce() || p.sent[1].GasFeeCap().Cmp(p.sent[0].GasFeeCap()) <= 0 {
		t.Errorf("sent %d: %+v", len(p.sent), p.sent)
	}
}

// A misnamer shows another transaction of the account's for a hash: here one that it once signed for a testnet.
type misnamer struct {
	*poor
	other *types.Transaction
}

func (m *misnamer) TransactionByHash(context.Context, common.Hash) (*types.Transaction, bool, error) {
	return m.other, true, nil
}

// What is signed again is what was signed before, by its hash in the journal, and not what a node says it was.
func TestResume_SignsNothingThatTheJournalDoesNotName(t *testing.T) {
	w, p, _ := leftBehind(t)
	key, err := crypto.HexToECDSA(strings.Repeat("1", 64))
	if err != nil {
		t.Fatal(err)
	}
	thief, testnet := common.Address{19: 0x66}, big.NewInt(11155111)
	other := types.MustSignNewTx(key, types.LatestSignerForChainID(testnet), &types.DynamicFeeTx{
		ChainID: testnet, Nonce: p.sent[0].Nonce(), GasTipCap: p.sent[0].GasTipCap(), GasFeeCap: p.sent[0].GasFeeCap(), Gas: 21_000, To: &thief, Value: big.NewInt(1e18),
	})
	c, err := chain.New(t.Context(), &misnamer{p, other}, w.owner)
	if err != nil {
		t.Fatal(err)
	}
	c.Journal, c.Replace = w.Journal, true
	if err := c.Resume(t.Context()); err == nil || !strings.Contains(err.Error(), "the node shows another one") {
		t.Errorf("resuming: %v", err)
	}
	if got, err := w.evm.BalanceAt(t.Context(), thief, nil); err != nil || got.Sign() != 0 || len(p.sent) != 1 {
		t.Errorf("%s wei were paid to an account that no run has named, %v; %d sent", got, err, len(p.sent))
	}
}

// A replacement is signed anew, and costs more: it is asked about like any other transaction.
func TestResume_AsksBeforeItReplaces(t *testing.T) {
	_, p, c := leftBehind(t)
	no := errors.New("no")
	c.Replace = true
	c.Confirm = func(event string, fees, value *big.Int) error {
		if event != chain.EventCall || fees.Cmp(costOf(p.sent[0])) <= 0 || value.Sign() != 0 {
			t.Errorf("asked about %q, %s, %s", event, fees, value)
		}
		return no
	}
	if err := c.Resume(t.Context()); !errors.Is(err, no) || len(p.sent) != 1 {
		t.Errorf("%v, %d sent", err, len(p.sent))
	}
}

// costOf is the most that a transaction can cost in fees.
func costOf(tx *types.Transaction) *big.Int {
	return new(big.Int).Mul(tx.GasFeeCap(), new(big.Int).SetUint64(tx.Gas()))
}

// Of an account's transactions with the same number one is mined: the others are settled by that.
func TestResume_SettlesWhatWasReplaced(t *testing.T) {
	w, p, c := leftBehind(t)
	p.hold, c.Replace = 2, true
	var stuck *chain.StuckError
	c.Fees.MaxFee = new(big.Int).Mul(big.NewInt(6), new(big.Int).Div(p.sent[0].GasFeeCap(), big.NewInt(5))) // one replacement
	if err := c.Resume(t.Context()); !errors.As(err, &stuck) || len(p.sent) != 2 {
		t.Fatalf("%v, %d sent", err, len(p.sent))
	}
	if err := w.evm.SendTransaction(t.Context(), p.sent[0]); err != nil { // the first one wins
		t.Fatal(err)
	}
	c.Replace, p.hold, p.forgets = false, 0, true
	if err := c.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := w.Journal.Entries()
	if last := list[len(list)-1]; err != nil || last.State != chain.StateMined || last.Tx != p.sent[0].Hash() {
		t.Fatalf("journal ends with %+v, %v", last, err)
	}
	before := len(list)
	if err := c.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if list, err = w.Journal.Entries(); err != nil || len(list) != before {
		t.Errorf("%d lines more, %v", len(list)-before, err)
	}
}

// What gas costs above --max-fee is not paid: the transaction that is there is waited for.
func TestResume_WaitsWhereGasIsTooDear(t *testing.T) {
	_, p, c := leftBehind(t)
	c.Replace, c.Fees.MaxFee = true, big.NewInt(1)
	var stuck *chain.StuckError
	if err := c.Resume(t.Context()); !errors.As(err, &stuck) || len(p.sent) != 1 {
		t.Errorf("%v, %d sent", err, len(p.sent))
	}
}

// A node that answers with another transaction's receipt is not believed.
type misreceiver struct {
	*poor
	of common.Hash
}

func (m *misreceiver) TransactionReceipt(ctx context.Context, _ common.Hash) (*types.Receipt, error) {
	return m.poor.TransactionReceipt(ctx, m.of)
}

func TestResume_TakesNoOtherReceipt(t *testing.T) {
	w, p, _ := leftBehind(t)
	first, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	c, err := chain.New(t.Context(), &misreceiver{p, first[0].Tx}, w.owner)
	if err != nil {
		t.Fatal(err)
	}
	c.Journal = w.Journal
	if err := c.Resume(t.Context()); err == nil || !strings.Contains(err.Error(), "the receipt of another transaction") {
		t.Errorf("resuming: %v", err)
	}
}
