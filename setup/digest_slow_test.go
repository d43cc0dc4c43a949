//go:build prover_checks

package setup

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

func TestSlow_DigestsArePinned(t *testing.T) {
	assertPinned(t, statement.Circuits()...)
}
