// Package compile turns the product's circuits into constraint systems, all in one way.
package compile

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/genproof/genproof/circuits/internal/hint"
	"github.com/genproof/genproof/circuits/statement"
)

// Circuit returns a circuit's R1CS, or PLONK's sparse one, over the scalar field of BN254.
// Linear forms are never cut in pieces: gnark's default threshold would add a row for each
// long one. (PLONK has no forms: every term of a sum is a gate.)
func Circuit(id statement.CircuitID, placeholder frontend.Circuit) (constraint.ConstraintSystem, error) {
	var builder frontend.NewBuilder = r1cs.NewBuilder
	if id.Backend == statement.Plonk {
		builder = scs.NewBuilder
	}
	cs, err := frontend.Compile(ecc.BN254.ScalarField(), builder, placeholder, frontend.WithCompressThreshold(0))
	if err != nil {
		return nil, fmt.Errorf("compiling circuit %s: %w", id, err)
	}
	// The digest covers the names of hints: those that moved keep their first ones.
	if err := hint.Rename(cs); err != nil {
		return nil, fmt.Errorf("compiling circuit %s: %w", id, err)
	}
	return cs, nil
}
