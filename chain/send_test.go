package chain_test

import (
	"context"
	"errors"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/chain/evm/node"
)

// A poor node lacks calls, keeps transactions back, or counts what it is asked.
type poor struct {
	chain.Backend
	noTips, legacy bool
	hold           int      // transactions that are kept for ever, not mined
	dearer         *big.Int // what the tip is raised by once something was sent; nil: not
	forgets        bool     // and of which it knows nothing
	sent           []*types.Transaction
	maxRange       uint64 // of blocks in one question about events; 0: any
	asked          []ethereum.FilterQuery
	noPast         bool // it keeps no state of the past
}

var errUnknown = errors.New("the method does not exist")

func (p *poor) SuggestGasTipCap(ctx context.Context) (*big.Int, error) {
	if p.noTips {
		return nil, errUnknown
	}
	tip, err := p.Backend.SuggestGasTipCap(ctx)
	if err == nil && p.dearer != nil && len(p.sent) > 0 {
		tip = new(big.Int).Add(tip, p.dearer)
	}
	return tip, err
}

func (p *poor) HeaderByNumber(ctx context.Context, n *big.Int) (*types.Header, error) {
	h, err := p.Backend.HeaderByNumber(ctx, n)
	if err == nil && p.legacy {
		h = types.CopyHeader(h)
		h.BaseFee = nil
	}
	return h, err
}

func (p *poor) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	p.sent = append(p.sent, tx)
	if len(p.sent) <= p.hold {
		return nil
	}
	return p.Backend.SendTransaction(ctx, tx)
}

func (p *poor) TransactionByHash(ctx context.Context, hash common.Hash) (*types.Transaction, bool, error) {
	for i, tx := range p.sent {
		if tx.Hash() == hash && i < p.hold && !p.forgets {
			return tx, true, nil
		}
	}
	return p.Backend.TransactionByHash(ctx, hash)
}

func (p *poor) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	p.asked = append(p.asked, q)
	if p.maxRange != 0 && q.ToBlock.Uint64()-q.FromBlock.Uint64() >= p.maxRange {
		return nil, errors.New("block range is too wide")
	}
	return p.Backend.FilterLogs(ctx, q)
}

func (p *poor) CodeAt(ctx context.Context, at common.Address, block *big.Int) ([]byte, error) {
	if head, err := p.Backend.BlockNumber(ctx); p.noPast && block != nil && err == nil && block.Uint64()+128 < head {
		return nil, errors.New("missing trie node")
	}
	return p.Backend.CodeAt(ctx, at, block)
}

// client is a world's client through the poor node.
func (p *poor) client(t *testing.T, w *world) *chain.Client {
	t.Helper()
	p.Backend = w.evm
	c, err := chain.New(t.Context(), p, w.owner)
	if err != nil {
		t.Fatal(err)
	}
	c.Journal = w.Journal
	return c
}

func call(t *testing.T, c *chain.Client, to common.Address) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	return c.Send(ctx, to, nil)
}

var nobody = common.Address{19: 0x77}

func TestSend_AsksPoorNodesForWhatTheyKnow(t *testing.T) {
	w := start(t, evm.DefaultID)
	for _, p := range []*poor{{}, {noTips: true}, {legacy: true}, {legacy: true, noTips: true}} {
		if err := call(t, p.client(t, w), nobody); err != nil {
			t.Errorf("%+v: %v", p, err)
			continue
		}
		want := uint8(types.DynamicFeeTxType)
		if p.legacy {
			want = types.LegacyTxType
		}
		if got := p.sent[0].Type(); got != want {
			t.Errorf("no tips %v, legacy %v: transaction of type %d, want %d", p.noTips, p.legacy, got, want)
		}
	}
}

