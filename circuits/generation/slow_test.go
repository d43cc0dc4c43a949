//go:build prover_checks

package generation

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

func TestSlowStandard_ProvesAndBindsEachInput(t *testing.T) {
	for _, binding := range []statement.Binding{statement.Root, statement.CID} {
		proveAndBind(t, widened(t, statement.CircuitID{Binding: binding, Size: statement.Standard}))
	}
}

func TestSlowRootLarge_ProvesAndBindsEachInput(t *testing.T) {
	proveAndBind(t, widened(t, statement.CircuitID{Binding: statement.Root, Size: statement.Large}))
}

func TestSlowPlonk_RefusesLyingHintsAsR1CSDoes(t *testing.T) { refuseAlike(t, 1) }

func TestSlowPlonk_RejectsLieInCIDSmall(t *testing.T) { rejectLies(t, cidSmallPlonk) }
