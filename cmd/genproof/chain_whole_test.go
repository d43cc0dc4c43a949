//go:build prover_checks

package main

import (
	"bufio"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// anvil starts a real node from npm and returns its URL.
func anvil(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	l.Close() // for anvil to take
	cmd := exec.Command(filepath.Join("..", "..", "solidity", "node_modules", ".bin", "anvil"), "--host", "127.0.0.1", "--port", port)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting anvil: %v; run npm ci in solidity", err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait() // it was killed
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "Listening on") {
			go func() {
				for lines.Scan() { // or anvil would block
				}
			}()
			return "http://127.0.0.1:" + port
		}
	}
	t.Fatal("anvil ended")
	return ""
}

// TestSlowChain_OnAnvil is a whole session against a node of another make, over RPC.
func TestSlowChain_OnAnvil(t *testing.T) {
	dir, sender := chainDrop(t, anvil(t))
	out, store := filepath.Join(dir, "out"), []string{"--keys", keys(t)}
	succeed(t, "setup", "--drop", dir, "--keys", keys(t))
	succeed(t, with("deploy", sender, store...)...)
	succeed(t, with("open", sender, "--write")...)
	succeed(t, "prove", "--drop", dir, "--tokens", "1-5", "--keys", keys(t))
	estimate := decode[map[string]any](t, succeed(t, with("mint", sender, append(store, "--dry-run", "--tokens", "1", "--json")...)...))
	if gas := estimate["gas"].(float64); gas < 200_000 || gas > 400_000 {
		t.Errorf("one mint is estimated at %v gas", gas)
	}
	one := decode[mintReport](t, succeed(t, with("mint", sender, append(store, "--tokens", "1", "--json")...)...))
	rest := decode[mintReport](t, succeed(t, with("mint", sender, append(store, "--batch", "3", "--json")...)...))
	none := decode[mintReport](t, succeed(t, with("mint", sender, append(store, "--json")...)...))
	if len(one.Minted) != 1 || len(rest.Minted) != 4 || len(rest.Txs) != 2 || len(rest.Present) != 1 || len(none.Minted) != 0 || len(none.Present) != 5 {
		t.Errorf("minted %+v, then %+v, then %+v", one, rest, none)
	}
	rpc := sender[3]
	r := decode[verifyReport](t, succeed(t, "verify", out, "--rpc", rpc, "--contract", one.Contract, "--keys", keys(t), "--json"))
	if r.Verdict != "accepted" || r.Chain == nil || r.Chain.Contract.Minted != 5 || r.Chain.Tokens[0].URI != "ipfs://"+r.Tokens[0].CID {
		t.Errorf("report %+v", r)
	}
	_, other := chainDrop(t, rpc)
	deployed := decode[deployReport](t, succeed(t, with("deploy", other, append(store, "--json")...)...))
	refused := decode[verifyReport](t, expect(t, exitRejected, "verify", out, "--rpc", rpc, "--contract", deployed.Contract.Address, "--keys", keys(t), "--json"))
	if !strings.Contains(refused.Reason, "other commitments") {
		t.Errorf("another drop's contract: %+v", refused)
	}
	succeed(t, with("open", other)...)
	complains(t, exitTrouble, "other commitments", with("mint", sender, append(store, "--contract", deployed.Contract.Address)...)...)
}
