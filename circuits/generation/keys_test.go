package generation_test

import (
	"context"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"

	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// Keys come from the house's own setup, several times faster than gnark's, and the proof from
// gnark's prover: neither is what these tests are about. Setup imports this package, so it is
// handed in from outside.
func init() {
	generation.ProveForTests = func(t testing.TB, id statement.CircuitID, w witness.Witness) (infinite []int, verify func([]fr.Element) error) {
		store, err := setup.OpenStore(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		circuit, err := setup.Compile(id)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := store.Groth16Keys(context.Background(), circuit, nil)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(circuit.CS.(*cs.R1CS), keys.Proving, w)
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range keys.Verifying.K {
			if k.IsInfinity() {
				infinite = append(infinite, i-1)
			}
		}
		own := &vgroth16.Proof{Ar: proof.Ar, Bs: proof.Bs, Krs: proof.Krs}
		return infinite, func(inputs []fr.Element) error { return keys.Verifying.Verify(inputs, own) }
	}
}
