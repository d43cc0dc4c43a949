//go:build prover_checks

package main

import (
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/chain/evm/node"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/groth16"
)

// snarkjs installs it from npm and returns how it is called.
func snarkjs(t *testing.T) func(dir string, args ...string) string {
	t.Helper()
	tools := t.TempDir()
	if err := os.CopyFS(tools, os.DirFS(filepath.Join("..", "..", "testdata", "snarkjs"))); err != nil {
		t.Fatal(err)
	}
	execute(t, tools, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	return func(dir string, args ...string) string {
		t.Helper()
		return execute(t, dir, filepath.Join(tools, "node_modules", ".bin", "snarkjs"), args...)
	}
}

// execute runs a program that must succeed.
func execute(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestSlowCeremony_ThreeProcessesOneKilled is a ceremony for root/small from powers of tau that
// snarkjs made, with three contributors, each a process, and what its keys are good for:
// provers, Go, the EVM and snarkjs.
func TestSlowCeremony_ThreeProcessesOneKilled(t *testing.T) {
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	work, js := t.TempDir(), snarkjs(t)
	js(work, "powersoftau", "new", "bn128", "15", "new.ptau")
	js(work, "powersoftau", "contribute", "new.ptau", "powers.ptau", "--name=first", "-e=not secret in a test")
	ceremony, powers := filepath.Join(work, "ceremony"), filepath.Join(work, "powers.ptau")
	execute(t, work, program, "ceremony", "init", ceremony, "--circuit", "root/small", "--ptau", powers, "--beacon", "ethereum:1337:120")

	contribute := func(name string) *exec.Cmd {
		return exec.Command(program, "ceremony", "contribute", ceremony, "--name", name, "--key", filepath.Join(work, name))
	}
	for i, name := range []string{"ann", "bob", "carol"} {
		execute(t, work, program, "ceremony", "attest", "--new-key", filepath.Join(work, name))
		if name == "bob" {
			killWhileWriting(t, ceremony, func() *exec.Cmd { return contribute(name) })
		}
		if out, err := contribute(name).CombinedOutput(); err != nil || !strings.Contains(string(out), "Contribution "+string(rune('1'+i))) {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
	}

	account, err := chain.ParseAccount([]byte(privateKey), "")
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(shortDir(t), "ipc")
	e := evm.Start(evm.DefaultID, account.Address)
	hangUp, err := node.Serve(e, socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		hangUp()
		e.Close()
	})
	e.Mine(125)
	block, err := e.HeaderByNumber(t.Context(), big.NewInt(120))
	if err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(work, "keys")
	execute(t, work, program, "ceremony", "beacon", ceremony, "--block-hash", block.Hash().Hex())
	final := decode[ceremonyReport](t, succeed(t, "ceremony", "finalize", ceremony, "--ptau", powers, "--keys", store, "--json"))
	if final.State != "final" || len(final.Contributions) != 3 || final.Contributions[1].Name != "bob" {
		t.Errorf("finalize: %+v", final)
	}

	drop := newDrop(t)
	succeed(t, "prove", "--drop", drop, "--tokens", "7", "--keys", store)
	out := filepath.Join(drop, "out")
	v := decode[verifyReport](t, succeed(t, "verify", out, "--keys", store, "--json"))
	if v.Verdict != "amber" || v.Key.Provenance != final.Provenance || v.Key.Digest != final.KeyDigest {
		t.Errorf("verify: %+v", v.Key)
	}
	succeed(t, "ceremony", "verify", ceremony, "--ptau", powers, "--keys", store)
	if r := succeed(t, "verify", out, "--keys", store); !strings.Contains(r.stdout, "proven under a key that you verified (3 reservations)") {
		t.Errorf("after the ceremony was verified: %s", r.stdout)
	}
	if v := decode[verifyReport](t, succeed(t, "verify", out, "--keys", t.TempDir(), "--json")); v.Verdict != "amber" || v.Key.Verified {
		t.Errorf("on another machine: %s, %+v", v.Verdict, v.Key)
	}
	exported := filepath.Join(work, "snarkjs")
	succeed(t, "export", "snarkjs", "--out", exported, out)
	if said := js(exported, "groth16", "verify", "verification_key.json", "public.json", "proof.json"); !strings.Contains(said, "OK!") {
		t.Errorf("snarkjs: %s", said)
	}

	vk, err := groth16.ParseVerifyingKey(read(t, ceremony, "vk"))
	if err != nil {
		t.Fatal(err)
	}
	client, err := chain.New(t.Context(), e, account)
	if err != nil {
		t.Fatal(err)
	}
	client.Journal = &chain.Journal{Path: filepath.Join(work, "journal")}
	contract := deployFor(t, client, e, vk, read(t, out, "bundles", "7.json"))
	checked := decode[ceremonyReport](t, succeed(t, "ceremony", "verify", ceremony, "--ptau", powers, "--rpc", socket, "--contract", contract.Hex(), "--keys", store, "--json"))
	if checked.Verdict != "accepted" || checked.Contract != contract.Hex() || !checked.Beacon.Verified || checked.Provenance != final.Provenance {
		t.Errorf("verify: %+v", checked)
	}
	if checked.Phase1Not != "" {
		t.Errorf("verify: the powers of tau: %s", checked.Phase1Not)
	}
	other := deployOther(t, client, keys(t))
	refused := decode[ceremonyReport](t, expect(t, console.ExitRejected, "ceremony", "verify", ceremony, "--ptau", powers, "--rpc", socket, "--contract", other.Hex(), "--keys", store, "--json"))
	if refused.Step != "deployed contract" || !strings.Contains(refused.Reason, "another verifying key") {
		t.Errorf("another contract: %+v", refused)
	}
}

// killWhileWriting starts contributors and kills them while they write, until one was killed
// in time, and holds that nothing of it shows.
func killWhileWriting(t *testing.T, dir string, command func() *exec.Cmd) {
	t.Helper()
	partial, whole := filepath.Join(dir, ".partial"), filepath.Join(dir, "0002")
	for range 20 {
		cmd := command()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { _ = cmd.Wait(); close(done) }() // killed, or too fast
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
				if _, err := os.Stat(partial); err == nil {
					_ = cmd.Process.Kill()
					<-done
					running = false
				}
				time.Sleep(50 * time.Microsecond)
			}
		}
		if _, err := os.Stat(whole); err == nil { // it was faster than we
			if err := os.RemoveAll(whole); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if _, err := os.Stat(partial); err != nil {
			t.Fatal("it was killed before it wrote")
		}
		if said := succeed(t, "ceremony", "attest", dir, "1").stdout; !strings.Contains(said, "ann") {
			t.Errorf("the contribution before is gone: %s", said)
		}
		return
	}
	t.Fatal("none was killed in time")
}

// shortDir is a folder whose path is short enough for a socket.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "node")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// deployFor deploys verifier and drop for a key, and holds that the verifier takes the
// proof of a bundle, and not another.
func deployFor(t *testing.T, client *chain.Client, e *evm.Chain, vk *groth16.VerifyingKey, data []byte) common.Address {
	t.Helper()
	b, err := bundle.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	v, err := client.DeployVerifier(t.Context(), vk)
	if err != nil {
		t.Fatal(err)
	}
	abi, inputs := bindings.NewGroth16Verifier(), b.Statement.Vector()
	var six [6]*big.Int
	var three [3]*big.Int
	for i := range inputs {
		if i < len(six) {
			six[i] = inputs[i].BigInt(new(big.Int))
		} else {
			three[i-len(six)] = inputs[i].BigInt(new(big.Int))
		}
	}
	ask := func(call []byte) ([]byte, error) {
		return e.CallContract(t.Context(), ethereum.CallMsg{To: &v.Address, Data: call}, nil)
	}
	out, err := ask(abi.PackFold(six[:]))
	if err != nil {
		t.Fatal(err)
	}
	folded, err := abi.UnpackFold(out)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ask(abi.PackVerify(folded, three, b.Proof[:])); err != nil {
		t.Errorf("the EVM refuses the proof: %v", err)
	}
	three[0] = new(big.Int).Add(three[0], big.NewInt(1))
	if _, err := ask(abi.PackVerify(folded, three, b.Proof[:])); err == nil {
		t.Error("the EVM takes a proof of another token")
	}
	return deployDrop(t, client, v.Address)
}

func deployOther(t *testing.T, client *chain.Client, store string) common.Address {
	t.Helper()
	entries, err := filepath.Glob(filepath.Join(store, "*", "vk"))
	if err != nil || len(entries) == 0 {
		t.Fatalf("no development key: %v", err)
	}
	vk, err := groth16.ParseVerifyingKey(read(t, entries[0]))
	if err != nil {
		t.Fatal(err)
	}
	v, err := client.DeployVerifier(t.Context(), vk)
	if err != nil {
		t.Fatal(err)
	}
	return deployDrop(t, client, v.Address)
}

func deployDrop(t *testing.T, client *chain.Client, verifier common.Address) common.Address {
	t.Helper()
	d, err := client.DeployDrop(t.Context(), chain.Terms{Name: "Foxes", Symbol: "FOX", FirstID: 1, Supply: 10, BeaconDelay: 3, Owner: client.Address()}, verifier, true)
	if err != nil {
		t.Fatal(err)
	}
	return d.Address
}
