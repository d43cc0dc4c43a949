package chain_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/genproof/genproof/chain"
)

// TestGate_TrustsWhatIsKnownAlone: deploying and minting on a chain of value take a key that
// this machine knows to be safe, or the caller's word that the risk is taken.
func TestGate_TrustsWhatIsKnownAlone(t *testing.T) {
	const value = 5 // no development node's chain
	w := startWith(t, value, func(c *chain.Client) { c.AllowUnsafeKeys = true })
	w.evm.Mine(80) // where blocks have a value their depth is waited for
	w.open(t)
	ceremony := "ceremony:" + strings.Repeat("0a", 32) + ":3:ethereum:1:22000000"
	for i, tc := range []struct {
		known string
		allow bool
		want  string // of the error, empty for none
	}{
		{"", false, "does not know the verifying key"},
		{"ceremony", false, "does not know the verifying key"},
		{"unsafe-development", false, "provenance is unsafe-development"},
		{ceremony, false, ""},
		{"unsafe-development", true, ""},
		{"", true, ""},
	} {
		w.AllowUnsafeKeys = tc.allow
		w.KnownKey = func(digest [32]byte) string {
			if digest != w.key.vk.Digest() {
				t.Error("asked for another key")
			}
			return tc.known
		}
		_, deploying := w.DeployVerifier(t.Context(), w.key.vk)
		_, minting := w.Mint(t.Context(), w.tokens([20]byte{}, uint64(i+1)), chain.MintOptions{Contract: w.contract, Batch: 1})
		for verb, err := range map[string]error{"deploying": deploying, "minting": minting} {
			var refused *chain.UnsafeKey
			if (err == nil) != (tc.want == "") || err != nil && (!errors.As(err, &refused) || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("%s, known as %q, allowed %t: %v", verb, tc.known, tc.allow, err)
			}
		}
	}
	w.KnownKey = nil
	w.AllowUnsafeKeys = false
	if _, err := w.Mint(t.Context(), w.tokens([20]byte{}, 50), chain.MintOptions{Contract: w.contract, Batch: 1}); err == nil {
		t.Error("nothing is known of any key, and one is used")
	}
}
