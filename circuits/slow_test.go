//go:build prover_checks

package circuits_test

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

func TestSlowDomains_AreThoseOfTheCircuits(t *testing.T) {
	assertDomains(t, statement.CircuitsOf(statement.Groth16))
}
