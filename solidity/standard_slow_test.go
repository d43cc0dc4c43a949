//go:build prover_checks

package solidity

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/params"

	"github.com/genproof/genproof/verifier/groth16"
)

// Gas of one proof of nine public inputs, execution only, at today's prices: without the
// 21,000 of a transaction and what its bytes cost. Ours takes the six inputs of the drop
// as the point that they were folded into once.
const (
	standardGas = 240_558
	ownGas      = 202_166
)

// compile is what the pinned compiler makes of one source: a contract's creation code.
func compile(t *testing.T, source []byte, contract string) []byte {
	t.Helper()
	type options map[string]any
	request, err := json.Marshal(options{
		"language": "Solidity",
		"sources":  options{"V.sol": options{"content": string(source)}},
		"settings": options{
			"evmVersion": "prague", "optimizer": options{"enabled": true, "runs": 2000},
			"outputSelection": options{"V.sol": options{contract: []string{"evm.bytecode.object"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	solc := exec.Command("node", "bin/solc", "--standard-json")
	solc.Stdin, solc.Stderr = bytes.NewReader(request), os.Stderr
	out, err := solc.Output()
	if err != nil {
		t.Fatalf("running the compiler: %v; run npm ci in solidity", err)
	}
	var answer struct {
		Errors    []struct{ Severity, FormattedMessage string }
		Contracts map[string]map[string]struct {
			EVM struct{ Bytecode struct{ Object string } }
		}
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatal(err)
	}
	for _, e := range answer.Errors {
		t.Errorf("the compiler says: %s", e.FormattedMessage)
	}
	return bytesOf(t, "0x"+answer.Contracts["V.sol"][contract].EVM.Bytecode.Object)
}

// A machine is go-ethereum's EVM with contracts on it.
type machine struct{ runtime.Config }

func newMachine(t *testing.T) *machine {
	t.Helper()
	rules := *params.AllDevChainProtocolChanges
	rules.BogotaTime = nil // prices of a fork to come
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		t.Fatal(err)
	}
	return &machine{runtime.Config{ChainConfig: &rules, State: db, GasLimit: 10_000_000, BlockNumber: new(big.Int)}}
}

func (m *machine) create(t *testing.T, code []byte) common.Address {
	t.Helper()
	_, at, _, err := runtime.Create(code, &m.Config)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// call returns the gas that a call's execution takes.
func (m *machine) call(at common.Address, data []byte) (out []byte, gas uint64, err error) {
	out, left, err := runtime.Call(at, data, &m.Config)
	return out, m.GasLimit - left, err
}

func parseABI(t *testing.T, text string) abi.ABI {
	t.Helper()
	parsed, err := abi.JSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func pack(t *testing.T, a abi.ABI, method string, args ...any) []byte {
	t.Helper()
	data, err := a.Pack(method, args...)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// standardABI is written from gnark's documentation, not from what was compiled.
const standardABI = `[{"type":"function","name":"verifyProof","stateMutability":"view","outputs":[],
	"inputs":[{"name":"proof","type":"bytes"},{"name":"input","type":"uint256[9]"}]},
	{"type":"error","name":"ProofInvalid","inputs":[]},{"type":"error","name":"PublicInputNotInField","inputs":[]}]`

// realProof is the first token of the contracts' test drop.
func realProof(t *testing.T) (vk *groth16.VerifyingKey, inputs [nbInputs]*big.Int, proof []byte) {
	t.Helper()
	f := new(dropFile)
	if err := json.Unmarshal([]byte(read(t, path("drop"))), f); err != nil {
		t.Fatal(err)
	}
	vk, err := groth16.ParseVerifyingKey(bytesOf(t, f.Key))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range f.Minted[0].Statement {
		inputs[i] = new(big.Int).SetBytes(bytesOf(t, s))
	}
	return vk, inputs, bytesOf(t, f.Minted[0].Proof)
}

// TestSlowStandardVerifier_DecidesAsOurs compiles what genproof export solidity --standard
// writes, and runs it.
func TestSlowStandardVerifier_DecidesAsOurs(t *testing.T) {
	vk, inputs, proof := realProof(t)
	source, err := StandardVerifier(vk)
	if err != nil {
		t.Fatal(err)
	}
	m, standard := newMachine(t), parseABI(t, standardABI)
	at := m.create(t, compile(t, source, "Verifier"))
	verify := func(proof []byte, inputs [nbInputs]*big.Int) (uint64, error) {
		_, gas, err := m.call(at, pack(t, standard, "verifyProof", proof, inputs))
		return gas, err
	}
	gas, err := verify(proof, inputs)
	if err != nil {
		t.Fatalf("an honest proof: %v", err)
	}
	if gas != standardGas {
		t.Errorf("gnark's contract takes %d gas, want %d", gas, standardGas)
	}
	order, _ := new(big.Int).SetString("21888242871839275222246405745257275088548364400416034343698204186575808495617", 10)
	for i := range inputs {
		for what, v := range map[string]*big.Int{
			"one more": new(big.Int).Add(inputs[i], big.NewInt(1)), "not reduced": new(big.Int).Add(inputs[i], order), "2^256 - 1": new(big.Int).SetBytes(bytes.Repeat([]byte{0xff}, 32)),
		} {
			changed := inputs
			changed[i] = v
			if _, err := verify(proof, changed); err == nil {
				t.Errorf("input %d, %s, is accepted", i, what)
			}
		}
	}
	for i := 0; i < len(proof); i += 16 {
		mutated := slices.Clone(proof)
		mutated[i] ^= 1
		if _, err := verify(mutated, inputs); err == nil {
			t.Errorf("a proof with byte %d changed is accepted", i)
		}
	}
	for _, size := range []int{0, 255, 257} {
		if _, err := verify(append(slices.Clone(proof), 0)[:size], inputs); err == nil {
			t.Errorf("a proof of %d bytes is accepted", size)
		}
	}
	t.Run("GasOfOurs", func(t *testing.T) { ownVerifierGas(t, m, vk, inputs, proof) })
}

// ownVerifierGas pins what the same proof costs with our verifier, on the same machine.
func ownVerifierGas(t *testing.T, m *machine, vk *groth16.VerifyingKey, inputs [nbInputs]*big.Int, proof []byte) {
	own := parseABI(t, string(Groth16Verifier.ABI))
	deployer := parseABI(t, string(Groth16Deployer.ABI))
	at := m.create(t, append(slices.Clone(Groth16Deployer.Creation), pack(t, deployer, "", vk.Bytes())...))
	out, _, err := m.call(at, pack(t, own, "fold", inputs[:6]))
	if err != nil || len(out) != 64 {
		t.Fatalf("fold: %x, %v", out, err)
	}
	folded := [2]*big.Int{new(big.Int).SetBytes(out[:32]), new(big.Int).SetBytes(out[32:])}
	_, gas, err := m.call(at, pack(t, own, "verify", folded, [3]*big.Int(inputs[6:]), proof))
	if err != nil {
		t.Fatal(err)
	}
	if gas != ownGas {
		t.Errorf("our contract takes %d gas, want %d", gas, ownGas)
	}
	if said := "takes " + thousands(standardGas) + " gas for the same proof, ours on the same machine " + thousands(ownGas); !strings.Contains(read(t, "README.md"), said) {
		t.Errorf("README.md does not say %q", said)
	}
}
