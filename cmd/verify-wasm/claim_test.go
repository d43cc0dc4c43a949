//go:build !js

package main

import (
	"crypto/rand"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

// claimFiles are a deck's description, and a claim about its card 1.
func claimFiles(t *testing.T) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"drop.yaml":  `{name: Foxes, circuit: deck/small, deck: {home: none, first_id: 1}, attributes: [{claim: age, type: uint}]}`,
		"policy.cel": "true", "claims.csv": "card,age\n0,17\n1,18\n", "documents/0.json": `{"name":"0"}`, "documents/1.json": `{"name":"1"}`,
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	must := func(data []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	must(nil, drop.CreateSecrets(dir, false, rand.Reader))
	d, err := drop.LoadDeck(t.Context(), dir, nil)
	must(nil, err)
	store, err := setup.OpenStore(t.TempDir())
	must(nil, err)
	circuit, err := setup.Compile(prover.ClaimCircuit(d))
	must(nil, err)
	keys, err := store.Keys(t.Context(), circuit, nil)
	must(nil, err)
	claims, err := prover.NewClaims(d, keys)
	must(nil, err)
	c, err := claims.Prove(t.Context(), 1, "has(claim.age)", bundle.Audience{Name: "a page", Token: 1<<64 - 1, ChainID: 1})
	must(nil, err)
	return map[string][]byte{"deck.json": must(d.Description(c.Key).Marshal()), "claim.json": must(c.Marshal())}
}

// addClaim adds calls with a claim: it holds, with a digit changed it does not, and without a
// description nothing is judged.
func addClaim(t *testing.T, add func(string, call, func(*testing.T, string, result))) {
	t.Helper()
	files := claimFiles(t)
	add("claim", call{"claim", files}, func(t *testing.T, what string, r result) {
		if r.Report == nil || r.Report.Verdict != "amber" || r.Report.Name != "Foxes" || r.Report.Circuit != "rule/deck/small" {
			t.Errorf("%s: got %+v, %s", what, r.Report, r.Error)
		}
	})
	claim := files["claim.json"]
	for i := len(claim) / 17; i < len(claim); i += len(claim) / 17 {
		at := i
		for claim[at] < '0' || claim[at] > '8' {
			at--
		}
		changed := maps.Clone(files)
		changed["claim.json"] = append(append(append([]byte{}, claim[:at]...), claim[at]+1), claim[at+1:]...)
		add(fmt.Sprintf("claim with another digit at %d", at), call{"claim", changed}, refused)
	}
	add("claim alone", call{"claim alone", files}, failed)
	add("claim of text", call{"claim of text", files}, failed)
}
