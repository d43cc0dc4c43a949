package chain_test

import (
	"context"
	"errors"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/setup/drand"
	"github.com/genproof/genproof/solidity/bindings"
)

// A published is a round that the League published.
type published struct {
	chain      [32]byte
	round      uint64
	signature  string
	randomness string
}

var (
	evmnetRound   = published{drand.Evmnet, 6390578, "0x0d0d705983f50d6a2846e77d8d12a238f0be277a2307eb3e0d5206dc6765b0f91f04e596e3b28295086e8fda9047d40d37f7c2d8fb2f6686839101692e4f5f13", "0x466262e8cb50407310fa05024bff96e52a8c701e7f6b209ac5cdbdf01cf903f2"}
	quicknetRound = published{drand.Quicknet, 657413, "0xb713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b", "0xfc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"}
)

func (p published) give(t *testing.T) func(context.Context, [32]byte, uint64) ([]byte, error) {
	return func(_ context.Context, chainHash [32]byte, round uint64) ([]byte, error) {
		if chainHash != p.chain || round != p.round {
			t.Errorf("asked for round %d of %x, want %d of %x", round, chainHash, p.round, p.chain)
		}
		return unhex(t, p.signature), nil
	}
}

// drawn deploys a drop whose round is p, lead before it.
func drawn(t *testing.T, chainID uint64, p published, lead time.Duration) *world {
	t.Helper()
	w := &world{owner: account(t, "1"), key: newTrapdoor("a")}
	at, err := drand.Time(p.chain, p.round)
	if err != nil {
		t.Fatal(err)
	}
	const blocks = 3 * time.Second // until the drop's
	w.evm = evm.StartAt(chainID, at.Add(-lead-blocks), w.owner.Address, account(t, "2").Address)
	t.Cleanup(func() { w.evm.Close() })
	w.Client = w.client(t, w.owner)
	w.AllowUnsafeKeys = true
	w.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	w.terms = chain.Terms{Name: "Nebula Foxes", Symbol: "FOX", FirstID: 1, Supply: 100, Commitments: commitments("a"), BeaconDelay: uint32(lead / time.Second), Owner: w.owner.Address}
	d, err := w.DeployBeacon(t.Context(), p.chain)
	if err != nil {
		t.Fatal(err)
	}
	w.terms.BeaconSource = d.Address
	w.contract = w.deploy(t)
	w.Signature = p.give(t)
	return w
}

