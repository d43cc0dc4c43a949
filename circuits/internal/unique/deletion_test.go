package unique_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/statement"
)

// Of rows drawn from root/small, those that a proof uses leave a choice when they are left out. The
// survivors are the last products of a hash that is said to be an input or a choice of inputs: that
// equation gives any one of them from the others, where the row should give it from the hash's own.
func TestDeletion_LeavesAChoice(t *testing.T) {
	assertDeletion(t, 300)
}

// assertDeletion leaves out n rows of root/small, all if there are fewer.
func assertDeletion(t *testing.T, n int) {
	t.Helper()
	system, placeholder := compiled(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small})
	places, err := circuittest.Places(placeholder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := unique.New(system)
	if err != nil {
		t.Fatal(err)
	}
	var rows []int32
	for _, i := range rand.New(rand.NewPCG(1, 2)).Perm(system.GetNbConstraints()) {
		rows = append(rows, int32(i))
	}
	rows = rows[:min(n, len(rows))]
	slices.Sort(rows)
	score, err := s.Delete(places, rows, forger(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small}, s, system))
	if err != nil {
		t.Fatal(err)
	}
	assertGolden(t, fmt.Sprintf("deletion-root-small-%d", len(rows)), score.String())
}
