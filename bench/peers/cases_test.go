package peers

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bench/peers/groth"
)

// TestCases_HoldAndBind compiles each gnark circuit as it is measured, solves it, and counts
// it. Of genproof's the counts of signature and tokens are those of SPEC.
func TestCases_HoldAndBind(t *testing.T) {
	logger.Disable()
	for _, c := range []struct {
		statement, tool     string
		constraints, inputs int
	}{
		{Document, Genproof, 15_464, 2},
		{Receipt, Genproof, 2_401, 3},
		{Opening, Genproof, 12_131, 4},
		{CID, Genproof, 259_056, 9},
		{Root, Genproof, 43_082, 9},
		{Document, Gnark, 166_376, 2},
		{Receipt, Gnark, 7_049, 3},
		{Opening, Gnark, 20_170, 4},
		{CID, Gnark, 654_404, 9},
	} {
		peer := Peer{c.statement, c.tool}
		worker := &gnarkWorker{&Job{Peer: peer, Blocks: 1, Folder: t.TempDir()}}
		circuit, err := worker.circuit()
		if err != nil {
			t.Fatal(err)
		}
		cs, err := circuit.Compile()
		if err != nil {
			t.Fatalf("%s: %v", peer.Name(), err)
		}
		if n, in := cs.GetNbConstraints(), cs.GetNbPublicVariables()-1; n != c.constraints || in != c.inputs {
			t.Errorf("%s: %d constraints and %d inputs, want %d and %d", peer.Name(), n, in, c.constraints, c.inputs)
		}
		solve(t, peer.Name(), cs, circuit)
	}
}

// solve solves the case, and then with its last public input changed.
func solve(t *testing.T, name string, cs constraint.ConstraintSystem, c *groth.Case) {
	t.Helper()
	w, err := frontend.NewWitness(c.Assignment, ecc.BN254.ScalarField())
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
