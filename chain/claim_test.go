package chain_test

import (
	"bytes"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
)

// foxes is a deck of two cards with a hidden number each.
func foxes(t *testing.T) *drop.Deck {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"drop.yaml":  `{name: Foxes, circuit: deck/small, deck: {home: none, first_id: 1, assignment: fixed}, attributes: [{claim: age, type: uint}]}`,
		"policy.cel": "true", "claims.csv": "card,age\n0,17\n1,18\n", "documents/0.json": `{"name":"0"}`, "documents/1.json": `{"name":"1"}`,
	} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := drop.CreateSecrets(dir, false, bytes.NewReader(bytes.Repeat([]byte{0x5a, 0xa5, 7, 9}, 64))); err != nil {
		t.Fatal(err)
	}
	d, err := drop.LoadDeck(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A contract takes a claim as it takes a batch: the model is folded with the key, and card,
// policy and context, which it computes itself, are the statement's own. Each input changed
// alone is refused.
func TestClaim_VerifiesOnTheEVM(t *testing.T) {
	d := foxes(t)
	store, err := setup.OpenStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := setup.Compile(prover.ClaimCircuit(d))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Groth16Keys(t.Context(), circuit, nil)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := prover.NewClaims(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	audience := bundle.Audience{Name: "a contract", ChainID: evm.DefaultID, Contract: [20]byte{1}, Token: 2}
	claim, err := claims.Prove(t.Context(), 1, "claim.age >= 18", audience)
	if err != nil {
		t.Fatal(err)
	}
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	defer e.Close()
	client, err := chain.New(t.Context(), e, owner)
	if err != nil {
		t.Fatal(err)
	}
	deployed, err := client.DeployVerifierFor(t.Context(), keys.Verifying, rule.NbInputs)
	if err != nil {
		t.Fatal(err)
	}
	program, err := claim.Program.Compile(d.Description(claim.Key).Schema(), d.Description(claim.Key).Infos())
	if err != nil {
		t.Fatal(err)
	}
	policy, err := program.Commitment(d.Circuit.Size)
	if err != nil {
		t.Fatal(err)
	}
	inputs := rule.Statement{Model: claim.Model, Card: claim.Card, Policy: policy, Context: audience.Context()}.Vector()
	words := make([]*big.Int, len(inputs))
	for i := range inputs {
		words[i] = inputs[i].BigInt(new(big.Int))
	}
	if err := onEVM(t, client, deployed.Address, words, claim.Proof); err != nil {
		t.Fatalf("the claim is refused: %v", err)
	}
	for i := range words {
		for _, more := range []*big.Int{big.NewInt(1), big.NewInt(-1), fr.Modulus()} {
			changed := slices.Clone(words)
			if changed[i] = new(big.Int).Add(words[i], more); !refused(t, onEVM(t, client, deployed.Address, changed, claim.Proof)) {
				t.Errorf("input %d and %s: accepted", i, more)
			}
		}
	}
	if r, err := verifier.VerifyClaim(d.Description(claim.Key), claim, verifier.ClaimOptions{}); err != nil || r.Verdict != verifier.Amber {
		t.Errorf("in Go: %+v, %v", r, err)
	}
}

// onEVM asks the verifier's contract, as another contract does.
func onEVM(t *testing.T, c *chain.Client, at common.Address, words []*big.Int, proof []byte) error {
	t.Helper()
	out, err := c.Call(t.Context(), at, verifierABI.PackFold(words[:1]))
	if err != nil {
		return err
	}
	folded, err := verifierABI.UnpackFold(out)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Call(t.Context(), at, verifierABI.PackVerify(folded, [3]*big.Int(words[1:]), proof))
	return err
}
