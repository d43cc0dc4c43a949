package unique_test

import (
	"fmt"
	"strings"
	"testing"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/statement"
)

// Rows that are drawn leave a choice when they are left out; the tables name those that do not. All
// rows, and other circuits, are `just deletion`.
func TestDeletion_LeavesAChoice(t *testing.T) {
	assertCircuitDeletion(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small}, 150)
	assertCircuitDeletion(t, statement.CircuitsOf(statement.Groth16)[6], 100)
	assertTwoBlocks(t, 50)
}

func assertCircuitDeletion(t *testing.T, id statement.CircuitID, n int) {
	t.Helper()
	system, placeholder := compiled(t, id)
	in := token
	if id.Binding == statement.Deck {
		in = batch
	}
	assertDeletion(t, strings.ReplaceAll(id.String(), "/", "-"), system, placeholder, in(t, id), n)
}

// assertTwoBlocks leaves out rows of the SHA-256 of 119 bytes.
func assertTwoBlocks(t *testing.T, n int) {
	t.Helper()
	message := &gadget{define: sha(false)}
	for i := range 119 {
		message.In = append(message.In, i)
	}
	placeholder := func() frontend.Circuit { return &gadget{make([]frontend.Variable, 119), sha(false)} }
	assertDeletion(t, "gadget-sha256-119-bytes", compiledGadget(t, placeholder()), placeholder(), world{assignment: message}, n)
}

// assertDeletion leaves out n rows of a system, all if there are fewer, and compares with testdata.
func assertDeletion(t *testing.T, name string, system *cs.R1CS, placeholder frontend.Circuit, in world, n int) *unique.Score {
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
	score, err := s.Delete(places, rows, in.forger(t, s, system))
	if err != nil {
		t.Fatal(err)
	}
	assertGolden(t, fmt.Sprintf("deletion-%s-%d", name, len(rows)), score.String())
	return score
}
