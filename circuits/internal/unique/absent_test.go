package unique_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/statement"
)

// What halves find of a system without a row is what a proof finds that starts anew, wire by wire. Wires
// that are named have a choice in both, and with those given the proof proves all others.
func TestEachAbsent_FindsWhatAProofFinds(t *testing.T) {
	for _, g := range gadgets {
		rows, at := 400, 60
		switch g.name {
		case "attribute-present", "attribute-slots", "sha256-55-bytes", "sha256-119-bytes": // two rows of inputs; others like the next
			continue
		case "sha256-up-to-119-bytes":
			rows, at = 100, 4
		}
		t.Run(g.name, func(t *testing.T) {
			assertAbsentOf(t, func() frontend.Circuit { return &gadget{make([]frontend.Variable, g.inputs), g.define} }, rows, at)
		})
	}
	t.Run("policy", func(t *testing.T) { assertAbsentOf(t, newPolicy, math.MaxInt, 60) })
	t.Run("model", func(t *testing.T) { assertAbsentOf(t, newModel, math.MaxInt, 60) })
	for _, id := range statement.CircuitsOf(statement.Groth16) {
		if id.Size.Name == "small" && !id.BindsDocument() {
			t.Run(id.String(), func(t *testing.T) { assertCircuitAbsent(t, id, 2000, 40) })
		}
	}
}

func assertCircuitAbsent(t *testing.T, id statement.CircuitID, rows, at int) {
	t.Helper()
	system, placeholder := compiled(t, id)
	assertAbsent(t, system, placeholder, rows, at)
}

func assertAbsentOf[C frontend.Circuit](t *testing.T, placeholder func() C, rows, at int) {
	t.Helper()
	assertAbsent(t, compiledGadget(t, placeholder()), placeholder(), rows, at)
}

// assertAbsent leaves out rows that are drawn, and compares the two ways at some of them.
func assertAbsent(t *testing.T, system *cs.R1CS, placeholder frontend.Circuit, n, at int) {
	t.Helper()
	places, err := circuittest.Places(placeholder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := unique.New(system)
	if err != nil {
		t.Fatal(err)
	}
	rows := drawn(system.GetNbConstraints(), n)
	var some []int32
	for k := range min(at, len(rows)) {
		some = append(some, rows[k*len(rows)/min(at, len(rows))])
	}
	c, err := s.CompareAbsent(places, rows, some)
	if err != nil || c.Missed > 0 || c.More > 0 || c.Wrong > 0 || c.Missing > 0 || c.Open == 0 || c.Named == 0 {
		t.Errorf("%+v, %v", c, err)
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