func TestSend_KeepsFeesWithinTheirBounds(t *testing.T) {
	w := start(t, evm.DefaultID)
	gwei := func(n int64) *big.Int { return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e9)) }
	for _, tc := range []struct {
		name    string
		fees    chain.Fees
		refused string
	}{
		{"generous", chain.Fees{MaxFee: gwei(100), MaxPriorityFee: gwei(1), MaxGas: 1 << 20}, ""},
		{"a tip of nothing", chain.Fees{MaxPriorityFee: new(big.Int)}, ""},
		{"a cap below the tip", chain.Fees{MaxFee: gwei(2), MaxPriorityFee: gwei(50)}, ""},
		{"below the base fee", chain.Fees{MaxFee: big.NewInt(1)}, "gas costs "},
		{"too much gas", chain.Fees{MaxGas: 20_000}, "and may take 20000"},
	} {
		p := &poor{}
		c := p.client(t, w)
		c.Fees = tc.fees
		err := call(t, c, nobody)
		var fee *chain.FeeError
		if tc.refused != "" {
			if !errors.As(err, &fee) || !strings.Contains(err.Error(), tc.refused) || len(p.sent) > 0 {
				t.Errorf("%s: %v, %d sent", tc.name, err, len(p.sent))
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		tx := p.sent[0]
		if f := tc.fees; f.MaxFee != nil && tx.GasFeeCap().Cmp(f.MaxFee) > 0 || f.MaxPriorityFee != nil && tx.GasTipCap().Cmp(f.MaxPriorityFee) > 0 || tx.GasTipCap().Cmp(tx.GasFeeCap()) > 0 {
			t.Errorf("%s: cap %s, tip %s", tc.name, tx.GasFeeCap(), tx.GasTipCap())
		}
	}
}

// hungry says that a call takes more gas than one transaction may have.
type hungry struct{ chain.Backend }

func (hungry) EstimateGas(context.Context, ethereum.CallMsg) (uint64, error) {
	return chain.MaxTransactionGas - 1000, nil
}

func TestSend_RefusesMoreGasThanATransactionHas(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{}
	c := p.client(t, w)
	p.Backend = hungry{w.evm}
	var fee *chain.FeeError
	if err := call(t, c, nobody); !errors.As(err, &fee) || !strings.Contains(err.Error(), "EIP-7825") || len(p.sent) > 0 {
		t.Errorf("%v, %d sent", err, len(p.sent))
	}
}

func TestSend_GivesUpWaitingAndGoesOnLater(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{hold: 1}
	c := p.client(t, w)
	c.Timeout = 300 * time.Millisecond
	var stuck *chain.StuckError
	if err := call(t, c, nobody); !errors.As(err, &stuck) || stuck.Tx != p.sent[0].Hash() {
		t.Fatalf("%v", err)
	}
	if err := c.Resume(t.Context()); !errors.As(err, &stuck) {
		t.Errorf("resuming: %v", err)
	}
	if err := w.evm.SendTransaction(t.Context(), p.sent[0]); err != nil {
		t.Fatal(err)
	}
	if err := c.Resume(t.Context()); err != nil {
		t.Errorf("resuming when it is mined: %v", err)
	}
	list, err := c.Journal.Entries()
	if last := list[len(list)-1]; err != nil || last.State != chain.StateMined || last.Tx != stuck.Tx {
		t.Errorf("journal ends with %+v, %v", last, err)
	}
}

func TestSend_AsksBeforeTheFirst(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{}
	c := p.client(t, w)
	no := errors.New("no")
	c.Confirm = func(event string, fees, value *big.Int) error {
		if event != chain.EventCall || fees.Sign() <= 0 || value != nil {
			t.Errorf("asked about %q, %s, %s", event, fees, value)
		}
		return no
	}
	if err := call(t, c, nobody); !errors.Is(err, no) || len(p.sent) > 0 {
		t.Errorf("%v, %d sent", err, len(p.sent))
	}
}

func TestSend_CollectsCallsForAnotherAccount(t *testing.T) {
	w := start(t, evm.DefaultID)
	p := &poor{}
	c := p.client(t, w)
	var calls []chain.Call
	c.Collect = func(call chain.Call) { calls = append(calls, call) }
	if err := c.Send(t.Context(), nobody, []byte{1, 2}); err == nil {
		t.Error("it says that it was sent")
	}
	if len(calls) != 1 || calls[0].To != nobody || !slices.Equal(calls[0].Data, []byte{1, 2}) || calls[0].Value.Sign() != 0 || len(p.sent) > 0 {
		t.Errorf("collected %+v, sent %d", calls, len(p.sent))
	}
	if _, err := c.DeployBeacon(t.Context(), evmnetRound.chain); err == nil || !strings.Contains(err.Error(), "creation is no call") {
		t.Errorf("deploying: %v", err)
	}
}

func TestNodeAccount_HasTheNodeSign(t *testing.T) {
	w := start(t, evm.DefaultID)
	key, err := crypto.HexToECDSA(strings.Repeat("2", 64)) // which is rich
	if err != nil {
		t.Fatal(err)
	}
	own := chain.NodeAccount(crypto.PubkeyToAddress(key.PublicKey))
	socket := filepath.Join(t.TempDir(), "ipc")
	stop, err := node.Serve(w.evm, socket, key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	backend, err := chain.Dial(t.Context(), socket)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		account *chain.Account
		good    bool
	}{{own, true}, {chain.NodeAccount(nobody), false}} {
		c, err := chain.New(t.Context(), backend, tc.account)
		if err != nil {
			t.Fatal(err)
		}
		c.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
		if err := call(t, c, nobody); (err == nil) != tc.good {
			t.Errorf("%s: %v", tc.account, err)
		}
		if d, err := c.DeployBeacon(t.Context(), evmnetRound.chain); (err == nil) != tc.good {
			t.Errorf("%s: deploying: %+v, %v", tc.account, d, err)
		}
		list, err := c.Journal.Entries()
		if err != nil {
			t.Fatal(err)
		}
		states := []string{chain.StateAsked, chain.StateAsked} // of the call and the creation: the node has no such key
		if tc.good {
			states = []string{chain.StateAsked, chain.StateSent, chain.StateMined, chain.StateAsked, chain.StateSent, chain.StateMined}
		}
		if !slices.EqualFunc(list, states, func(e chain.Entry, state string) bool { return e.State == state && e.Nonce != nil }) {
			t.Errorf("%s: journal %+v, want %q", tc.account, list, states)
		}
	}
	c, err := chain.New(t.Context(), w.evm, own)
	if err != nil {
		t.Fatal(err)
	}
	if err := call(t, c, nobody); err == nil || !strings.Contains(err.Error(), "signs nothing") {
		t.Errorf("a backend that is no node: %v", err)
	}
}

// Events are asked for from the deployment on, in steps that grow.
func TestCheck_AsksForEventsFromTheDeployment(t *testing.T) {
	w := &world{owner: account(t, "1"), key: newTrapdoor("a")}
	w.evm = evm.Start(evm.DefaultID, w.owner.Address)
	t.Cleanup(func() { w.evm.Close() })
	w.evm.Mine(400)
	w.Client = w.client(t, w.owner)
	w.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	w.terms = chain.Terms{Name: "Nebula Foxes", Symbol: "FOX", FirstID: 1, Supply: 100, Commitments: commitments("a"), BeaconDelay: 2, Owner: w.owner.Address}
	w.contract = w.deploy(t)
	w.open(t)
	w.evm.Mine(300)
	for _, tc := range []struct {
		name  string
		node  *poor
		known bool // by the journal
		from  func(uint64) bool
	}{
		{"by the journal", &poor{}, true, func(n uint64) bool { return n > 400 && n < 410 }},
		{"by halving", &poor{}, false, func(n uint64) bool { return n > 400 && n < 410 }},
		{"a node that keeps no past", &poor{noPast: true}, false, func(n uint64) bool { return n == 0 }},
		{"a node that bounds the range", &poor{maxRange: 120}, true, func(n uint64) bool { return n > 400 && n < 410 }},
	} {
		c := tc.node.client(t, w)
		if !tc.known {
			c.Journal = nil
		}
		r, err := c.Check(t.Context(), w.contract, chain.CheckOptions{})
		if err != nil || !r.OK() {
			t.Errorf("%s: %+v, %v", tc.name, r, err)
			continue
		}
		if first := tc.node.asked[0].FromBlock.Uint64(); !tc.from(first) {
			t.Errorf("%s: asked from block %d on", tc.name, first)
		}
	}
}
