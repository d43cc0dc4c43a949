package rule_test

import (
	"context"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// A real key has a point for each input, the context's too, and a real proof is good for its
// own statement alone.
func TestSmall_ProvesAndBindsEachInput(t *testing.T) {
	logger.Disable()
	store, err := setup.OpenStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := setup.Compile(statement.CircuitID{Binding: statement.Rule, Size: statement.DeckSmall})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Groth16Keys(context.Background(), circuit, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range keys.Verifying.K {
		if k.IsInfinity() {
			t.Errorf("public wire %d is bound by nothing", i)
		}
	}
	r := rule.ResultForTests(t, statement.DeckSmall, 9, 7)
	w, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(circuit.CS.(*cs.R1CS), keys.Proving, w)
	if err != nil {
		t.Fatal(err)
	}
	own, inputs := &vgroth16.Proof{Ar: proof.Ar, Bs: proof.Bs, Krs: proof.Krs}, r.Statement.Vector()
	if err := keys.Verifying.Verify(inputs[:], own); err != nil {
		t.Fatalf("the honest proof is refused: %v", err)
	}
	one := fr.One()
	for i := range inputs {
		changed := inputs
		changed[i].Add(&changed[i], &one)
		if keys.Verifying.Verify(changed[:], own) == nil {
			t.Errorf("public input %d changed: accepted", i)
		}
	}
	other := r.Statement
	other.Context = rule.Audience{Name: "another reader"}.Context()
	inputs = other.Vector()
	if keys.Verifying.Verify(inputs[:], own) == nil {
		t.Error("accepted for another audience")
	}
}
