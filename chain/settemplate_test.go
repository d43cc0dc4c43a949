package chain_test

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
)

// undressed is an open drop without a template.
func undressed(t *testing.T) *world {
	t.Helper()
	w := start(t, evm.DefaultID)
	w.draw(t)
	return w
}

func TestSetTemplate_Once(t *testing.T) {
	w := undressed(t)
	code, err := w.evm.CodeAt(t.Context(), solidity.BoundAddress(w.contract), nil)
	if err != nil || len(code) != 0 || mustStatus(t, w).HasTemplate() {
		t.Errorf("before: %d bytes of code, %v", len(code), err)
	}
	var gas uint64
	w.DryRun = func(_ string, g uint64) { gas += g }
	if set, err := w.SetTemplate(t.Context(), w.contract, w.terms.Commitments, w.beacon.Value); set != nil || err != nil || gas < 500_000 {
		t.Errorf("a dry run: %+v, gas %d, %v", set, gas, err)
	}
	w.DryRun = nil
	first := w.setTemplate(t)
	if first.Reused || first.Gas < 500_000 || first.Template != w.terms.Commitments.Template {
		t.Errorf("set %+v", first)
	}
	if again := w.setTemplate(t); !again.Reused || again.Gas != 0 {
		t.Errorf("again %+v", again)
	}
	if s := mustStatus(t, w); !s.HasTemplate() || s.Commitments != w.terms.Commitments {
		t.Errorf("status %+v", s)
	}
	if _, err := w.SetTemplate(t.Context(), w.contract, w.next(1), w.beacon.Value); !errors.Is(err, chain.ErrTemplateSet) {
		t.Errorf("another: %v", err)
	}
	var no *chain.Revert
	err = w.Send(t.Context(), w.contract, bindings.NewGenproofDrop().PackSetTemplate(big.NewInt(5)))
	if !errors.As(err, &no) || no.Name != "TemplateAlreadySet" || !strings.Contains(no.Error(), "is set already, and is set once") {
		t.Errorf("another, without a look: %v", err)
	}
	entries, err := w.Journal.Entries()
	want := first.Template.Bytes()
	if last := entries[len(entries)-1]; err != nil || last.Event != chain.EventSet || last.State != chain.StateMined || !bytes.Equal(last.Subject, want[:]) {
		t.Errorf("journal %+v, %v", last, err)
	}
}

