package chain_test

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits/document"
)

// options are what the drop's author published.
func (w *world) options(tokens ...chain.Token) chain.CheckOptions {
	return chain.CheckOptions{
		Key: w.key.vk, Tokens: tokens,
		Description: &bundle.Description{Supply: w.terms.Supply, Commitments: w.terms.Commitments, Beacon: *w.beacon, Key: bundle.Key{Digest: w.key.vk.Digest()}},
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

func TestDeployVerifier_RefusesDegenerateKeys(t *testing.T) {
	w := start(t, 1337)
	vk := *w.key.vk
	vk.Gamma = vk.Delta
	if _, err := w.DeployVerifier(t.Context(), &vk); err == nil {
		t.Error("γ = δ was deployed")
	}
}
