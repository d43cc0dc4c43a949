package circuittest

import (
	"testing"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
)

// A System is a compiled circuit, solved by gnark itself.
type System struct {
	kind   string // for messages
	system constraint.ConstraintSystem
}

// R1CS returns the circuit compiled for Groth16, no linear form cut in pieces.
func (c *Circuit) R1CS(t testing.TB) *System {
	t.Helper()
	return c.compile(t, 0, "R1CS", r1cs.NewBuilder)
}

// Plonk returns the circuit compiled for PLONK.
func (c *Circuit) Plonk(t testing.TB) *System {
	t.Helper()
	return c.compile(t, 1, "PLONK", scs.NewBuilder)
}

func (c *Circuit) compile(t testing.TB, i int, kind string, builder frontend.NewBuilder) *System {
	t.Helper()
	if c.systems[i] == nil {
		system, err := c.Compile(builder)
		if err != nil {
			t.Fatal(err)
		}
		c.systems[i] = Compiled(kind, system)
	}
	return c.systems[i]
}

// compiled returns the systems that take part in verdicts.
func (c *Circuit) compiled(t testing.TB) []*System {
	t.Helper()
	if c.noPlonk {
		return []*System{c.R1CS(t)}
	}
	return []*System{c.R1CS(t), c.Plonk(t)}
}

// Use takes a system that is already compiled instead of compiling one of its kind.
func (c *Circuit) Use(s *System) *Circuit {
	c.systems[map[string]int{"R1CS": 0, "PLONK": 1}[s.kind]] = s
	return c
}

// Compile compiles the circuit over BN254's scalar field with gnark's compress threshold at
// 0, as the circuits of the product are. It is for tests that look at the system itself, or
// at the error.
func (c *Circuit) Compile(builder frontend.NewBuilder) (constraint.ConstraintSystem, error) {
	options := []frontend.CompileOption{frontend.WithCompressThreshold(0)}
	if c.partial {
		options = append(options, frontend.IgnoreUnconstrainedInputs())
	}
	return frontend.Compile(field, builder, c.placeholder, options...)
}

// Compiled wraps a constraint system; kind is "R1CS" or "PLONK".
func Compiled(kind string, system constraint.ConstraintSystem) *System { return &System{kind, system} }

// Rows returns the number of rows of an R1CS, of gates in PLONK.
func (s *System) Rows() int { return s.system.GetNbConstraints() }

// Solve runs gnark's solver. A malformed assignment is fatal, not a refusal.
func (s *System) Solve(t testing.TB, assignment frontend.Circuit, lies ...Lie) error {
	t.Helper()
	w, err := frontend.NewWitness(assignment, field)
	if err != nil {
		t.Fatalf("the assignment is malformed: %v", err)
	}
	var options []solver.Option
	for _, l := range lies {
		options = append(options, l.solver())
	}
	return s.system.IsSolved(w, options...)
}