func TestSetTemplate_RefusesWhatDoesNotFit(t *testing.T) {
	w := undressed(t)
	for want, change := range map[string]func(*bundle.Commitments, *fr.Element){
		"template: model":         func(c *bundle.Commitments, _ *fr.Element) { c.Model = secret("x", 0) },
		"template: policy":        func(c *bundle.Commitments, _ *fr.Element) { c.Policy = secret("x", 0) },
		"template: authority":     func(c *bundle.Commitments, _ *fr.Element) { c.Authority = secret("x", 0) },
		"template: seeds":         func(c *bundle.Commitments, _ *fr.Element) { c.Seeds = secret("x", 0) },
		"template: beacon":        func(_ *bundle.Commitments, b *fr.Element) { *b = secret("x", 0) },
		"a template of 0 is none": func(c *bundle.Commitments, _ *fr.Element) { c.Template.SetZero() },
	} {
		c, b := w.terms.Commitments, w.beacon.Value
		change(&c, &b)
		if _, err := w.SetTemplate(t.Context(), w.contract, c, b); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	var no *chain.Revert
	if _, err := w.client(t, account(t, "2")).SetTemplate(t.Context(), w.contract, w.terms.Commitments, w.beacon.Value); !errors.As(err, &no) || no.Name != "OwnableUnauthorizedAccount" {
		t.Errorf("by somebody else: %v", err)
	}
	closed := w.deploy(t)
	if _, err := w.SetTemplate(t.Context(), closed, w.terms.Commitments, w.beacon.Value); err == nil || !strings.Contains(err.Error(), "not open") {
		t.Errorf("before it is open: %v", err)
	}
	if mustStatus(t, w).HasTemplate() {
		t.Error("what was refused is set")
	}
}

func TestMint_WaitsForTheTemplate(t *testing.T) {
	w := undressed(t)
	tokens := w.tokens([20]byte{}, 1)
	if _, err := w.Mint(t.Context(), tokens, chain.MintOptions{Contract: w.contract, Batch: 1}); err == nil || !strings.Contains(err.Error(), "has not set its template") {
		t.Errorf("mint: %v", err)
	}
	if _, err := w.Update(t.Context(), tokens, chain.UpdateOptions{Contract: w.contract}); err == nil || !strings.Contains(err.Error(), "has not set its template") {
		t.Errorf("update: %v", err)
	}
	if _, err := w.Announce(t.Context(), w.contract, w.next(1), w.beacon.Value, false); err == nil || !strings.Contains(err.Error(), "first template is not set") {
		t.Errorf("announce: %v", err)
	}
	m := bindings.Mint{To: w.owner.Address, TokenId: big.NewInt(1), Digest: tokens[0].Bundle.Statement.Metadata}
	var no *chain.Revert
	if err := w.TryMint(t.Context(), w.owner.Address, w.contract, m, tokens[0].Bundle.Proof); !errors.As(err, &no) || no.Name != "TemplateNotSet" || !strings.Contains(no.Error(), "no template yet") {
		t.Errorf("without a look: %v", err)
	}
	r := w.check(t, w.options())
	if r.OK() || !slices.Contains(r.Faults, "the contract's template is not set") || r.TemplateBlock != 0 {
		t.Errorf("faults %v", r.Faults)
	}
	w.setTemplate(t)
	w.mint(t, 1, tokens...)
	if r := w.check(t, w.options(tokens...)); !r.OK() || r.TemplateBlock <= r.Status.BeaconBlock {
		t.Errorf("faults %v, template in block %d", r.Faults, r.TemplateBlock)
	}
}

// The events say when the template was set, against what a contract answers.
func TestCheck_HoldsTheTemplateBehindTheBeacon(t *testing.T) {
	w := opened(t)
	set, opened := topic("TemplateSet(uint256)"), topic("Opened(uint256,bytes32,uint256)")
	beacon := mustStatus(t, w).BeaconBlock
	for name, row := range map[string]struct {
		lie  func(*types.Log) bool
		want string
	}{
		"no event": {func(l *types.Log) bool { return l.Topics[0] != set }, "do not tell that its template was set"},
		"another template": {func(l *types.Log) bool {
			if l.Topics[0] == set {
				l.Data = append(bytes.Clone(l.Data[:31]), l.Data[31]^1)
			}
			return true
		}, "do not tell that its template was set"},
		"in the beacon's block": {func(l *types.Log) bool {
			switch l.Topics[0] {
			case set:
				l.BlockNumber = beacon
			case opened:
				l.BlockNumber = beacon - 1
			}
			return true
		}, "not behind its beacon's"},
		"before it was open": {func(l *types.Log) bool {
			if l.Topics[0] == opened {
				l.BlockNumber += 1000
			}
			return true
		}, "not behind its beacon's"},
		"never opened": {func(l *types.Log) bool { return l.Topics[0] != opened }, "not behind its beacon's"},
		"in one block with the opening, before it": {func(l *types.Log) bool {
			switch l.Topics[0] {
			case set:
				l.BlockNumber, l.Index = beacon+50, 3
			case opened:
				l.BlockNumber, l.Index = beacon+50, 4
			}
			return true
		}, "not behind its beacon's"},
		"in one block with the opening, behind it": {func(l *types.Log) bool {
			switch l.Topics[0] {
			case set:
				l.BlockNumber, l.Index = beacon+50, 4
			case opened:
				l.BlockNumber, l.Index = beacon+50, 3
			}
			return true
		}, ""},
	} {
		r := w.alone(t, &liar{Backend: w.evm, log: row.lie})
		if row.want == "" && r.OK() || row.want != "" && slices.ContainsFunc(r.Faults, func(f string) bool { return strings.Contains(f, row.want) }) {
			continue
		}
		t.Errorf("%s: faults %v, want %q", name, r.Faults, row.want)
	}
}

func topic(event string) common.Hash { return crypto.Keccak256Hash([]byte(event)) }

// Token 0 is a token like any other.
func TestMint_IdsBeginAnywhere(t *testing.T) {
	w := start(t, evm.DefaultID)
	w.terms.FirstID, w.terms.Supply = 0, 3
	w.contract = w.deploy(t)
	w.open(t)
	tokens := w.tokens([20]byte{}, 0, 2)
	if r := w.mint(t, 2, tokens...); !slices.Equal(r.Minted, []uint64{0, 2}) {
		t.Errorf("minted %+v", r)
	}
	if _, err := w.Mint(t.Context(), w.tokens([20]byte{}, 3), chain.MintOptions{Contract: w.contract, Batch: 1}); err == nil || !strings.Contains(err.Error(), "has no token 3") {
		t.Errorf("behind the last: %v", err)
	}
	if ids, err := w.Minted(t.Context(), mustStatus(t, w)); err != nil || !slices.Equal(ids, []uint64{0, 2}) {
		t.Errorf("minted by the events %v, %v", ids, err)
	}
	r := w.alone(t, &liar{Backend: w.evm})
	if !r.OK() || r.Proofs != 2 || len(r.Tokens) != 2 || r.Tokens[0].ID != 0 || !r.Tokens[0].Minted {
		t.Errorf("report %+v", r)
	}
	w.terms.FirstID = 7
	w.contract = w.deploy(t)
	w.open(t)
	w.mint(t, 1, w.tokens([20]byte{}, 7, 9)...)
	for _, id := range []uint64{6, 10, 0} {
		if _, err := w.Mint(t.Context(), w.tokens([20]byte{}, id), chain.MintOptions{Contract: w.contract, Batch: 1}); err == nil || !strings.Contains(err.Error(), "has no token") {
			t.Errorf("token %d: %v", id, err)
		}
	}
}
