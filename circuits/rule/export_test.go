package rule

import (
	"testing"

	"github.com/genproof/genproof/circuits/statement"
)

// ResultForTests is a claim about a card of a deck of n.
func ResultForTests(t testing.TB, size statement.Size, n, card int) *Result {
	t.Helper()
	return newWorld(t, size, n).claim(card).generate(t)
}
