//go:build prover_checks

package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

// freePort is one for a node to take.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return port
}

// startNode starts a node and waits until its output says that it is ready.
func startNode(t *testing.T, cmd *exec.Cmd, output io.Reader, ready string) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", cmd.Path, err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait() // it was killed
	})
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if strings.Contains(lines.Text(), ready) {
			go io.Copy(io.Discard, output) // or the node would block
			return
		}
	}
	t.Fatalf("%s ended", cmd.Path)
}

// anvil starts a real node from npm and returns its URL.
func anvil(t *testing.T, options ...string) string {
	t.Helper()
	port := freePort(t)
	cmd := exec.Command(filepath.Join("..", "..", "solidity", "node_modules", ".bin", "anvil"), append([]string{"--host", "127.0.0.1", "--port", port}, options...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(cmd.Path); err != nil {
		t.Fatalf("starting anvil: %v; run npm ci in solidity", err)
	}
	startNode(t, cmd, out, "Listening on")
	return "http://127.0.0.1:" + port
}

// geth starts go-ethereum's node with the tests' account as its rich one.
func geth(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("geth")
	if err != nil {
		t.Skip("there is no geth on PATH; go install github.com/ethereum/go-ethereum/cmd/geth@v1.17.4 makes one")
	}
	dir, port := t.TempDir(), freePort(t)
	file, password := encrypted(t, filepath.Join(dir, "keystore"))
	cmd := exec.Command(path, "--dev", "--datadir", dir, "--password", password, "--http", "--http.addr", "127.0.0.1", "--http.port", port, "--ipcdisable", "--nodiscover", "--port", "0")
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	startNode(t, cmd, out, "HTTP server started")
	t.Logf("%s with %s", path, filepath.Base(file))
	return "http://127.0.0.1:" + port
}

// encrypted writes the tests' account as a keystore file, and a file of its password.
func encrypted(t *testing.T, dir string) (file, password string) {
	t.Helper()
	key, err := crypto.HexToECDSA(privateKey)
	if err != nil {
		t.Fatal(err)
	}
	account, err := keystore.NewKeyStore(dir, keystore.LightScryptN, keystore.LightScryptP).ImportECDSA(key, "a password")
	if err != nil {
		t.Fatal(err)
	}
	password = filepath.Join(t.TempDir(), "password")
	write(t, password, "a password\n")
	return account.URL.Path, password
}

func TestSlowChain_OnAnvil(t *testing.T) { session(t, anvil(t)) }

func TestSlowChain_OnGeth(t *testing.T) { session(t, geth(t)) }

// session is all of a drop's life against a node over RPC, with an encrypted account.
func session(t *testing.T, rpc string) {
	dir, _ := chainDrop(t, rpc)
	file, password := encrypted(t, t.TempDir())
	sender := []string{"--drop", dir, "--rpc", rpc, "--key-file", file, "--password-file", password}
	store := []string{"--keys", keys(t)}
	succeed(t, "setup", "--drop", dir, "--keys", keys(t))
	complains(t, console.ExitTrouble, "--password-file", with("deploy", sender[:6], store...)...)
	if r := call("another one\n", with("deploy", sender[:6], append(store, "--password-file", "-")...)...); r.code != console.ExitTrouble || !strings.Contains(r.stderr, "does not open it") {
		t.Errorf("another password: %+v", r)
	}
	if r := call("a password\n", with("deploy", sender[:6], append(store, "--password-file", "-", "--template-notice", "1")...)...); r.code != console.ExitOK {
		t.Fatalf("deploy: %+v", r)
	}
	succeed(t, with("open", sender, "--write")...)
	succeed(t, setsTemplate(sender)...)
	succeed(t, "prove", "--drop", dir, "--tokens", "1-5", "--keys", keys(t))
	contract := mintFive(t, sender, store)
	out := filepath.Join(dir, "out")
	r := decode[verifyReport](t, succeed(t, "verify", out, "--rpc", rpc, "--contract", contract, "--keys", keys(t), "--json"))
	if r.Verdict != "amber" || r.Chain == nil || r.Chain.Contract.Minted != 5 || r.Chain.Proofs != 5 || r.Chain.Tokens[0].URI != "ipfs://"+r.Tokens[0].CID {
		t.Errorf("report %+v", r)
	}
	sessionOfAnotherDrop(t, rpc, out, sender, store)
	sessionOfAnUpdate(t, rpc, dir, sender[2:], contract)
}

// mintFive mints one token, then the others in batches, then none.
func mintFive(t *testing.T, sender, store []string) (contract string) {
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
	return one.Contract
}

// sessionOfAnotherDrop holds that another drop's contract is not mistaken for this one's.
func sessionOfAnotherDrop(t *testing.T, rpc, out string, sender, store []string) {
	_, other := chainDrop(t, rpc)
	deployed := decode[deployReport](t, succeed(t, with("deploy", other, append(store, "--json")...)...))
	refused := decode[verifyReport](t, expect(t, console.ExitRejected, "verify", out, "--rpc", rpc, "--contract", deployed.Contract.Address, "--keys", keys(t), "--json"))
	if !strings.Contains(refused.Reason, "other commitments") && !strings.Contains(refused.Reason, "beacon") {
		t.Errorf("another drop's contract: %+v", refused)
	}
	succeed(t, with("open", other, "--write")...)
	complains(t, console.ExitTrouble, "has not set its template", with("mint", sender, append(store, "--contract", deployed.Contract.Address)...)...)
	succeed(t, setsTemplate(other)...)
	complains(t, console.ExitTrouble, "other commitments", with("mint", sender, append(store, "--contract", deployed.Contract.Address)...)...)
}

// sessionOfAnUpdate gives two of the five tokens documents under another template.
func sessionOfAnUpdate(t *testing.T, rpc, dir string, sender []string, contract string) {
	next := nextDrop(t, dir, "Foxes whose pictures moved.")
	own := append([]string{"--drop", next}, sender...)
	announced := decode[announceReport](t, succeed(t, append([]string{"template", "announce"}, append(own, "--json")...)...))
	succeed(t, "prove", "--drop", next, "--tokens", "1-2", "--keys", keys(t))
	time.Sleep(time.Until(announced.From.Add(time.Second))) // the chain's clock has seconds
	complains(t, console.ExitTrouble, "other commitments", with("mint", own, "--keys", keys(t), "--contract", contract)...)
	done := decode[updateReport](t, succeed(t, with("update", own, "--keys", keys(t), "--tokens", "1", "--json")...))
	again := decode[updateReport](t, succeed(t, with("update", own, "--keys", keys(t), "--tokens", "1", "--json")...))
	if !slices.Equal(done.Updated, []uint64{1}) || len(done.Txs) != 1 || len(again.Updated) != 0 || !slices.Equal(again.Present, []uint64{1}) || done.Contract != contract {
		t.Errorf("updated %+v, then %+v", done, again)
	}
	estimate := decode[map[string]any](t, succeed(t, with("update", own, "--keys", keys(t), "--tokens", "2", "--dry-run", "--json")...))
	if gas := estimate["gas"].(float64); gas < 200_000 || gas > 400_000 {
		t.Errorf("one update is estimated at %v gas", gas)
	}
	for _, folder := range []struct {
		dir    string
		states []string
	}{{dir, []string{chain.DocumentReplaced, chain.DocumentCurrent}}, {next, []string{chain.DocumentCurrent, chain.DocumentAnnounced}}} {
		r := decode[verifyReport](t, succeed(t, "verify", filepath.Join(folder.dir, "out"), "--rpc", rpc, "--keys", keys(t), "--json"))
		if r.Verdict != "amber" || r.Chain.Tokens[0].Document != folder.states[0] || r.Chain.Tokens[1].Document != folder.states[1] || r.Chain.Proofs != 6 {
			t.Errorf("verify %s: %+v", folder.dir, r.Chain)
		}
	}
	r := decode[contractReport](t, succeed(t, "verify", "--rpc", rpc, "--contract", contract, "--json"))
	if r.Verdict != "accepted" || r.Chain.Proofs != 6 || len(r.Chain.Tokens) != 5 || len(r.NotChecked) != len(unpublished) {
		t.Errorf("the contract alone: %+v", r)
	}
}

// mined lists the tokens of a journal's mined mints, once a mint.
func mined(t *testing.T, dir string) (ids []uint64) {
	t.Helper()
	entries, err := (&chain.Journal{Path: filepath.Join(dir, journalFile)}).Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Event == chain.EventMint && e.State == chain.StateMined {
			for _, token := range e.Tokens {
				ids = append(ids, token.ID)
			}
		}
	}
	return ids
}

// TestSlowMint_ContinuesWhenStopped stops a run between batches, once in order and once not,
// and runs it again: every token is minted, and none twice.
func TestSlowMint_ContinuesWhenStopped(t *testing.T) {
	dir, sender := chainDrop(t, anvil(t, "--block-time", "1"))
	store := []string{"--keys", keys(t)}
	succeed(t, "setup", "--drop", dir, "--keys", keys(t))
	succeed(t, with("deploy", sender, store...)...)
	succeed(t, with("open", sender, "--write")...)
	succeed(t, setsTemplate(sender)...)
	succeed(t, "prove", "--drop", dir, "--tokens", "1-6", "--keys", keys(t))
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	for i, stop := range []syscall.Signal{syscall.SIGINT, syscall.SIGKILL} {
		before := len(mined(t, dir))
		run := exec.Command(program, with("mint", sender, store...)...)
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(time.Minute); len(mined(t, dir)) == before && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
		if err := run.Process.Signal(stop); err != nil {
			t.Fatalf("it was done before it was stopped: %v", err)
		}
		if err := run.Wait(); err == nil || i == 0 && run.ProcessState.ExitCode() != console.ExitTrouble {
			t.Errorf("stopped by %s: %v", stop, err)
		}
		if n := len(mined(t, dir)); n <= before || n == 6 {
			t.Fatalf("stopped by %s with %d tokens minted", stop, n)
		}
	}
	last := decode[mintReport](t, succeed(t, with("mint", sender, append(store, "--batch", "2", "--json")...)...))
	ids := mined(t, dir)
	slices.Sort(ids)
	if !slices.Equal(ids, []uint64{1, 2, 3, 4, 5, 6}) || len(last.Minted)+len(last.Present) != 6 || len(last.Minted) == 0 {
		t.Errorf("minted %v; the last run %+v", ids, last)
	}
	if r := decode[verifyReport](t, succeed(t, "verify", filepath.Join(dir, "out"), "--rpc", sender[3], "--keys", keys(t), "--json")); r.Chain.Contract.Minted != 6 {
		t.Errorf("report %+v", r.Chain)
	}
}
