package generation

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

var (
	compiledMu sync.Mutex
	compiled   = map[statement.CircuitID]constraint.ConstraintSystem{}
)

// compiledOnce compiles a circuit unless it was.
func compiledOnce(id statement.CircuitID) (constraint.ConstraintSystem, error) {
	compiledMu.Lock()
	defer compiledMu.Unlock()
	if cs, ok := compiled[id]; ok {
		return cs, nil
	}
	cs, err := Compile(id)
	if err == nil {
		compiled[id] = cs
	}
	return cs, err
}

var errTest = errors.New("the test is broken")

// solveCompiled runs the solver of the compiled circuit.
func solveCompiled(id statement.CircuitID, assignment frontend.Circuit, options ...solver.Option) error {
	cs, err := compiledOnce(id)
	if err != nil {
		panic(err)
	}
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		panic(errors.Join(errTest, err))
	}
	return cs.IsSolved(w, options...)
}

func TestCompile_GateCount(t *testing.T) {
	for name, want := range map[string]int{
		"root/small/plonk": 66019, "root/standard/plonk": 152628, "root/large/plonk": 337025, "cid/small/plonk": 422379,
	} {
		id, err := statement.ParseCircuitID(name)
		if err != nil {
			t.Fatal(err)
		}
		cs, err := compiledOnce(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := cs.GetNbConstraints(); got != want {
			t.Errorf("%s: %d gates, want %d", name, got, want)
		}
		if got := cs.GetNbPublicVariables(); got != statement.NbInputs {
			t.Errorf("%s: %d public inputs, want %d", name, got, statement.NbInputs)
		}
		if got := len(cs.GetCommitments().CommitmentIndexes()); got != 0 {
			t.Errorf("%s: %d commitments, want none", name, got)
		}
	}
}

// A call is what a hint was asked. The solver calls hints in no fixed order, so what was
// asked is the call's name.
type call struct {
	hint    string // its name
	in      string
	outputs int
}

// callsOf records the hints' calls while a token's assignment is solved.
func callsOf(t *testing.T, id statement.CircuitID, assignment frontend.Circuit) []call {
	t.Helper()
	var mu sync.Mutex
	var calls []call
	var options []solver.Option
	for _, hint := range circuittest.Hints() { // gnark's own differ between its builders
		options = append(options, overrides(hint, func(field *big.Int, in, out []*big.Int) error {
			mu.Lock()
			calls = append(calls, call{hint.Name, fmt.Sprint(in), len(out)})
			mu.Unlock()
			return hint.Func(field, in, out)
		})...)
	}
	if err := solveCompiled(id, assignment, options...); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(calls, func(a, b call) int {
		return cmp.Or(strings.Compare(a.hint, b.hint), strings.Compare(a.in, b.in), a.outputs-b.outputs)
	})
	return slices.Compact(calls)
}

// lieAt adds one to an output of a call.
func (c call) lieAt(output int) []solver.Option {
	honest := circuittest.HintNamed(c.hint[strings.LastIndex(c.hint, "/")+1:])
	return overrides(honest, func(field *big.Int, in, out []*big.Int) error {
		err := honest.Func(field, in, out)
		if len(out) == c.outputs && fmt.Sprint(in) == c.in {
			out[output].Add(out[output], big.NewInt(1))
		}
		return err
	})
}

// overrides answers a hint by f, whatever id the circuit asks it by.
func overrides(h circuittest.Hint, f solver.Hint) []solver.Option {
	var options []solver.Option
	for _, id := range h.IDs() {
		options = append(options, solver.OverrideHint(id, f))
	}
	return options
}

// refuseAlike lies in every step-th output of all hints' calls, and expects both constraint
// systems of a circuit to say the same of it.
func refuseAlike(t *testing.T, step int) {
	t.Helper()
	r := forge(t, fox(t, rootSmall, 42))
	calls := callsOf(t, rootSmall, r.Assignment)
	if other := callsOf(t, rootSmallPlonk, r.Assignment); !slices.Equal(calls, other) {
		t.Fatalf("the two constraint systems ask their hints %d and %d different things", len(calls), len(other))
	}
	n, refused := 0, 0
	for _, c := range calls {
		for output := range c.outputs {
			if n++; n%step != 0 && output != 0 && output != c.outputs-1 {
				continue
			}
			lie := c.lieAt(output)
			inR1CS, inPlonk := solveCompiled(rootSmall, r.Assignment, lie...), solveCompiled(rootSmallPlonk, r.Assignment, lie...)
			if (inR1CS == nil) != (inPlonk == nil) {
				t.Errorf("hint %s, output %d: R1CS says %v, PLONK %v", c.hint, output, inR1CS, inPlonk)
			}
			if inPlonk != nil {
				refused++
			}
		}
	}
	if refused == 0 {
		t.Error("no lie is refused")
	}
}

func TestPlonk_RefusesLyingHintsAsR1CSDoes(t *testing.T) { refuseAlike(t, 97) }