func (w *world) openSigned(t *testing.T) {
	t.Helper()
	var err error
	if w.beacon, err = w.Open(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	w.setTemplate(t)
}

func TestOpen_ByARoundOfDrand(t *testing.T) {
	for _, p := range []published{evmnetRound, quicknetRound} {
		w := drawn(t, evm.DefaultID, p, time.Hour)
		s, err := w.Status(t.Context(), w.contract)
		if err != nil || s.BeaconRound != p.round || s.BeaconChain != p.chain || s.BeaconSource != w.terms.BeaconSource || s.Open || s.BeaconBlock != 0 {
			t.Fatalf("status %+v, %v", s, err)
		}
		w.openSigned(t)
		if w.beacon.Entropy != [32]byte(unhex(t, p.randomness)) || w.beacon.Value != bundle.DeriveBeacon(evm.DefaultID, w.contract, w.beacon.Entropy) {
			t.Errorf("beacon %+v", w.beacon)
		}
		if want := "drand " + drand.Name(p.chain) + " round "; !strings.HasPrefix(w.beacon.Source, want) {
			t.Errorf("source %q", w.beacon.Source)
		}
		if again, err := w.Open(t.Context(), w.contract); err != nil || *again != *w.beacon {
			t.Errorf("the second time: %+v, %v", again, err)
		}
		tokens := w.tokens([20]byte{}, 1, 2)
		w.mint(t, 2, tokens...)
		if r := w.check(t, w.options(tokens...)); !r.OK() || len(r.Warnings) != 0 || len(r.Unchecked) != 0 || r.Proofs != 2 {
			t.Errorf("report %+v", r)
		}
	}
}

func TestOpen_NeedsTheRoundsSignature(t *testing.T) {
	w := drawn(t, evm.DefaultID, evmnetRound, time.Hour)
	w.Signature = nil
	var needs *chain.NeedsSignature
	if _, err := w.Open(t.Context(), w.contract); !errors.As(err, &needs) || needs.Round != evmnetRound.round || needs.Chain != drand.Evmnet || !strings.Contains(err.Error(), "round 6390578 of drand's evmnet, of 2025-05-08T08:26:46Z") {
		t.Errorf("no signature: %v", err)
	}
	before, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for name, give := range map[string][]byte{
		"another round's":    unhex(t, "0x01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3"),
		"of another network": unhex(t, quicknetRound.signature), "nothing": nil,
	} {
		w.Signature = func(context.Context, [32]byte, uint64) ([]byte, error) { return give, nil }
		if _, err := w.Open(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "drand evmnet round 6390578") {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.Signature = func(context.Context, [32]byte, uint64) ([]byte, error) { return nil, context.Canceled }
	if _, err := w.Open(t.Context(), w.contract); !errors.Is(err, context.Canceled) {
		t.Errorf("a failure: %v", err)
	}
	var gas uint64
	w.Signature, w.DryRun = evmnetRound.give(t), func(_ string, g uint64) { gas += g }
	if b, err := w.Open(t.Context(), w.contract); b != nil || err != nil || gas < 200_000 {
		t.Errorf("a dry run: %+v, %v, %d gas", b, err, gas)
	}
	if after, err := w.Journal.Entries(); err != nil || len(after) != len(before) {
		t.Errorf("something was sent: %v", err)
	}
}

func TestDeployBeacon_IsFoundAgain(t *testing.T) {
	w := drawn(t, evm.DefaultID, evmnetRound, time.Hour)
	again, err := w.DeployBeacon(t.Context(), drand.Evmnet)
	if err != nil || !again.Reused || again.Address != w.terms.BeaconSource {
		t.Errorf("again: %+v, %v", again, err)
	}
	other, err := w.DeployBeacon(t.Context(), drand.Quicknet)
	if err != nil || other.Reused {
		t.Fatalf("the other: %+v, %v", other, err)
	}
	// What a journal says is looked at: here of a chain that began anew.
	if err := w.Journal.Append(chain.Entry{Event: chain.EventBeacon, State: chain.StateMined, ChainID: w.ChainID, Contract: other.Address, Subject: drand.Evmnet[:]}); err != nil {
		t.Fatal(err)
	}
	if third, err := w.DeployBeacon(t.Context(), drand.Evmnet); err != nil || third.Reused {
		t.Errorf("a stale journal: %+v, %v", third, err)
	}
	if _, err := w.DeployBeacon(t.Context(), [32]byte{1}); err == nil {
		t.Error("a chain that nobody knows has a beacon")
	}
	v, err := w.DeployVerifier(t.Context(), w.key.vk)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := w.DeployDrop(t.Context(), w.terms, v.Address, false); err != nil || !d.Reused {
		t.Errorf("the drop: %+v, %v", d, err)
	}
	w.terms.BeaconSource = other.Address
	if d, err := w.DeployDrop(t.Context(), w.terms, v.Address, false); err != nil || d.Reused {
		t.Errorf("the drop with another beacon: %+v, %v", d, err)
	}
}

// A crippled chain has an EVM that answers calls to a contract with something else.
type crippled struct {
	chain.Backend
	at     common.Address
	answer []byte
}

func (c *crippled) CallContract(ctx context.Context, call ethereum.CallMsg, block *big.Int) ([]byte, error) {
	if call.To != nil && *call.To == c.at {
		return c.answer, nil
	}
	return c.Backend.CallContract(ctx, call, block)
}

// A beacon that works in no EVM but ours would keep a drop shut for ever.
func TestDeployBeacon_TriesItOut(t *testing.T) {
	owner := account(t, "1")
	for _, answer := range [][]byte{nil, make([]byte, 32), make([]byte, 31)} {
		e := evm.Start(evm.DefaultID, owner.Address)
		t.Cleanup(func() { e.Close() })
		c, err := chain.New(t.Context(), &crippled{e, crypto.CreateAddress(owner.Address, 0), answer}, owner)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.DeployBeacon(t.Context(), drand.Quicknet); err == nil || !strings.Contains(err.Error(), "cannot check drand's quicknet") {
			t.Errorf("an EVM that answers with %x: %v", answer, err)
		}
	}
}

// Whoever writes a beacon of their own knows its rounds.
func TestCheck_RefusesAnotherBeacon(t *testing.T) {
	w := drawn(t, evm.DefaultID, evmnetRound, time.Hour)
	fake := []byte{0x61, 0x03, 0xe8, 0x60, 0x00, 0x52, 0x60, 0x20, 0x60, 0x00, 0xf3} // returns 1000, whatever it is asked
	w.terms.BeaconSource = w.create(t, ending(nil, fake, push(opReturn, num(len(fake)), nil)))
	w.contract = w.deploy(t)
	if _, err := w.Open(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "not one that is known") {
		t.Errorf("open: %v", err)
	}
	if err := w.Send(t.Context(), w.contract, bindings.NewGenproofDrop().PackOpenSigned(nil)); err != nil {
		t.Fatal(err)
	}
	s, err := w.Status(t.Context(), w.contract)
	if err != nil || !s.Open || s.BeaconRound != 1000 {
		t.Fatalf("the beacon decides nothing, so this test shows less than it says: %+v, %v", s, err)
	}
	w.beacon = &bundle.Beacon{ChainID: w.ChainID, Contract: w.contract, Entropy: s.Entropy, Value: s.Beacon}
	w.setTemplate(t)
	if r := w.check(t, w.options()); r.OK() || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "is none of genproof's") {
		t.Errorf("faults %v", r.Faults)
	}
}

// An altered node tells other events and headers than the chain has.
type altered struct {
	chain.Backend
	log    func(*types.Log)
	header func(*types.Header)
}

func (a *altered) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	logs, err := a.Backend.FilterLogs(ctx, q)
	for i := range logs {
		a.log(&logs[i])
	}
	return logs, err
}

func (a *altered) HeaderByNumber(ctx context.Context, n *big.Int) (*types.Header, error) {
	h, err := a.Backend.HeaderByNumber(ctx, n)
	if err == nil && a.header != nil {
		h = types.CopyHeader(h)
		a.header(h)
	}
	return h, err
}

// The round is checked again, by drand's key, from the signature that the contract told.
func TestCheck_VerifiesTheRoundAgain(t *testing.T) {
	w := drawn(t, evm.DefaultID, evmnetRound, time.Hour)
	w.openSigned(t)
	honest := w.Client
	signed := crypto.Keccak256Hash([]byte("BeaconSigned(uint64,bytes)"))
	noLog, noHeader := func(*types.Log) {}, (func(*types.Header))(nil)
	for _, tc := range []struct {
		about  string
		log    func(*types.Log)
		header func(*types.Header)
		want   string
	}{
		{"nothing", noLog, noHeader, ""},
		{"another signature", func(l *types.Log) {
			if l.Topics[0] == signed {
				l.Data = append([]byte{}, l.Data...)
				l.Data[3*32+5] ^= 1
			}
		}, noHeader, "the signature that the contract was opened with"},
		{"no signature", func(l *types.Log) {
			if l.Topics[0] == signed {
				l.Topics = []common.Hash{{}}
			}
		}, noHeader, "has 0 bytes, want 64"},
		{"a deployment after the round", noLog, func(h *types.Header) { h.Time += 3600 }, "when the beacon's round was known"},
	} {
		var err error
		if w.Client, err = chain.New(t.Context(), &altered{w.evm, tc.log, tc.header}, nil); err != nil {
			t.Fatal(err)
		}
		r := w.check(t, w.options())
		if tc.want == "" && r.OK() || len(r.Faults) == 1 && strings.Contains(r.Faults[0], tc.want) {
			continue
		}
		t.Errorf("%s: faults %v, want %q", tc.about, r.Faults, tc.want)
	}
	w.Client = honest
}

func TestCheck_WarnsOfARoundThatCameSoon(t *testing.T) {
	for _, tc := range []struct {
		chainID uint64
		lead    time.Duration
		soon    bool
	}{{1, time.Hour, false}, {1, time.Hour - 3*time.Second, true}, {10, time.Hour, true}, {10, 25 * time.Hour, false}, {10, 25*time.Hour - 3*time.Second, true}, {evm.DefaultID, time.Second, false}} {
		w := drawn(t, tc.chainID, evmnetRound, tc.lead)
		w.openSigned(t)
		r := w.check(t, w.options())
		soon := len(r.Warnings) == 1 && strings.Contains(r.Warnings[0], "BEACON SOON")
		if !r.OK() || soon != tc.soon || len(r.Warnings) > 1 {
			t.Errorf("chain %d, %s: faults %v, warnings %v", tc.chainID, tc.lead, r.Faults, r.Warnings)
		}
	}
}
