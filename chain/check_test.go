package chain_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

// options are what the drop's author published.
func (w *world) options(tokens ...chain.Token) chain.CheckOptions {
	return chain.CheckOptions{
		Key: w.key.vk, Tokens: tokens,
		Description: &bundle.Description{FirstID: w.terms.FirstID, Supply: w.terms.Supply, Commitments: w.terms.Commitments, Beacon: *w.beacon, Key: bundle.Key{Digest: w.key.vk.Digest()}},
	}
}

func (w *world) check(t *testing.T, o chain.CheckOptions) *chain.CheckReport {
	t.Helper()
	r, err := w.Check(t.Context(), w.contract, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCheck_AcceptsWhatWasMinted(t *testing.T) {
	w := opened(t)
	tokens := w.tokens([20]byte{}, 1, 2, 3)
	w.mint(t, 2, tokens[:2]...)
	r := w.check(t, w.options(tokens...))
	if !r.OK() || len(r.Warnings) != 0 || len(r.Tokens) != 3 || !r.Tokens[1].Minted || r.Tokens[2].Minted {
		t.Errorf("report %+v", r)
	}
	if got := r.Tokens[0]; got.URI != "ipfs://"+document.CID([]byte(tokens[0].Bundle.Document)) || got.Owner != w.owner.Address {
		t.Errorf("token %+v", got)
	}
}

func TestCheck_NamesWhatDiffers(t *testing.T) {
	w := opened(t)
	tokens := w.tokens([20]byte{}, 1, 2)
	w.mint(t, 2, tokens...)
	otherKey := newTrapdoor("b").vk
	for _, row := range []struct {
		about  string
		change func(*chain.CheckOptions)
	}{
		{"another key", func(o *chain.CheckOptions) { o.Key = otherKey }},
		{"another key", func(o *chain.CheckOptions) { o.Description.Key.Digest = otherKey.Digest() }},
		{"other commitments", func(o *chain.CheckOptions) { o.Description.Commitments.Policy = secret("x", 0) }},
		{"supply", func(o *chain.CheckOptions) { o.Description.Supply++ }},
		{"beacon", func(o *chain.CheckOptions) { o.Description.Beacon.Entropy[0] ^= 1 }},
		{"beacon", func(o *chain.CheckOptions) { o.Description.Beacon.ChainID++ }},
	} {
		o := w.options(tokens...)
		row.change(&o)
		r := w.check(t, o)
		if r.OK() || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], row.about) {
			t.Errorf("%s: %v", row.about, r.Faults)
		}
	}
	if r := w.check(t, w.options(tokens[0])); r.OK() || len(r.Missing) != 1 || r.Missing[0] != 2 {
		t.Errorf("a token without a bundle: %+v", r)
	}
	changed := w.tokens([20]byte{}, 1)[0]
	changed.Bundle = w.key.bundleOf(w.terms.Commitments, w.beacon.Value, [20]byte{}, 1, "another")
	if r := w.check(t, w.options(changed, tokens[1])); r.OK() || !strings.Contains(r.Tokens[0].Fault, "another digest") {
		t.Errorf("another document: %+v", r.Tokens)
	}
}

func TestCheckVerifier_RefusesOtherCode(t *testing.T) {
	w := opened(t)
	if w.CheckVerifier(t.Context(), w.contract, w.key.vk) == nil {
		t.Error("the mint contract passes for a verifier")
	}
	v, err := w.DeployVerifier(t.Context(), w.key.vk)
	if err != nil {
		t.Fatal(err)
	}
	if w.CheckVerifier(t.Context(), v.Address, newTrapdoor("b").vk) == nil {
		t.Error("a verifier of another key passes")
	}
}

func TestDeployVerifier_RefusesDefectiveKeys(t *testing.T) {
	w := start(t, 1337)
	for _, d := range keytest.Defects() {
		if _, err := w.DeployVerifier(t.Context(), d.Of(w.key.vk)); err == nil || !strings.Contains(err.Error(), d.Want) {
			t.Errorf("%s: got %v, want %q", d.Name, err, d.Want)
		}
	}
}

