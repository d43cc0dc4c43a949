package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/solidity"
)

func TestExport_CompilerInput(t *testing.T) {
	out := filepath.Join(t.TempDir(), "input.json")
	for _, a := range solidity.Artifacts() {
		r := decode[inputReport](t, succeed(t, "export", "solidity", "--contract", a.Contract, "--out", out, "--json"))
		want, err := a.CompilerInput()
		if err != nil {
			t.Fatal(err)
		}
		if r.Contract != a.Source() || r.Compiler != a.Compiler || string(read(t, out)) != string(want)+"\n" || !json.Valid(want) {
			t.Errorf("%s: %+v", a.Contract, r)
		}
		if stdout := succeed(t, "export", "solidity", "--contract", a.Contract, "--out", "-").stdout; stdout != string(want)+"\n" {
			t.Errorf("%s: stdout has something else", a.Contract)
		}
	}
	complains(t, console.ExitTrouble, "there is no contract", "export", "solidity", "--contract", "Groth17Verifier")
	complains(t, console.ExitTrouble, "two exports", "export", "solidity", "--contract", "GenproofDrop", "--standard")
	complains(t, console.ExitTrouble, "nothing is named", "export", "solidity")
}

// TestDeploy_TellsConstructorArguments: the contract's creation code and what the report tells
// are the transaction that created it.
func TestDeploy_TellsConstructorArguments(t *testing.T) {
	socket := serveNode(t, evm.DefaultID)
	dir, sender := chainDrop(t, socket)
	args := with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--json")
	first := decode[deployReport](t, succeed(t, args...))
	node, err := ethclient.Dial(socket)
	if err != nil {
		t.Fatal(err)
	}
	defer node.Close()
	for _, row := range []struct {
		deployedReport
		is *solidity.Artifact
	}{{first.Verifier, solidity.Groth16Deployer}, {first.Contract, solidity.GenproofDrop}} {
		tx, _, err := node.TransactionByHash(context.Background(), common.HexToHash(row.Tx))
		if err != nil {
			t.Fatal(err)
		}
		arguments, err := hex.DecodeString(row.Arguments[2:])
		if err != nil || len(arguments) == 0 || row.Source != row.is.Source() || string(tx.Data()) != string(slices.Concat(row.is.Creation, arguments)) {
			t.Errorf("%s: %v, %d bytes of arguments", row.Source, err, len(arguments))
		}
	}
	if again := decode[deployReport](t, succeed(t, args...)); !again.Contract.Reused || again.Contract.Arguments != "" || again.Contract.Source != "" {
		t.Errorf("a contract that was there: %+v", again.Contract)
	}
}
