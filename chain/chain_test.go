package chain_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
)

// A world is a chain with a drop on it.
type world struct {
	*chain.Client
	evm      *evm.Chain
	owner    *chain.Account
	key      *trapdoor
	terms    chain.Terms
	contract common.Address
	beacon   *bundle.Beacon
}

func commitments(seed string) bundle.Commitments {
	return bundle.Commitments{Model: secret(seed, 100), Policy: secret(seed, 101), Template: secret(seed, 102), Authority: secret(seed, 103), Seeds: secret(seed, 104)}
}

// withoutTemplate are commitments as a contract tells them before its template is set.
func withoutTemplate(c bundle.Commitments) bundle.Commitments {
	c.Template.SetZero()
	return c
}

func account(t *testing.T, digit string) *chain.Account {
	t.Helper()
	a, err := chain.ParseAccount([]byte(strings.Repeat(digit, 64)), "")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// start starts a chain and deploys verifier and drop.
func start(t *testing.T, chainID uint64) *world {
	t.Helper()
	return startWith(t, chainID, func(*chain.Client) {})
}

func startWith(t *testing.T, chainID uint64, set func(*chain.Client)) *world {
	t.Helper()
	w := &world{owner: account(t, "1"), key: newTrapdoor("a")}
	w.evm = evm.Start(chainID, w.owner.Address, account(t, "2").Address)
	t.Cleanup(func() { w.evm.Close() })
	w.Client = w.client(t, w.owner)
	set(w.Client)
	w.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	w.terms = chain.Terms{Name: "Nebula Foxes", Symbol: "FOX", FirstID: 1, Supply: 100, Commitments: commitments("a"), BeaconDelay: 2, Owner: w.owner.Address}
	w.contract = w.deploy(t)
	return w
}

func (w *world) client(t *testing.T, a *chain.Account) *chain.Client {
	t.Helper()
	c, err := chain.New(t.Context(), w.evm, a)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *world) deploy(t *testing.T) common.Address {
	t.Helper()
	v, err := w.DeployVerifier(t.Context(), w.key.vk)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.DeployDrop(t.Context(), w.terms, v.Address, true)
	if err != nil {
		t.Fatal(err)
	}
	return d.Address
}

func opened(t *testing.T) *world {
	t.Helper()
	w := start(t, evm.DefaultID)
	w.open(t)
	return w
}

// open fixes beacon and template.
func (w *world) open(t *testing.T) {
	t.Helper()
	w.draw(t)
	w.setTemplate(t)
}

func (w *world) setTemplate(t *testing.T) *chain.Setting {
	t.Helper()
	set, err := w.SetTemplate(t.Context(), w.contract, w.terms.Commitments, w.beacon.Value)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// draw fixes the beacon alone.
func (w *world) draw(t *testing.T) {
	t.Helper()
	w.evm.Mine(3)
	var err error
	if w.beacon, err = w.Open(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
}

// tokens proves tokens for the chain's drop.
func (w *world) tokens(recipient [20]byte, ids ...uint64) (list []chain.Token) {
	for _, id := range ids {
		doc := fmt.Sprintf(`{"name":"Fox #%d"}`, id)
		list = append(list, chain.Token{File: fmt.Sprintf("bundles/%d.json", id), Bundle: w.key.bundleOf(w.terms.Commitments, w.beacon.Value, recipient, id, doc)})
	}
	return list
}

func (w *world) mint(t *testing.T, batch int, tokens ...chain.Token) *chain.MintReport {
	t.Helper()
	r, err := w.Mint(t.Context(), tokens, chain.MintOptions{Contract: w.contract, Batch: batch})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDeploy_IsFoundAgain(t *testing.T) {
	w := start(t, evm.DefaultID)
	v, err := w.DeployVerifier(t.Context(), w.key.vk)
	if err != nil || !v.Reused {
		t.Fatalf("verifier %+v, %v", v, err)
	}
	d, err := w.DeployDrop(t.Context(), w.terms, v.Address, false)
	if err != nil || !d.Reused || d.Address != w.contract {
		t.Errorf("drop %+v, %v", d, err)
	}
	if another := w.deploy(t); another == w.contract {
		t.Errorf("another drop is the same: %s", another)
	}
	s, err := w.Status(t.Context(), w.contract)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Known || !s.KeyKnown || s.Open || s.HasTemplate() || s.Commitments != withoutTemplate(w.terms.Commitments) || s.FirstID != 1 || s.Key.Digest() != w.key.vk.Digest() || s.Owner != w.owner.Address || s.Supply != 100 {
		t.Errorf("status %+v", s)
	}
}

// A journal can be of a chain that has begun anew since, with other contracts in its places.
func TestDeploy_LooksAtWhatTheJournalNames(t *testing.T) {
	w := start(t, evm.DefaultID)
	v, err := w.DeployVerifier(t.Context(), w.key.vk)
	if err != nil {
		t.Fatal(err)
	}
	before, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	otherVerifier, err := w.DeployVerifier(t.Context(), newTrapdoor("b").vk)
	if err != nil {
		t.Fatal(err)
	}
	sameTerms, err := w.DeployDrop(t.Context(), w.terms, otherVerifier.Address, true)
	if err != nil {
		t.Fatal(err)
	}
	w.terms.Commitments = commitments("another")
	otherTerms := w.deploy(t)
	w.terms.Commitments = commitments("a")
	for event, others := range map[string][]common.Address{chain.EventVerifier: {otherVerifier.Address}, chain.EventContract: {sameTerms.Address, otherTerms}} {
		at := slices.IndexFunc(before, func(e chain.Entry) bool { return e.Event == event && e.State == chain.StateMined })
		for _, other := range others {
			stale := before[at]
			stale.Contract = other
			if err := w.Journal.Append(stale); err != nil {
				t.Fatal(err)
			}
			d, err := w.DeployDrop(t.Context(), w.terms, v.Address, false)
			if event == chain.EventVerifier {
				d, err = w.DeployVerifier(t.Context(), w.key.vk)
			}
			if err != nil || d.Reused || d.Address == other {
				t.Errorf("%s %s: %+v, %v", event, other, d, err)
			}
		}
	}
}

func TestOpen_FixesTheBeaconOnce(t *testing.T) {
	w := opened(t)
	if w.beacon.Value != bundle.DeriveBeacon(evm.DefaultID, w.contract, w.beacon.Entropy) || w.beacon.Entropy == [32]byte{} {
		t.Errorf("beacon %+v", w.beacon)
	}
	again, err := w.Open(t.Context(), w.contract)
	if err != nil || *again != *w.beacon {
		t.Errorf("the second time: %+v, %v", again, err)
	}
}

func TestOpen_NudgesADevelopmentNode(t *testing.T) {
	w := start(t, evm.DefaultID) // makes blocks for transactions only
	if _, err := w.Open(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
}

func TestOpen_WaitsUntilTheBlockIsSettled(t *testing.T) {
	w := startWith(t, 11155111, func(c *chain.Client) { c.AllowUnsafeKeys = true })
	w.evm.Mine(60)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := w.Open(ctx, w.contract); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("opened while the block can be taken back: %v", err)
	}
	w.evm.Mine(10)
	if _, err := w.Open(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
}

func TestMint_MintsWhatIsMissing(t *testing.T) {
	w := opened(t)
	r := w.mint(t, 1, w.tokens([20]byte{}, 1, 2)...)
	if len(r.Minted) != 2 || len(r.Txs) != 2 || len(r.Present) != 0 {
		t.Errorf("first run %+v", r)
	}
	t.Logf("gas of a first and a second mint together: %d", r.Gas)
	r = w.mint(t, 10, w.tokens(account(t, "2").Address, 1, 3, 4, 5)[1:]...)
	if len(r.Minted) != 3 || len(r.Txs) != 1 {
		t.Errorf("batch %+v", r)
	}
	r = w.mint(t, 10, append(w.tokens([20]byte{}, 1, 2), w.tokens(account(t, "2").Address, 3, 4, 5)...)...)
	if len(r.Minted) != 0 || len(r.Present) != 5 || r.Gas != 0 {
		t.Errorf("second run %+v", r)
	}
	entries, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	last := entries[len(entries)-1]
	if last.Event != chain.EventMint || last.State != chain.StateMined || len(last.Tokens) != 3 || last.Tokens[0].Bundle != "bundles/3.json" || last.Gas == 0 {
		t.Errorf("journal %+v", last)
	}
}

// Somebody hands in a ticket of the second batch while the first is sent.
func TestMint_PassesOverWhatOthersMintMeanwhile(t *testing.T) {
	w := opened(t)
	tokens := w.tokens(account(t, "2").Address, 1, 2, 3, 4)
	between := func(done, total int) {
		if done == 2 {
			w.mint(t, 1, tokens[2])
		}
	}
	r, err := w.Mint(t.Context(), tokens, chain.MintOptions{Contract: w.contract, Batch: 2, Progress: between})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(r.Minted, []uint64{1, 2, 4}) || !slices.Equal(r.Present, []uint64{3}) || len(r.Txs) != 2 {
		t.Errorf("%+v", r)
	}
}

func TestMint_RefusesBeforeSpending(t *testing.T) {
	w := opened(t)
	tampered := w.tokens([20]byte{}, 1)[0]
	tampered.Bundle.Document += " "
	moved := w.tokens([20]byte{}, 1, 2)
	moved[1].Bundle.Proof = moved[0].Bundle.Proof
	foreign := w.tokens([20]byte{}, 1)[0]
	foreign.Bundle.Statement.Model = secret("other", 0)
	early := w.tokens([20]byte{}, 1)[0]
	early.Bundle.Statement.Beacon = secret("other", 1)
	root := w.tokens([20]byte{}, 1)[0]
	root.Bundle.Circuit = "root/small"
	for _, row := range []struct {
		about  string
		tokens []chain.Token
	}{
		{"document", []chain.Token{tampered}}, {"bundles/2.json", moved}, {"other commitments", []chain.Token{foreign}}, {"another beacon", []chain.Token{early}},
		{"not about the document", []chain.Token{root}}, {"twice", w.tokens([20]byte{}, 7, 7)}, {"no token 101", w.tokens([20]byte{}, 101)},
	} {
		_, err := w.Mint(t.Context(), row.tokens, chain.MintOptions{Contract: w.contract, Batch: 1})
		if err == nil || !strings.Contains(err.Error(), row.about) {
			t.Errorf("%s: %v", row.about, err)
		}
	}
	entries, err := w.Journal.Entries()
	if err != nil || entries[len(entries)-1].Event == chain.EventMint {
		t.Errorf("something was sent: %v, %v", entries, err)
	}
}

func TestMint_BoundsBatches(t *testing.T) {
	w := opened(t)
	for _, batch := range []int{-1, 0, chain.MaxBatch + 1} {
		_, err := w.Mint(t.Context(), nil, chain.MintOptions{Contract: w.contract, Batch: batch})
		if err == nil || !strings.Contains(err.Error(), "want 1 to 100") {
			t.Errorf("batches of %d: %v", batch, err)
		}
	}
	if _, err := w.Mint(t.Context(), nil, chain.MintOptions{Contract: w.contract, Batch: chain.MaxBatch}); err != nil {
		t.Error(err)
	}
}

func TestMint_RefusesAnotherDocumentOfAMintedToken(t *testing.T) {
	w := opened(t)
	w.mint(t, 1, w.tokens([20]byte{}, 1)...)
	other := chain.Token{File: "bundles/1.json", Bundle: w.key.bundleOf(w.terms.Commitments, w.beacon.Value, [20]byte{}, 1, "another")}
	if _, err := w.Mint(t.Context(), []chain.Token{other}, chain.MintOptions{Contract: w.contract, Batch: 1}); err == nil || !strings.Contains(err.Error(), "minted with another document") {
		t.Errorf("got %v", err)
	}
}

func TestMint_DryRunSendsNothing(t *testing.T) {
	w := opened(t)
	var gas uint64
	w.DryRun = func(_ string, g uint64) { gas += g }
	r := w.mint(t, 1, w.tokens([20]byte{}, 1, 2)...)
	if len(r.Minted) != 0 || gas < 2*200_000 {
		t.Errorf("report %+v, gas %d", r, gas)
	}
	w.DryRun = nil
	if r := w.mint(t, 1, w.tokens([20]byte{}, 1, 2)...); len(r.Minted) != 2 {
		t.Errorf("report %+v", r)
	}
}

func TestMint_OnlyTheOwnerMintsWhatNamesNobody(t *testing.T) {
	w := opened(t)
	other := w.client(t, account(t, "2"))
	_, err := other.Mint(t.Context(), w.tokens([20]byte{}, 1), chain.MintOptions{Contract: w.contract, Batch: 1})
	var no *chain.Revert
	if !errors.As(err, &no) || no.Name != "RecipientNotProven" {
		t.Errorf("unbound: %v", err)
	}
	if _, err = other.Mint(t.Context(), w.tokens(w.owner.Address, 1), chain.MintOptions{Contract: w.contract, Batch: 1}); err != nil {
		t.Errorf("bound: %v", err)
	}
}

func TestResume_WaitsForWhatWasSent(t *testing.T) {
	w := opened(t)
	w.mint(t, 1, w.tokens([20]byte{}, 1)...)
	entries, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	sent := entries[len(entries)-2]
	if sent.State != chain.StateSent {
		t.Fatalf("entry %+v", sent)
	}
	w.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	unknown := sent
	unknown.Tx[0] ^= 1
	for _, e := range []chain.Entry{sent, unknown} {
		if err := w.Journal.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Resume(context.Background()); err != nil {
		t.Fatal(err)
	}
	entries, err = w.Journal.Entries()
	if err != nil || len(entries) != 3 || entries[2].State != chain.StateMined || entries[2].Tx != sent.Tx {
		t.Errorf("journal %+v, %v", entries, err)
	}
}
