//go:build prover_checks

package drop

import "testing"

func TestSlowRule_CompilesToWhatItWasPrintedFrom(t *testing.T) {
	schema := deckSchema()
	checkRules(t, schema, schema.Deck.Infos(), 10_000)
}
