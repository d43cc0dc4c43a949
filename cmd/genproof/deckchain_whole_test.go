//go:build prover_checks

package main

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/genproof/genproof/setup/drand"
)

// TestSlowDeck_OnAnvil is a deck's life on a real node from npm: its clock is set where the
// sale's round is a real one of drand's evmnet.
func TestSlowDeck_OnAnvil(t *testing.T) {
	at, err := drand.Time(drand.Evmnet, demoRound)
	if err != nil {
		t.Fatal(err)
	}
	start := at.Add(-30 * time.Hour)
	node := anvil(t, "--timestamp", strconv.FormatInt(start.Unix(), 10))
	key, err := crypto.HexToECDSA(privateKey)
	if err != nil {
		t.Fatal(err)
	}
	author := crypto.PubkeyToAddress(key.PublicKey)
	dir := importShape(t, "hashlips", "--home", "31337:"+author.Hex())
	succeed(t, "setup", "deck/small", "--keys", keys(t))
	succeed(t, "prove", "--drop", dir, "--keys", keys(t))
	out := filepath.Join(dir, "out")
	file := filepath.Join(t.TempDir(), "key")
	write(t, file, privateKey)
	sender := []string{"--drop", dir, "--rpc", node, "--key-file", file}
	deployed := decode[deckDeployReport](t, succeed(t, with("deploy", sender, "--keys", keys(t), "--gap", "1h", "--json")...))
	admitted := decode[admitReport](t, succeed(t, with("admit", sender, "--keys", keys(t), "--json")...))
	if admitted.State != "complete" || len(admitted.Admitted) != 1 {
		t.Errorf("admitted %+v", admitted)
	}
	succeed(t, "sell", "open", "--drop", dir, "--rpc", node, "--key-file", file, "--price", "0.05", "--end", at.Add(-time.Hour).Format(time.RFC3339))
	succeed(t, with("mint", sender, "--count", "2")...)
	clock, err := rpc.DialContext(t.Context(), node)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(clock.Close)
	for _, call := range []struct {
		method string
		args   []any
	}{{"evm_setNextBlockTimestamp", []any{at.Unix()}}, {"evm_mine", nil}} {
		if err := clock.CallContext(t.Context(), nil, call.method, call.args...); err != nil {
			t.Fatal(err)
		}
	}
	succeed(t, with("reveal", sender, "--signature", demoSignature)...)
	succeed(t, with("withdraw", sender)...)
	r := decode[deckReport](t, succeed(t, "verify", out, "--rpc", node, "--contract", deployed.Contract.Address, "--tokens", "1-2", "--keys", keys(t), "--json"))
	if r.Verdict != "amber" || r.Chain == nil || r.Chain.Contract.State != "revealed" || len(r.Chain.Tokens) != 2 || len(r.Chain.Faults) > 0 {
		t.Errorf("report %+v", r)
	}
	for _, token := range r.Chain.Tokens {
		if !strings.HasPrefix(token.URI, "ipfs://bafy") || token.Fault != "" {
			t.Errorf("token %+v", token)
		}
	}
}
