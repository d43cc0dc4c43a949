//go:build prover_checks

package unique_test

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// The same of every circuit.
func TestSlowCircuits_LeaveNoChoice(t *testing.T) {
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		t.Run(id.String(), func(t *testing.T) { assertCircuit(t, id) })
	}
}
