package main

import (
	"context"
	"encoding/hex"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

// Where keys and verifiers of other tools are: see the README.md of these folders.
const (
	foreignKeys      = "../../verifier/groth16/anykey/testdata/"
	foreignVerifiers = "../../chain/verifiercode/testdata/"
)

func TestLint_JudgesKeysOfAllTools(t *testing.T) {
	own := filepath.Join("..", "..", "testdata", "published", "verifying.key")
	for path, row := range map[string]struct {
		form   string
		inputs int
		faults []string
	}{
		own:                                         {"genproof's file", 9, nil},
		foreignKeys + "sound.json":                  {"snarkjs's JSON", 3, nil},
		foreignKeys + "sound.sol":                   {"a verifier of snarkjs, in Solidity", 3, nil},
		foreignKeys + "unfinished.json":             {"snarkjs's JSON", 3, []string{"gamma equals delta", "delta is the generator"}},
		foreignVerifiers + "gnark.key":              {"gnark's file", 3, nil},
		foreignVerifiers + "gnark-0.14.0.hex":       {"a verifier of gnark, by what its code does", 3, nil},
		foreignVerifiers + "unfinished.hex":         {"a verifier of snarkjs, by what its code does", 3, []string{"gamma equals delta", "delta is the generator"}},
		foreignVerifiers + "unbound.hex":            {"a verifier of snarkjs, by what its code does", 3, []string{"K[2]: the point is at infinity"}},
		foreignVerifiers + "heedless.hex":           {"a verifier of snarkjs, by what its code does", 3, []string{"accepts a proof whose pairing does not hold"}},
		foreignVerifiers + "gnark-0.16.1-plain.hex": {"a verifier of gnark, by what its code does", 3, nil},
	} {
		code := console.ExitOK
		if row.faults != nil {
			code = console.ExitRejected
		}
		r := decode[lintReport](t, expect(t, code, "lint", path, "--json"))
		text := expect(t, code, "lint", path).stdout
		if r.Form != row.form || r.Inputs != row.inputs || len(r.Faults) != len(row.faults) || len(r.Digest) != 66 {
			t.Errorf("%s: %+v", path, r)
			continue
		}
		for i, f := range row.faults {
			if !strings.Contains(r.Faults[i].Text, f) || !strings.Contains(text, f) {
				t.Errorf("%s: fault %d is %+v, want %q; the text is %s", path, i, r.Faults[i], f, text)
			}
		}
		if !strings.Contains(text, "NOT SHOWN: a lint is no proof of a ceremony") || strings.Contains(text, "no fault shows") != (row.faults == nil) {
			t.Errorf("%s: %s", path, text)
		}
	}
}

func TestLint_TellsEveryDefect(t *testing.T) {
	vk, err := groth16.ParseVerifyingKey(read(t, "..", "..", "testdata", "published", "verifying.key"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "key")
	for _, d := range keytest.Defects() {
		write(t, file, string(d.Of(vk).Bytes()))
		r := decode[lintReport](t, expect(t, console.ExitRejected, "lint", file, "--inputs", "9", "--json"))
		if len(r.Faults) != 1 || !strings.Contains(r.Faults[0].Text, d.Want) {
			t.Errorf("%s: %+v, want %q alone", d.Name, r.Faults, d.Want)
		}
	}
}

func TestLint_SaysWhatItCannotJudge(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		write(t, filepath.Join(dir, name), text)
		return filepath.Join(dir, name)
	}
	long := filepath.Join(dir, "long")
	if err := os.Truncate(file("long", ""), 5<<20); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"ends within the key":         {file("empty", "")},
		"protocol: it is missing":     {file("object", "{}")},
		"not recognised":              {file("code", hex.EncodeToString(solidity.GenproofDrop.Runtime))},
		"too large":                   {long},
		"no such file":                {filepath.Join(dir, "absent")},
		"not a regular file":          {dir},
		"no node is named":            {"0x" + strings.Repeat("ab", 20)},
		"is no address":               {file("other", "x"), "--rpc", "http://127.0.0.1:1"},
		"no key has -3 public inputs": {foreignKeys + "sound.json", "--inputs", "-3"},
		"want 1":                      {},
		"is a key of PLONK":           {file("plonk", "plnk")},
	} {
		complains(t, console.ExitTrouble, want, append([]string{"lint"}, args...)...)
	}
	if r := call(string(read(t, foreignKeys+"sound.json")), "lint", "-"); r.code != console.ExitOK || !strings.HasPrefix(r.stdout, "-: snarkjs's JSON") {
		t.Errorf("from stdin: %+v", r)
	}
}

// create sends code of a creation and returns the contract's address.
func create(t *testing.T, socket string, code []byte) common.Address {
	t.Helper()
	ctx := context.Background()
	node, err := ethclient.Dial(socket)
	if err != nil {
		t.Fatal(err)
	}
	defer node.Close()
	key, err := crypto.HexToECDSA(privateKey)
	if err != nil {
		t.Fatal(err)
	}
	from := crypto.PubkeyToAddress(key.PublicKey)
	id, err := node.ChainID(ctx)
	if err != nil {
		t.Fatal(err)
	}
	nonce, err := node.PendingNonceAt(ctx, from)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := types.SignNewTx(key, types.LatestSignerForChainID(id), &types.DynamicFeeTx{
		ChainID: id, Nonce: nonce, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(1e11), Gas: 3_000_000, Data: code,
	})
	if err == nil {
		err = node.SendTransaction(ctx, tx)
	}
	if err != nil {
		t.Fatal(err)
	}
	at := crypto.CreateAddress(from, nonce)
	for range 100 {
		if code, err := node.CodeAt(ctx, at, nil); err == nil && len(code) > 0 {
			return at
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("there is no contract")
	return at
}

func TestLint_ReadsVerifiersFromAChain(t *testing.T) {
	socket := serveNode(t, evm.DefaultID)
	code, err := hex.DecodeString(strings.TrimSpace(string(read(t, foreignVerifiers+"snarkjs-0.7.6-creation.hex"))))
	if err != nil {
		t.Fatal(err)
	}
	at := create(t, socket, code).Hex()
	r := decode[lintReport](t, succeed(t, "lint", at, "--rpc", socket, "--json"))
	file := decode[lintReport](t, succeed(t, "lint", foreignKeys+"sound.json", "--json"))
	if r.Digest != file.Digest || r.Source != at || len(r.NotShown) != 3 {
		t.Errorf("on the chain %+v, in the file %+v", r, file)
	}

	dir, sender := chainDrop(t, socket)
	succeed(t, with("deploy", sender, "--key", filepath.Join(dir, "..", "vk"), "--keys", t.TempDir(), "--json")...)
	status := decode[statusReport](t, succeed(t, "status", "--drop", dir, "--rpc", socket, "--json"))
	own := decode[lintReport](t, succeed(t, "lint", status.Verifier, "--rpc", socket, "--inputs", "9", "--json"))
	if own.Form != "genproof's verifier" || own.Digest != status.Key {
		t.Errorf("our own: %+v, want the key %s", own, status.Key)
	}
	complains(t, console.ExitTrouble, "not recognised", "lint", status.Contract, "--rpc", socket)
	complains(t, console.ExitTrouble, "there is no contract", "lint", "0x"+strings.Repeat("ab", 20), "--rpc", socket)
}
