//go:build prover_checks

package unique_test

import (
	"math"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// Every row of root/small, left out alone: `just deletion`.
func TestEveryDeletion_LeavesAChoice(t *testing.T) { assertDeletion(t, math.MaxInt) }

// The same of every circuit.
func TestSlowCircuits_LeaveNoChoice(t *testing.T) {
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		t.Run(id.String(), func(t *testing.T) { assertCircuit(t, id) })
	}
}
