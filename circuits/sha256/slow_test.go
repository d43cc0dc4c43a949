//go:build prover_checks

package sha256

import "testing"

// TestSlowHasher_MatchesStandardLibraryAtEveryLength takes the lengths that the quick test leaves out.
func TestSlowHasher_MatchesStandardLibraryAtEveryLength(t *testing.T) {
	for n := 66; n < 200; n++ {
		assertSums(t, n)
	}
}
