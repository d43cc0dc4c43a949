//go:build prover_checks

package deck

import (
	"fmt"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// The sizes that are shipped, in the last batch of a deck that ends within it: the truth, and a
// lie in the last slot that the rule can name, in the first and the last place.
func TestSlowCircuit_JudgesEveryPlaceOfEverySize(t *testing.T) {
	for _, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard, statement.DeckLarge} {
		c, last := circuitOf(size), size.CardSlots()-1
		w := newWorld(t, size, 9*size.Cards-1)
		w.program.Clauses = append(w.program.Clauses, []policy.Literal{{Slot: last, Op: policy.Present, Negate: true}})
		b := w.batch(8)
		c.AssertAccepted(t, size.Name, b.generate(t).Assignment)
		for _, place := range []int{0, size.Cards - 1} {
			b := w.batch(8)
			w.reseal(b, place, last, attribute.OfBool(true))
			c.AssertRefused(t, fmt.Sprintf("%s, place %d", size.Name, place), forge(t, b, nil), []string{"assertPolicy/AssertSatisfied/AssertProduct"})
		}
	}
}
