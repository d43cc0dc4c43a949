package chain_test

import (
	"errors"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
)

// A buying is an account that buys tokens of a deck through a poor node, run after run with one journal.
type buying struct {
	*deckWorld
	node    *poor
	buyer   *chain.Account
	journal *chain.Journal
	again   bool
	found   []common.Hash // that a run told of in place of sending
}

func buyingOf(t *testing.T) *buying {
	t.Helper()
	w := selling(t, 10)
	return &buying{deckWorld: w, node: &poor{Backend: w.evm}, buyer: account(t, "3"), journal: &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}}
}

// run is one run of the program: it resumes, and buys n tokens.
func (b *buying) run(t *testing.T, n uint64) error {
	t.Helper()
	c, err := chain.New(t.Context(), b.node, b.buyer)
	if err != nil {
		t.Fatal(err)
	}
	c.Journal, c.Timeout, c.Again = b.journal, 200*time.Millisecond, b.again
	c.Found = func(_ string, tx common.Hash) { b.found = append(b.found, tx) }
	if err := c.Resume(t.Context()); err != nil {
		return err
	}
	_, err = c.Buy(t.Context(), b.contract, n)
	return err
}

// runs is a run that has to succeed, and after which so many tokens are minted.
func (b *buying) runs(t *testing.T, n, minted uint64) {
	t.Helper()
	if err := b.run(t, n); err != nil {
		t.Fatal(err)
	}
	b.has(t, minted)
}

func (b *buying) has(t *testing.T, minted uint64) {
	t.Helper()
	if s := b.deckStatus(t); s.Minted != minted {
		t.Fatalf("%d tokens were bought, want %d; %s wei were paid", s.Minted, minted, s.Balance)
	}
}

// stuck is a run whose transaction the node keeps back: it is mined when the returned function is called.
func (b *buying) stuck(t *testing.T, n uint64) (mine func()) {
	t.Helper()
	b.node.hold = len(b.node.sent) + 1
	var stuck *chain.StuckError
	if err := b.run(t, n); !errors.As(err, &stuck) {
		t.Fatalf("not stuck: %v", err)
	}
	tx := b.node.sent[len(b.node.sent)-1]
	return func() {
		t.Helper()
		if err := b.evm.SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
		b.node.hold = 0
	}
}

func (b *buying) unclear(t *testing.T, n uint64) {
	t.Helper()
	sent := len(b.node.sent)
	var unclear *chain.UnclearError
	if err := b.run(t, n); !errors.As(err, &unclear) || len(b.node.sent) != sent {
		t.Fatalf("%v, %d sent", err, len(b.node.sent)-sent)
	}
}

// Who runs a purchase again after a timeout waits for the first one, and does not buy twice.
func TestBuy_IsMadeOnceWhenItIsRunAgain(t *testing.T) {
	b := buyingOf(t)
	mine := b.stuck(t, 2)
	mine()
	b.runs(t, 2, 2)
	b.runs(t, 2, 2)
	if len(b.node.sent) != 1 || len(b.found) != 2 || b.found[0] != b.node.sent[0].Hash() {
		t.Errorf("%d sent, found %v", len(b.node.sent), b.found)
	}
	b.runs(t, 1, 3) // another purchase
}

// A second purchase is asked for, and made once as well, however often it is waited for.
func TestBuy_IsMadeAgainWhenThatIsAskedFor(t *testing.T) {
	b := buyingOf(t)
	b.runs(t, 2, 2)
	b.again = true
	mine := b.stuck(t, 2)
	mine()
	// Another command that shares the journal sees its end first.
	c := b.as(t, account(t, "2"))
	c.Journal = b.journal
	if err := c.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.runs(t, 2, 4)
	if len(b.found) != 1 {
		t.Errorf("found %v", b.found)
	}
	b.runs(t, 2, 6)
	b.again = false
	b.runs(t, 2, 6)
}

// A run that ends between signing and sending leaves a transaction that no node knows. The next one
// sends another with its number, so that one of the two is mined at most.
func TestBuy_SendsWhatWasLostUnderItsNumber(t *testing.T) {
	for _, again := range []bool{false, true} {
		b := buyingOf(t)
		b.again, b.node.forgets = again, true
		b.stuck(t, 2)
		b.node.hold = 0
		b.runs(t, 2, 2)
		if first, second := b.node.sent[0], b.node.sent[1]; first.Nonce() != second.Nonce() {
			t.Errorf("sent under the numbers %d and %d", first.Nonce(), second.Nonce())
		}
		if b.evm.SendTransaction(t.Context(), b.node.sent[0]) == nil {
			t.Error("the first one can be mined still")
		}
	}
}

// A wallet can have sent the same with another fee, under another hash: nothing is bought before
// somebody has looked.
func TestBuy_RefusesWhatMayHaveBeenReplacedElsewhere(t *testing.T) {
	b := buyingOf(t)
	b.node.forgets = true
	b.stuck(t, 2)
	if err := b.as(t, b.buyer).Send(t.Context(), nobody, nil); err != nil { // the wallet's
		t.Fatal(err)
	}
	b.node.hold = 0
	b.unclear(t, 2)
	b.unclear(t, 2)
	b.runs(t, 1, 1) // another purchase is another matter
	b.again = true
	b.runs(t, 2, 3)
	b.again = false
	b.runs(t, 2, 3)
}

