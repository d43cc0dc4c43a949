//go:build prover_checks

package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
)

// TestSlowPlonk_WholeFlow sets up, proves and verifies without a ceremony.
func TestSlowPlonk_WholeFlow(t *testing.T) {
	dir := newDrop(t)
	replace(t, filepath.Join(dir, "drop.yaml"), "root/small", "root/small\nbackend: plonk")
	store, out := filepath.Join(t.TempDir(), "keys"), filepath.Join(dir, "out")
	made := decode[[]setupReport](t, succeed(t, "setup", "--drop", dir, "--keys", store, "--json"))
	if len(made) != 1 || made[0].Circuit != "root/small/plonk" || made[0].Provenance != "unsafe-development" {
		t.Fatalf("made %+v", made)
	}
	succeed(t, "prove", "--drop", dir, "--keys", store, "--tokens", "1-2")
	r := succeed(t, "verify", out, "--keys", store)
	if !strings.Contains(r.stdout, "reservations): 2 tokens") || !strings.Contains(r.stdout, "one machine for development") {
		t.Errorf("verified: %s", r.stdout)
	}
	if again := decode[proveReport](t, succeed(t, "prove", "--drop", dir, "--keys", store, "--tokens", "1-2", "--json")); again.Reused != 2 {
		t.Errorf("a second run: %+v", again)
	}
	if text := succeed(t, "inspect", filepath.Join(out, "verifying.key")).stdout; !strings.Contains(text, "9 public inputs, plonk") {
		t.Errorf("the key is shown as %s", text)
	}
	complains(t, console.ExitTrouble, "needs one of groth16", "export", "snarkjs", "--token", "1", "--out", filepath.Join(t.TempDir(), "snarkjs"), out)
	var other []byte
	editBundle(t, out, "1", func(b *bundle.Bundle) { other = b.Proof })
	editBundle(t, out, "2", func(b *bundle.Bundle) { b.Proof = other })
	rejected := expect(t, console.ExitRejected, "verify", out, "--keys", store)
	if !strings.Contains(rejected.stdout, "it does not prove the statement") {
		t.Errorf("a moved proof: %s", rejected.stdout)
	}
}
