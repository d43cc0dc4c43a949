package chain_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/plonk"
)

// secretInputs is a circuit of a statement's nine inputs that every statement satisfies: a
// drop of it needs no model and no minutes.
type secretInputs struct {
	statement.StatementVar
	Copies [statement.NbInputs]frontend.Variable
}

func (c *secretInputs) Define(api frontend.API) error {
	s := &c.StatementVar
	for i, input := range []frontend.Variable{s.Model, s.Policy, s.Template, s.Authority, s.Seeds, s.Beacon, s.Token, s.MetadataHigh, s.MetadataLow} {
		api.AssertIsEqual(api.Mul(input, api.Add(input, 1)), api.Mul(c.Copies[i], api.Add(c.Copies[i], 1)))
	}
	return nil
}

// A plonkWorld is a chain with a drop on it whose key is one of PLONK.
type plonkWorld struct {
	*world
	keys    *setup.PlonkKeys
	adapter common.Address
}

// plonkKeys makes keys from powers of tau, or from such as nobody knows.
func plonkKeys(t *testing.T, powers *setup.Powers) *setup.PlonkKeys {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &secretInputs{})
	if err != nil {
		t.Fatal(err)
	}
	store, err := setup.OpenStore(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	circuit := &setup.Circuit{
		ID: "anything", CS: compiled, Constraints: compiled.GetNbConstraints(), PublicInputs: statement.NbInputs, Backend: statement.Plonk,
		Domain: ecc.NextPowerOfTwo(uint64(compiled.GetNbConstraints() + statement.NbInputs)),
	}
	if powers == nil {
		keys, err := store.PlonkKeys(t.Context(), circuit, nil)
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	keys, err := store.InstallPlonk(t.Context(), circuit, powers, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func startPlonk(t *testing.T) *plonkWorld {
	t.Helper()
	return startPlonkOf(t, plonkKeys(t, nil))
}

func startPlonkOf(t *testing.T, keys *setup.PlonkKeys) *plonkWorld {
	t.Helper()
	w := &plonkWorld{world: &world{owner: account(t, "1"), key: newTrapdoor("a")}, keys: keys}
	w.evm = evm.Start(evm.DefaultID, w.owner.Address, account(t, "2").Address)
	t.Cleanup(func() { w.evm.Close() })
	w.Client = w.client(t, w.owner)
	w.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	w.terms = chain.Terms{Name: "Nebula Foxes", Symbol: "FOX", FirstID: 1, Supply: 100, Commitments: commitments("a"), BeaconDelay: 2, TemplateNotice: uint32(notice.Seconds()), Owner: w.owner.Address}
	v, err := w.DeployVerifier(t.Context(), w.keys.Verifying)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.DeployDrop(t.Context(), w.terms, v.Address, true)
	if err != nil {
		t.Fatal(err)
	}
	w.adapter, w.contract = v.Address, d.Address
	return w
}

// prove puts a PLONK proof into a token's bundle.
func (w *plonkWorld) prove(t *testing.T, token chain.Token) chain.Token {
	t.Helper()
	b := token.Bundle
	b.Circuit, b.Key = "cid/small/plonk", bundle.Key{Digest: w.keys.Verifying.Digest(), Provenance: w.keys.Provenance}
	assignment := &secretInputs{StatementVar: statement.ValueOf(b.Statement)}
	for i, v := range b.Statement.Vector() {
		assignment.Copies[i] = v
	}
	proof, err := prover.Prove(w.keys, b.Statement, assignment)
	if err != nil {
		t.Fatal(err)
	}
	b.Proof = proof
	return token
}

func TestPlonk_MintsProvenTokens(t *testing.T) {
	w := startPlonk(t)
	again, err := w.DeployVerifier(t.Context(), w.keys.Verifying)
	if err != nil || !again.Reused || again.Address != w.adapter {
		t.Errorf("deployed again: %+v, %v", again, err)
	}
	w.open(t)
	s, err := w.Status(t.Context(), w.contract)
	if err != nil || !s.Known || !s.KeyKnown || s.Key.Digest() != w.keys.Verifying.Digest() || s.Key.Backend() != statement.Plonk.String() {
		t.Fatalf("status %+v, %v", s, err)
	}
	var tokens []chain.Token
	for _, token := range w.tokens([20]byte{}, 1, 2) {
		tokens = append(tokens, w.prove(t, token))
	}
	if _, err := w.Mint(t.Context(), tokens, chain.MintOptions{Contract: w.contract, Batch: 2}); err == nil || !strings.Contains(err.Error(), "batches of 1") {
		t.Errorf("a batch: %v", err)
	}
	w.mint(t, 1, tokens[0]) // pays for the slots of the drop's and the holder's counts
	r := w.mint(t, 1, tokens[1])
	if len(r.Minted) != 1 {
		t.Fatalf("minted %+v", r)
	}
	if r.Gas > 400_000 {
		t.Errorf("a mint takes %d gas, want at most 400,000", r.Gas)
	}
	t.Logf("gas of a mint: %d", r.Gas)
	check, err := w.Check(t.Context(), w.contract, chain.CheckOptions{})
	if err != nil || !check.OK() || check.Proofs != 2 {
		t.Errorf("check %+v, %v", check, err)
	}
}

// Under another template the adapter finds other inputs.
func TestPlonk_UpdatesUnderTheNextTemplate(t *testing.T) {
	w := startPlonk(t)
	w.open(t)
	w.mint(t, 1, w.prove(t, w.tokens([20]byte{}, 1)[0]))
	w.force(t, 2)
	stale := w.prove(t, w.later(1, [20]byte{}, 1)[0])
	if _, err := w.Update(t.Context(), []chain.Token{stale}, chain.UpdateOptions{Contract: w.contract}); err == nil {
		t.Error("a template that was never announced is in force")
	}
	r := w.update(t, w.Client, w.prove(t, w.later(2, [20]byte{}, 1)[0]))
	if len(r.Updated) != 1 {
		t.Errorf("updated %+v", r)
	}
}

func TestPlonk_RejectsAnythingElse(t *testing.T) {
	w := startPlonk(t)
	w.open(t)
	token := w.prove(t, w.tokens([20]byte{}, 7)[0])
	st := token.Bundle.Statement
	good := bindings.Mint{To: w.owner.Address, TokenId: new(big.Int).SetUint64(st.ID), Digest: st.Metadata}
	try := func(m bindings.Mint, proof []byte) error {
		return w.TryMint(t.Context(), w.owner.Address, w.contract, m, proof)
	}
	if err := try(good, token.Bundle.Proof); err != nil {
		t.Fatalf("the honest proof: %v", err)
	}
	refused := func(name, want string, m bindings.Mint, proof []byte) {
		t.Helper()
		var revert *chain.Revert
		if err := try(m, proof); !errors.As(err, &revert) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
	other := good
	other.TokenId = big.NewInt(8)
	refused("another id", "InvalidProof", other, token.Bundle.Proof)
	for _, i := range []int{0, 31} {
		other = good
		other.Digest[i] ^= 1
		refused("another digest", "InvalidProof", other, token.Bundle.Proof)
	}
	other = good
	other.Bound = true
	refused("a recipient", "InvalidProof", other, token.Bundle.Proof)
	refused("a short proof", "ProofLength", good, token.Bundle.Proof[1:])
	refused("a Groth16 proof's length", "ProofLength", good, make([]byte, 256))
	for word := 0; word < plonk.ProofBytes; word += 32 {
		proof := bytes.Clone(token.Bundle.Proof)
		proof[word+31] ^= 1
		refused(fmt.Sprintf("a proof with word %d changed", word/32), "InvalidProof", good, proof)
	}
	// The same terms on the same chain, but another contract: another beacon.
	d, err := w.DeployDrop(t.Context(), w.terms, w.adapter, true)
	if err != nil {
		t.Fatal(err)
	}
	w.contract = d.Address
	w.open(t)
	refused("another contract", "InvalidProof", good, token.Bundle.Proof)
}

// gnarksVerdict calls gnark's contract itself.
func (w *plonkWorld) gnarksVerdict(t *testing.T, proof []byte, inputs []*big.Int) (good, reverted bool) {
	t.Helper()
	code, err := w.evm.CodeAt(t.Context(), w.adapter, nil)
	if err != nil {
		t.Fatal(err)
	}
	behind, _, ok := solidity.AdaptedPlonk(code)
	if !ok {
		t.Fatal("the verifier is not an adapter")
	}
	gnarks, at := bindings.NewPlonkVerifier(), common.Address(behind)
	data := gnarks.PackVerify(proof, inputs)
	out, err := w.evm.CallContract(t.Context(), ethereum.CallMsg{To: &at, Data: data}, nil)
	if err != nil {
		return false, true
	}
	if good, err = gnarks.UnpackVerify(out); err != nil {
		t.Fatal(err)
	}
	return good, false
}

func TestPlonk_GnarksContractBindsEachInput(t *testing.T) {
	w := startPlonk(t)
	w.open(t)
	token := w.prove(t, w.tokens([20]byte{3}, 7)[0])
	var inputs []*big.Int
	for _, v := range token.Bundle.Statement.Vector() {
		inputs = append(inputs, v.BigInt(new(big.Int)))
	}
	if good, _ := w.gnarksVerdict(t, token.Bundle.Proof, inputs); !good {
		t.Fatal("the honest proof is refused")
	}
	for i := range inputs {
		for _, by := range []*big.Int{big.NewInt(1), ecc.BN254.ScalarField()} {
			changed := append([]*big.Int{}, inputs...)
			changed[i] = new(big.Int).Add(inputs[i], by)
			if changed[i].BitLen() > 256 {
				continue
			}
			if good, _ := w.gnarksVerdict(t, token.Bundle.Proof, changed); good {
				t.Errorf("input %d plus %s is accepted", i, by)
			}
		}
	}
	// A false is what the adapter is for.
	proof := bytes.Clone(token.Bundle.Proof)
	proof[12*32+31] ^= 1
	if good, reverted := w.gnarksVerdict(t, proof, inputs); good || reverted {
		t.Errorf("a proof with another value: %v, reverted %v; it was to return false", good, reverted)
	}
}

// Who is not a drop has no statement to ask for.
func TestPlonkAdapter_TakesNoInputsFromTheCaller(t *testing.T) {
	w := startPlonk(t)
	w.open(t)
	token := w.prove(t, w.tokens([20]byte{}, 7)[0])
	v := token.Bundle.Statement.Vector()
	own := [3]*big.Int{}
	for i := range own {
		own[i] = v[6+i].BigInt(new(big.Int))
	}
	adapter := bindings.NewPlonkAdapter()
	for name, data := range map[string][]byte{
		"verify":           adapter.PackVerify([2]*big.Int{new(big.Int), new(big.Int)}, own, token.Bundle.Proof),
		"verifyBound":      adapter.PackVerifyBound(own, token.Bundle.Proof),
		"verifyBatch":      adapter.PackVerifyBatch([2]*big.Int{new(big.Int), new(big.Int)}, nil, nil),
		"verifyBatchBound": adapter.PackVerifyBatchBound(nil, nil),
	} {
		if _, err := w.evm.CallContract(t.Context(), ethereum.CallMsg{To: &w.adapter, Data: data}, nil); err == nil {
			t.Errorf("%s: passes", name)
		}
	}
}

func TestStatus_RefusesOtherPlonkCode(t *testing.T) {
	w := startPlonk(t)
	code, err := w.evm.CodeAt(t.Context(), w.adapter, nil)
	if err != nil {
		t.Fatal(err)
	}
	behind, digest, _ := solidity.AdaptedPlonk(code)
	gnarks, err := w.evm.CodeAt(t.Context(), behind, nil)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Clone(gnarks)
	other[len(other)/2] ^= 1
	digest[0] ^= 1
	for name, node := range map[string]*tampered{
		"gnark's code changed":       {Backend: w.evm, at: behind, code: other},
		"gnark's code longer":        {Backend: w.evm, at: behind, code: append(bytes.Clone(gnarks), 0)},
		"no code behind the adapter": {Backend: w.evm, at: behind, code: []byte{}},
		"placeholders for a key":     {Backend: w.evm, at: behind, code: solidity.PlonkVerifier.Runtime},
		"another key's name":         {Backend: w.evm, at: w.adapter, code: solidity.PlonkAdapterCode(behind, digest)},
	} {
		client, err := chain.New(t.Context(), node, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, err := client.Status(t.Context(), w.contract)
		if err != nil || s.Key != nil || s.KeyKnown || s.KeyFault == nil {
			t.Errorf("%s: got %+v, %v", name, s, err)
		}
		if err := client.CheckVerifier(t.Context(), w.adapter, w.keys.Verifying); err == nil {
			t.Errorf("%s: it is the key's verifier", name)
		}
	}
	if err := w.CheckVerifier(t.Context(), w.adapter, w.keys.Verifying); err != nil {
		t.Error(err)
	}
}
