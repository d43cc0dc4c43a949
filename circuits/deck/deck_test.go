package deck

import (
	"testing"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

func circuitOf(size statement.Size) *circuittest.Circuit {
	return circuittest.New(Placeholder(size)).WithoutPlonk()
}

// A change of these numbers is a change of every key.
func TestCircuit_ConstraintCount(t *testing.T) {
	for _, row := range []struct {
		size statement.Size
		want int
	}{{statement.DeckSmall, 20794}, {statement.DeckStandard, 225773}, {statement.DeckLarge, 498910}} {
		circuitOf(row.size).AssertRows(t, row.size.Name, row.want)
	}
}

func TestCircuit_AcceptsWhatIsGenerated(t *testing.T) {
	c := circuitOf(tiny)
	for _, n := range []int{1, 2, 3, 16, 17, 127, 128} {
		w := newWorld(t, tiny, n)
		for _, batch := range []int{0, (n - 1) / tiny.Cards / 2, (n - 1) / tiny.Cards} {
			c.AssertAccepted(t, "a batch", w.batch(batch).generate(t).Assignment)
		}
	}
}
