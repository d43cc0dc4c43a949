package unique_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/statement"
)

// What halves find of a system without a row is what a proof finds that starts anew, wire by wire.
func TestEachAbsent_FindsWhatAProofFinds(t *testing.T) {
	for _, g := range gadgets {
		n := 400
		if g.inputs >= 55 {
			n = 6
		}
		t.Run(g.name, func(t *testing.T) {
			assertAbsentOf(t, func() frontend.Circuit { return &gadget{make([]frontend.Variable, g.inputs), g.define} }, n)
		})
	}
	t.Run("policy", func(t *testing.T) { assertAbsentOf(t, newPolicy, 60) })
	t.Run("model", func(t *testing.T) { assertAbsentOf(t, newModel, 40) })
	t.Run("root/small", func(t *testing.T) {
		system, placeholder := compiled(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small})
		assertAbsent(t, system, placeholder, 60)
	})
}

func assertAbsentOf[C frontend.Circuit](t *testing.T, placeholder func() C, n int) {
	t.Helper()
	assertAbsent(t, compiledGadget(t, placeholder()), placeholder(), n)
}

// assertAbsent compares the two ways at rows that are drawn.
func assertAbsent(t *testing.T, system *cs.R1CS, placeholder frontend.Circuit, n int) {
	t.Helper()
	places, err := circuittest.Places(placeholder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := unique.New(system)
	if err != nil {
		t.Fatal(err)
	}
	differ, open, err := s.CompareAbsent(places, drawn(system.GetNbConstraints(), n))
	if err != nil || differ > 0 || open == 0 {
		t.Errorf("%d wires differ, %d have a choice, %v", differ, open, err)
	}
}

// drawn returns n rows of a system, all if there are fewer, increasing.
func drawn(all, n int) (rows []int32) {
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(all)[:min(n, all)] {
		rows = append(rows, int32(i))
	}
	slices.Sort(rows)
	return rows
}
