package chain_test

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
)

func TestSend_ReplacesWhatIsStuck(t *testing.T) {
	for _, legacy := range []bool{false, true} {
		w := start(t, evm.DefaultID)
		p := &poor{hold: 2, legacy: legacy}
		c := p.client(t, w)
		c.Timeout, c.Replace = 200*time.Millisecond, true
		if err := call(t, c, nobody); err != nil {
			t.Fatal(err)
		}
		if len(p.sent) != 3 {
			t.Fatalf("%d sent, want 3", len(p.sent))
		}
		for i, tx := range p.sent[1:] {
			before := p.sent[i]
			if tx.Nonce() != before.Nonce() || tx.To() == nil || *tx.To() != nobody || tx.Gas() != before.Gas() {
				t.Errorf("replacement %d is another transaction", i)
			}
			for _, pair := range [][2]*big.Int{{tx.GasFeeCap(), before.GasFeeCap()}, {tx.GasTipCap(), before.GasTipCap()}} {
				least := new(big.Int).Div(new(big.Int).Mul(pair[1], big.NewInt(110)), big.NewInt(100))
				if pair[0].Cmp(least) < 0 {
					t.Errorf("replacement %d pays %s after %s: nodes ask for a tenth more", i, pair[0], pair[1])
				}
			}
		}
	}
}

// A cap is a cap: what is stuck below it is not replaced above it.
func TestSend_ReplacesWithinTheCap(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{hold: 100}
	c := p.client(t, w)
	price, err := c.GasPrice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.Timeout, c.Replace, c.Fees.MaxFee = 100*time.Millisecond, true, new(big.Int).Add(price, big.NewInt(1))
	var stuck *chain.StuckError
	if err := call(t, c, nobody); !errors.As(err, &stuck) {
		t.Errorf("%v", err)
	}
	for _, tx := range p.sent {
		if tx.GasFeeCap().Cmp(c.Fees.MaxFee) > 0 {
			t.Errorf("sent with %s, above the cap %s", tx.GasFeeCap(), c.Fees.MaxFee)
		}
	}
}

// Confirm is told the most that a transaction can cost, and no replacement of it costs more: whatever
// keeps it from being mined, its fees do not grow without end.
func TestSend_CostsNoMoreThanWasConfirmed(t *testing.T) {
	for _, capped := range []bool{false, true} {
		w := start(t, evm.DefaultID)
		p := &poor{hold: 100}
		c := p.client(t, w)
		price, err := c.GasPrice(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if capped {
			c.Fees.MaxFee = new(big.Int).Mul(price, big.NewInt(3))
		}
		c.Timeout, c.Replace = 20*time.Millisecond, true
		most := new(big.Int)
		c.Confirm = func(_ string, fees, _ *big.Int) error { most.Set(fees); return nil }
		var stuck *chain.StuckError
		if err := call(t, c, nobody); !errors.As(err, &stuck) {
			t.Fatal(err)
		}
		if n := len(p.sent); n < 5 || n > 15 {
			t.Errorf("%d sent", n)
		}
		for _, tx := range p.sent {
			if costOf(tx).Cmp(most) > 0 {
				t.Errorf("told %s wei at most, signed for %s", most, costOf(tx))
			}
		}
		// Another run of the same goes no further.
		sent := len(p.sent)
		if err := c.Resume(t.Context()); !errors.As(err, &stuck) || len(p.sent) != sent {
			t.Errorf("resuming: %v, %d more sent", err, len(p.sent)-sent)
		}
	}
}

// Where gas has become dearer meanwhile, a replacement pays what it costs by then.
func TestSend_ReplacesAtThePriceOfTheMarket(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{hold: 1}
	c := p.client(t, w)
	c.Timeout, c.Replace, c.Fees.MaxFee = 100*time.Millisecond, true, big.NewInt(1e15)
	before, err := c.GasPrice(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.dearer = big.NewInt(7e9)
	if err := call(t, c, nobody); err != nil {
		t.Fatal(err)
	}
	if len(p.sent) != 2 || p.sent[1].GasFeeCap().Cmp(new(big.Int).Add(before, p.dearer)) < 0 || p.sent[1].GasFeeCap().Cmp(new(big.Int).Add(before, big.NewInt(2e10))) > 0 {
		t.Errorf("sent %d, the last for %s; gas cost %s before", len(p.sent), p.sent[len(p.sent)-1].GasFeeCap(), before)
	}
}
