//go:build prover_checks

package assignment

import "testing"

func TestSlowPermutation_WalksAreShort(t *testing.T) {
	if n := walks(1_000_000); n > 8 {
		t.Errorf("a walk of %d steps", n)
	}
}

func TestSlowPermutation_IsABijection(t *testing.T) { checkBijection(t, 1030) }
