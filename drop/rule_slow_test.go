//go:build prover_checks

package drop

import "testing"

func TestSlowRule_CompilesToWhatItWasPrintedFrom(t *testing.T) { checkRules(t, 10_000) }