// A hasty node cancels after some calls: 0 for never.
type hasty struct {
	chain.Backend
	calls, last int
	cancel      func()
}

func (n *hasty) CallContract(ctx context.Context, call ethereum.CallMsg, block *big.Int) ([]byte, error) {
	out, err := n.Backend.CallContract(ctx, call, block)
	if n.calls++; n.calls == n.last {
		n.cancel()
	}
	return out, err
}

// Verifying comes after the last call.
func TestCheck_StopsVerifyingWhenCancelled(t *testing.T) {
	w := opened(t)
	w.mint(t, 2, w.tokens([20]byte{}, 1, 2)...)
	calls := 0
	for _, cancelled := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		node := &hasty{Backend: w.evm, last: calls, cancel: cancel}
		client, err := chain.New(ctx, node, nil)
		if err != nil {
			t.Fatal(err)
		}
		node.calls = 0
		r, err := client.Check(ctx, w.contract, chain.CheckOptions{})
		if errors.Is(err, context.Canceled) != cancelled || !cancelled && (err != nil || r.Proofs != 2) {
			t.Errorf("cancelled after %d calls: %+v, %v", node.last, r, err)
		}
		calls = node.calls
	}
}

// A tampered node is one whose verifier has other code.
type tampered struct {
	chain.Backend
	at   common.Address
	code []byte
}

func (n *tampered) CodeAt(ctx context.Context, at common.Address, block *big.Int) ([]byte, error) {
	if at == n.at {
		return n.code, nil
	}
	return n.Backend.CodeAt(ctx, at, block)
}

// A chain can hold any key: the deployer that refuses defective ones is not the only way to
// put code there.
func TestStatus_RefusesDefectiveKeys(t *testing.T) {
	w := opened(t)
	s, err := w.Status(t.Context(), w.contract)
	if err != nil || s.Key == nil || !s.KeyKnown || s.KeyFault != nil {
		t.Fatalf("got %+v, %v", s, err)
	}
	node := &tampered{Backend: w.evm, at: s.Verifier}
	client, err := chain.New(t.Context(), node, nil)
	if err != nil {
		t.Fatal(err)
	}
	refuses := func(name, want string, key []byte) {
		node.code = solidity.VerifierCode(key)
		s, err := client.Status(t.Context(), w.contract)
		if err != nil || s.Key != nil || s.KeyKnown || s.KeyFault == nil || !strings.Contains(s.KeyFault.Error(), want) {
			t.Errorf("%s: got %+v, %v, want %q", name, s, err, want)
		}
		r, err := client.Check(t.Context(), w.contract, w.options())
		if err != nil || r.OK() || !strings.Contains(strings.Join(r.Faults, "\n"), want) {
			t.Errorf("%s: got %+v, %v", name, r, err)
		}
	}
	for _, d := range keytest.Defects() {
		refuses(d.Name, d.Want, d.Of(w.key.vk).Bytes())
	}
	for name, key := range keytest.Encodings(w.key.vk.Bytes()) {
		if name != "nothing" { // that is code of another kind
			refuses(name, "verifying key: ", key)
		}
	}
}

func TestDeployVerifier_NotesWhereTheKeyComesFrom(t *testing.T) {
	w := start(t, evm.DefaultID)
	from := "ceremony:" + strings.Repeat("0a", 32) + ":3:ethereum:1:22000000"
	w.KnownKey = func([32]byte) string { return from }
	if _, err := w.DeployVerifier(t.Context(), newTrapdoor("b").vk); err != nil {
		t.Fatal(err)
	}
	list, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		other := newTrapdoor("b").vk.Digest()
		if want := string(e.Subject) == string(other[:]); want != (e.KeyProvenance == from) {
			t.Errorf("entry %+v", e)
		}
	}
}
