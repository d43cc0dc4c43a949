package profile

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
)

func init() { logger.Disable() }

func profiled(t *testing.T, id statement.CircuitID) record.Node {
	t.Helper()
	n, err := Of(id.String(), func() (constraint.ConstraintSystem, error) { return generation.Compile(id) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// sum adds the leaves.
func sum(n *record.Node) int {
	if len(n.Children) == 0 {
		return n.Constraints
	}
	total := 0
	for i := range n.Children {
		total += sum(&n.Children[i])
	}
	return total
}

func names(n *record.Node) (list []string) {
	for _, c := range n.Children {
		list = append(list, c.Name)
	}
	return slices.Sorted(slices.Values(list))
}

// TestOf_AddsUpToSPEC: the wanted numbers are those of SPEC §3 to §5, which the gadgets'
// own tests pin.
func TestOf_AddsUpToSPEC(t *testing.T) {
	root := profiled(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small})
	if root.Constraints != 18780 || sum(&root) != 18780 {
		t.Errorf("%d constraints, the leaves have %d, want 18780", root.Constraints, sum(&root))
	}
	want := []string{"1 traits drawn", "2 receipt signed", "3 policy holds", "4 root", "5 metadata is the root", "seeds", "template", "token id and recipient"}
	if got := names(&root); !reflect.DeepEqual(got, want) {
		t.Errorf("clauses %q, want %q", got, want)
	}
	for _, c := range []struct {
		want int
		path []string
	}{
		{2401, []string{"2 receipt signed", "signature"}},
		{1512, []string{"2 receipt signed", "signature", "h·A"}},
		{487, []string{"2 receipt signed", "signature", "S·B"}},
		{23, []string{"2 receipt signed", "signature", "key is of order l"}},
		{555, []string{"3 policy holds", "commitment to the policy"}},
		{1328, []string{"3 policy holds", "literals"}},
		{264 * 8, []string{"4 root", "leaves", "Poseidon2"}},
		{353, []string{"1 traits drawn", "draws", "canonical bits"}},
		{353, []string{"5 metadata is the root", "canonical bits"}},
	} {
		if n := Find(&root, c.path...); n == nil || n.Constraints != c.want {
			t.Errorf("%q: %+v, want %d", c.path, n, c.want)
		}
	}
	if Find(&root, "no such clause") != nil {
		t.Error("a part was found that is not there")
	}
}

func TestOf_KnowsTheDocument(t *testing.T) {
	cid := profiled(t, statement.CircuitID{Binding: statement.CID, Size: statement.Small})
	want := []string{"1 traits drawn", "2 receipt signed", "3 policy holds", "4 root", "5 document", "seeds", "template", "token id and recipient"}
	if got := names(&cid); !reflect.DeepEqual(got, want) || sum(&cid) != 118117 {
		t.Errorf("clauses %q, %d constraints", got, sum(&cid))
	}
	// Six blocks; SPEC §4: 63 Ch and Maj lanes a pair of rounds, 132 for the feed-forward.
	sha := Find(&cid, "5 document", "SHA-256", "compression")
	for name, want := range map[string]int{"Ch": 6 * 32 * 32, "Maj": 6 * 32 * 32} {
		if n := Find(sha, "rounds", name); n == nil || n.Constraints != want {
			t.Errorf("%s: %+v, want %d", name, n, want)
		}
	}
	if n := Find(sha, "feed-forward"); n == nil || n.Constraints != 6*132 {
		t.Errorf("feed-forward: %+v", n)
	}
	if n := Find(&cid, "5 document", "id", "id in decimal"); n == nil || n.Constraints != 71 {
		t.Errorf("id: %+v", n)
	}
}

// TestOf_TellsOfPlonkToo: its sums are so deep that gnark cuts their stacks.
func TestOf_TellsOfPlonkToo(t *testing.T) {
	root := profiled(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small, Backend: statement.Plonk})
	want := []string{"1 traits drawn", "2 receipt signed", "3 policy holds", "4 root", "5 metadata is the root", "seeds", "template", "token id and recipient"}
	if got := names(&root); !reflect.DeepEqual(got, want) || sum(&root) != root.Constraints || root.Constraints < 50_000 {
		t.Errorf("clauses %q, %d constraints, the leaves have %d", got, root.Constraints, sum(&root))
	}
}

func TestComplete_TakesTheSumBefore(t *testing.T) {
	whole := []string{"c.Define", "clause", "gadget", "Add"}
	stacks := [][]string{{"lost"}, whole, {"Add", "split", "split"}, {"gadget", "Add", "split"}, {}, {"elsewhere"}, {"c.Define", "next", "Add"}, {"Add", "split"}}
	complete(stacks)
	split := []string{"c.Define", "clause", "gadget", "Add", "split"}
	want := [][]string{{"lost"}, whole, append(split, "split"), split, split, {"elsewhere"}, {"c.Define", "next", "Add"}, {"c.Define", "next", "Add", "split"}}
	if !reflect.DeepEqual(stacks, want) {
		t.Errorf("got %q", stacks)
	}
}

type circuit struct {
	X       frontend.Variable
	refused error
}

func (c *circuit) Define(api frontend.API) error {
	api.AssertIsBoolean(c.X)
	return c.refused
}

func compileOf(c *circuit) func() (constraint.ConstraintSystem, error) {
	return func() (constraint.ConstraintSystem, error) {
		return frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c, frontend.IgnoreUnconstrainedInputs())
	}
}

func TestOf_RefusesWhatDoesNotAddUp(t *testing.T) {
	if n, err := Of("x", compileOf(&circuit{})); err != nil || n.Constraints != 1 || len(n.Children) != 0 {
		t.Errorf("%+v, %v", n, err)
	}
	refused := errors.New("refused")
	if _, err := Of("x", compileOf(&circuit{refused: refused})); !errors.Is(err, refused) {
		t.Errorf("the circuit's error is lost: %v", err)
	}
	system, err := compileOf(&circuit{})()
	if err != nil {
		t.Fatal(err)
	}
	// Nothing is compiled while the profile is taken, hence nothing recorded.
	if _, err := Of("x", func() (constraint.ConstraintSystem, error) { return system, nil }); err == nil {
		t.Error("a profile without one of the constraints is taken")
	}
}
