package generation

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/statement"
)

func TestCIDSmall_ProvesAndBindsEachInput(t *testing.T) { proveAndBind(t, fox(t, cidSmall, 42)) }

func TestRootSmall_ProvesAndBindsEachInput(t *testing.T) { proveAndBind(t, fox(t, rootSmall, 42)) }

// proveAndBind makes a real key and proof, and verifies it with each public input changed
// alone. An input that no constraint holds has its point of the key at infinity.
func proveAndBind(t *testing.T, token *Token) {
	t.Helper()
	logger.Disable()
	cs, err := Compile(token.Circuit)
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := groth16.Setup(cs)
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range vk.(*groth16bn254.VerifyingKey).G1.K {
		if k.IsInfinity() {
			t.Errorf("public input %d is bound by nothing", i-1)
		}
	}
	r, err := Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	full, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(cs, pk, full)
	if err != nil {
		t.Fatal(err)
	}
	inputs := r.Statement.Vector()
	if err := groth16.Verify(proof, vk, publicWitness(t, inputs)); err != nil {
		t.Fatalf("the honest proof is refused: %v", err)
	}
	one := fr.NewElement(1)
	for i := range inputs {
		changed := inputs
		changed[i].Add(&changed[i], &one)
		if groth16.Verify(proof, vk, publicWitness(t, changed)) == nil {
			t.Errorf("public input %d changed: accepted", i)
		}
	}
}

func publicWitness(t *testing.T, inputs [statement.NbInputs]fr.Element) witness.Witness {
	t.Helper()
	w, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	values := make(chan any, len(inputs))
	for _, x := range inputs {
		values <- x
	}
	close(values)
	if err := w.Fill(len(inputs), 0, values); err != nil {
		t.Fatal(err)
	}
	return w
}
