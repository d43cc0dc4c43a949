package generation

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/statement"
)

// ProveForTests makes real keys of a circuit and a proof of a witness. It returns the public
// inputs whose point of the verifying key is at infinity, and what verifies the proof for
// other inputs.
var ProveForTests func(t testing.TB, id statement.CircuitID, w witness.Witness) (infinite []int, verify func([]fr.Element) error)

func TestCIDSmall_ProvesAndBindsEachInput(t *testing.T) { proveAndBind(t, fox(t, cidSmall, 42)) }

func TestArtSmall_ProvesAndBindsEachInput(t *testing.T) { proveAndBind(t, fox(t, artSmall, 42)) }

func TestRootSmall_ProvesAndBindsEachInput(t *testing.T) { proveAndBind(t, fox(t, rootSmall, 42)) }

// proveAndBind makes a real key and proof, and verifies it with each public input changed
// alone. An input that no constraint holds has its point of the key at infinity.
func proveAndBind(t *testing.T, token *Token) {
	t.Helper()
	logger.Disable()
	r, err := Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	full, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	infinite, verify := ProveForTests(t, token.Circuit, full)
	for _, i := range infinite {
		t.Errorf("public input %d is bound by nothing", i)
	}
	inputs := r.Statement.Vector()
	if err := verify(inputs[:]); err != nil {
		t.Fatalf("the honest proof is refused: %v", err)
	}
	one := fr.NewElement(1)
	for i := range inputs {
		changed := inputs
		changed[i].Add(&changed[i], &one)
		if verify(changed[:]) == nil {
			t.Errorf("public input %d changed: accepted", i)
		}
	}
}
