//go:build prover_checks

package unique_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
)

// Every row of the small circuits and of two blocks of SHA-256, left out alone, and rows drawn from
// the others: `just deletion`.
func TestEveryDeletion_LeavesAChoice(t *testing.T) {
	t.Run("two blocks", func(t *testing.T) {
		t.Parallel()
		assertTwoBlocks(t, math.MaxInt)
	})
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		n := 500
		switch {
		case id.Size.Name == "small" && !id.BindsDocument():
			n = math.MaxInt
		case id.Size.Name == "small":
			n = 2000
		}
		t.Run(id.String(), func(t *testing.T) {
			t.Parallel()
			assertCircuitDeletion(t, id, n)
		})
	}
}

// The comparison of absent_test.go, of a circuit with SHA-256.
func TestSlowEachAbsent_FindsWhatAProofFinds(t *testing.T) {
	assertCircuitAbsent(t, statement.CircuitID{Binding: statement.CID, Size: statement.Small}, 200, 4)
}

// No wire of any circuit has a choice.
func TestSlowCircuits_LeaveNoChoice(t *testing.T) {
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		t.Run(id.String(), func(t *testing.T) { assertCircuit(t, id) })
	}
}

// No wire of a picture has a choice, whatever its side and depth.
func TestSlowPictures_LeaveNoChoice(t *testing.T) {
	for _, side := range picture.Sides {
		for _, depth := range picture.Depths {
			name := fmt.Sprintf("picture-%d-%d", side, depth)
			f := picture.Frame{Side: side, Depth: depth}
			t.Run(name, func(t *testing.T) { assertGadget(t, name, func() frontend.Circuit { return newPicture(f) }) })
		}
	}
}
