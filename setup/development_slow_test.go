//go:build prover_checks

package setup

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// TestSlowDevelop_EqualsGnarksSetupOfRootSmall, for the same secrets.
func TestSlowDevelop_EqualsGnarksSetupOfRootSmall(t *testing.T) {
	c := compileProduct(t, statement.Small, statement.Root)
	pk, vk := asGnark(t, c, 1)
	assertSame(t, c.ID, ours(t, c, 1), pk, vk)
}