// What the journal's lines of a purchase of two tokens make of the same purchase, which was mined
// where two tokens are expected.
func TestBuy_ReadsWhatJournalsSay(t *testing.T) {
	type lines = []chain.Entry
	other := uint64(1000)
	for _, tc := range []struct {
		name    string
		mined   bool
		change  func(sent, mined chain.Entry) lines
		minted  uint64
		unclear bool
	}{
		{"as it is", true, func(s, m chain.Entry) lines { return lines{s, m} }, 2, false},
		{"its end was not seen", true, func(s, m chain.Entry) lines { return lines{s} }, 2, false},
		{"of an older version, whose end was not seen", true, func(s, m chain.Entry) lines { return lines{older(s)} }, 2, false},
		{"of an older version, and told then", true, func(s, m chain.Entry) lines { return lines{older(s), older(m)} }, 4, false},
		{"of an older version, and unknown", false, func(s, m chain.Entry) lines { return lines{older(s)} }, 0, true},
		{"failed", false, func(s, m chain.Entry) lines { m.State = chain.StateFailed; return lines{s, m} }, 2, false},
		{"its number was another call's", false, func(s, m chain.Entry) lines {
			m.Tx, m.Call = common.Hash{1}, common.Hash{2}
			return lines{s, m}
		}, 2, false},
		{"another account's", true, func(s, m chain.Entry) lines { s.From, m.From = nobody, nobody; return lines{s, m} }, 4, false},
		{"another chain's", true, func(s, m chain.Entry) lines { s.ChainID, m.ChainID = 5, 5; return lines{s, m} }, 4, false},
		{"the node was asked, and did not sign", false, func(s, m chain.Entry) lines { s.State, s.Tx = chain.StateAsked, common.Hash{}; return lines{s} }, 2, false},
		{"the node was asked, and the number is taken", true, func(s, m chain.Entry) lines { s.State, s.Tx = chain.StateAsked, common.Hash{}; return lines{s} }, 2, true},
		{"signed with a number that is far ahead", false, func(s, m chain.Entry) lines { s.Nonce = &other; return lines{s} }, 0, true},
		{"a development chain that began anew", false, func(s, m chain.Entry) lines { return lines{s, m} }, 2, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := buyingOf(t)
			b.node.forgets = true
			mine := b.stuck(t, 2)
			if b.node.hold = 0; tc.mined {
				mine()
			}
			list, err := b.journal.Entries()
			if err != nil || len(list) != 1 {
				t.Fatalf("journal %+v, %v", list, err)
			}
			mined := list[0]
			mined.State = chain.StateMined
			b.journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
			for _, e := range tc.change(list[0], mined) {
				if err := b.journal.Append(e); err != nil {
					t.Fatal(err)
				}
			}
			if tc.unclear {
				b.unclear(t, 2)
				b.has(t, tc.minted)
				return
			}
			b.runs(t, 2, tc.minted)
		})
	}
}

// A purchase that an older version wrote down, and whose replacement came too late, is found as well.
func TestBuy_FindsWhatAnOlderVersionSent(t *testing.T) {
	b := buyingOf(t)
	b.stuck(t, 2)
	list, err := b.journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	b.journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	if err := b.journal.Append(older(list[0])); err != nil {
		t.Fatal(err)
	}
	c, err := chain.New(t.Context(), b.node, b.buyer)
	if err != nil {
		t.Fatal(err)
	}
	c.Journal, c.Timeout, c.Replace = b.journal, 200*time.Millisecond, true
	c.Confirm = func(string, *big.Int, *big.Int) error { // now the first one is mined
		return b.evm.SendTransaction(t.Context(), b.node.sent[0])
	}
	if err := c.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.node.hold = 0
	b.runs(t, 2, 2)
	if len(b.found) != 1 || b.found[0] != list[0].Tx {
		t.Errorf("found %v", b.found)
	}
}

// older is a line as versions before wrote it, without number and call.
func older(e chain.Entry) chain.Entry {
	e.From, e.Nonce, e.Call = common.Address{}, nil, common.Hash{}
	return e
}

// A contract that is deployed again is deployed once more, and not once more with each run.
func TestDeployDrop_AgainIsWaitedFor(t *testing.T) {
	w := opened(t)
	s, err := w.Status(t.Context(), w.contract)
	if err != nil {
		t.Fatal(err)
	}
	p := &poor{}
	run := func() (*chain.Deployment, error) {
		c := p.client(t, w)
		c.Timeout = 200 * time.Millisecond
		if err := c.Resume(t.Context()); err != nil {
			return nil, err
		}
		return c.DeployDrop(t.Context(), w.terms, s.Verifier, true)
	}
	p.hold = 1
	if _, err := run(); err == nil {
		t.Fatal("it was mined")
	}
	if err := w.evm.SendTransaction(t.Context(), p.sent[0]); err != nil {
		t.Fatal(err)
	}
	p.hold = 0
	if d, err := run(); err != nil || !d.Reused || d.Address == w.contract || len(p.sent) != 1 {
		t.Errorf("%+v, %v, %d sent", d, err, len(p.sent))
	}
	if d, err := run(); err != nil || d.Reused || len(p.sent) != 2 {
		t.Errorf("once more: %+v, %v, %d sent", d, err, len(p.sent))
	}
}
