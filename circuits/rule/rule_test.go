package rule

import (
	"fmt"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/circuits/statement"
)

// A change of these numbers is a change of every key.
func TestCircuit_ConstraintCount(t *testing.T) {
	for _, row := range []struct {
		size        statement.Size
		want, bound int
	}{{statement.DeckSmall, 7775, 1 << 13}, {statement.DeckStandard, 20426, 1 << 15}, {statement.DeckLarge, 40633, 1 << 16}} {
		circuitOf(row.size).AssertRows(t, row.size.Name, row.want)
		if row.want > row.bound {
			t.Errorf("%s: more than %d rows", row.size.Name, row.bound)
		}
	}
}

// Decks that end within a batch and with it, of one card and of all there can be: the first
// card, one in the middle, and the last, behind which places are padded.
func TestCircuit_AcceptsWhatIsGenerated(t *testing.T) {
	c := circuitOf(tiny)
	for _, n := range []int{1, 2, 3, 4, 5, 32, 33, 255, 256} {
		w := newWorld(t, tiny, n)
		for _, card := range []int{0, n / 2, n - 1} {
			c.AssertAccepted(t, fmt.Sprintf("card %d of %d", card, n), w.assignment(t, card))
		}
	}
}

func TestCircuit_AcceptsTheSizesThatAreShipped(t *testing.T) {
	for _, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard, statement.DeckLarge} {
		w := newWorld(t, size, 9*size.Cards-1)
		circuitOf(size).AssertAccepted(t, size.Name, w.assignment(t, w.n-1))
	}
}

// What bindStatement promises: each public wire, the constant one too, is alone on the left of
// some row. So the left polynomials of public wires are independent, and apart from the others'.
func TestCircuit_InputsStandAloneOnTheLeft(t *testing.T) {
	for _, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard, statement.DeckLarge} {
		compiled, err := Compile(statement.CircuitID{Binding: statement.Rule, Size: size})
		if err != nil {
			t.Fatal(err)
		}
		alone := make([]bool, NbInputs+1)
		for _, row := range compiled.(*cs.R1CS).GetR1Cs() {
			if wire := row.L[0].WireID(); len(row.L) == 1 && wire < len(alone) {
				alone[wire] = true
			}
		}
		for wire, ok := range alone {
			if !ok {
				t.Errorf("%s: public wire %d is nowhere alone", size.Name, wire)
			}
		}
	}
}
