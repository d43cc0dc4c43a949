package ours

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/circuits/statement"
)

// TestCases_HoldAndBind compiles each circuit as it is measured, solves it, and counts it.
// The counts of signature and tokens are those of SPEC.
func TestCases_HoldAndBind(t *testing.T) {
	logger.Disable()
	receipt, err := Receipt()
	if err != nil {
		t.Fatal(err)
	}
	opening, err := Opening()
	if err != nil {
		t.Fatal(err)
	}
	token, err := Token(t.TempDir(), statement.CID)
	if err != nil {
		t.Fatal(err)
	}
	root, err := Token(t.TempDir(), statement.Root)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name                string
		circuit             *groth.Case
		constraints, inputs int
	}{
		{"document/1", Document(1), 15_464, 2},
		{"receipt", receipt, 2_401, 3},
		{"opening", opening, 12_131, 4},
		{"cid/standard", token, 210_392, 9},
		{"root/standard", root, 34_625, 9},
	} {
		cs, err := c.circuit.Compile()
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if n, in := cs.GetNbConstraints(), cs.GetNbPublicVariables()-1; n != c.constraints || in != c.inputs {
			t.Errorf("%s: %d constraints and %d inputs, want %d and %d", c.name, n, in, c.constraints, c.inputs)
		}
		solve(t, c.name, cs, c.circuit.Assignment)
	}
}

// solve solves the case, and then with its last public input changed.
func solve(t *testing.T, name string, cs constraint.ConstraintSystem, assignment frontend.Circuit) {
	t.Helper()
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if cs.IsSolved(w) != nil {
		t.Errorf("%s: the sample does not satisfy the circuit", name)
	}
	last := &w.Vector().(fr.Vector)[cs.GetNbPublicVariables()-2]
	one := fr.One()
	if last.Add(last, &one); cs.IsSolved(w) == nil {
		t.Errorf("%s: another public input satisfies the circuit", name)
	}
}
