//go:build prover_checks

package drop

import "testing"

func TestSlowRule_CompilesToWhatItWasPrintedFrom(t *testing.T) { checkManyRules(t, 2000) }

func TestLongRule_CompilesToWhatItWasPrintedFrom(t *testing.T) { checkManyRules(t, 10_000) }

func checkManyRules(t *testing.T, n int) {
	t.Helper()
	schema := deckSchema()
	checkRules(t, schema, schema.Deck.Infos(), n)
}
