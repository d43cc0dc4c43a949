//go:build prover_checks

package ptau

// Large is large, for tests of what comes after reading.
var Large = large
