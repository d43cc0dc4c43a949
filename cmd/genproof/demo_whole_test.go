//go:build prover_checks

package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The whole demo takes the keys of cid/small, which are slow to make.
func TestSlowDemo_Whole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	r := decode[demoReport](t, succeed(t, "demo", "--dir", dir, "--keys", keys(t), "--json"))
	if r.Verdict != "amber" || len(r.Tokens) != len(demoTokens) || len(r.Cheats) < 18 || len(r.Chain.URIs) != len(demoTokens) {
		t.Errorf("report %+v", r)
	}
	if p := r.Picture; !p.Proven || p.Circuit != "art/small" || len(read(t, p.File)) != 356 {
		t.Errorf("picture %+v", p)
	}
	for _, cheat := range r.Cheats {
		if cheat.Accepted || cheat.Reason == "" {
			t.Errorf("%s: accepted, or without a reason", cheat.Name)
		}
	}
	succeed(t, "verify", filepath.Join(dir, "foxes", "out"), "--keys", keys(t))
	text := succeed(t, "demo", "--keys", keys(t)).stdout
	for _, want := range []string{"token 4: Nebula Foxes #4, Background ", "UNSAFE KEY", `rule "safe"`, "picture proven", "change one pixel of it", "All "} {
		if !strings.Contains(text, want) {
			t.Errorf("the demo does not tell %q: %s", want, text)
		}
	}
	// The rule is public, and names lineages: which fox has which stands nowhere. The deck's foxes show their colour.
	text = strings.NewReplacer(`trait.Lineage in ["Arctic", "Red"]`, "", "Fox Red", "").Replace(text)
	for _, hidden := range []string{"Arctic", "Red"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the demo shows the hidden %s: %s", hidden, text)
		}
	}
}
