package rank1

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// productCircuit uses linear forms and a constant on every side.
type productCircuit struct {
	A, B, C frontend.Variable
}

func (c *productCircuit) Define(api frontend.API) error {
	AssertProduct(api, api.Add(c.A, c.B, 1), api.Sub(c.B, 3), api.Mul(c.C, 2))
	AssertProduct(api, c.A, api.Sub(c.B, c.B), 0)
	AssertProduct(api, api.Add(c.A, c.B), 2, api.Add(c.A, c.A, c.B, c.B))
	return nil
}

func TestAssertProduct_IsOneRow(t *testing.T) {
	c := circuittest.New(&productCircuit{})
	c.AssertRows(t, "three products", 3)
	if got := c.RecordAll(t, &productCircuit{A: 4, B: 5, C: 10}).Rows; got != 3 {
		t.Errorf("the recorder sees %d rows", got)
	}
	cs, err := c.Compile(r1cs.NewBuilder[constraint.U64])
	if err != nil {
		t.Fatal(err)
	}
	if got := cs.GetNbInternalVariables(); got != 0 {
		t.Errorf("three products made %d wires", got)
	}
}

// (a+b+1)(b-3) = 2c has one solution c.
var cases = []struct {
	a, b, c int
	holds   bool
}{{4, 5, 10, true}, {0, 3, 0, true}, {4, 5, 11, false}, {4, 5, -10, false}, {1, 1, -3, true}, {1, 1, 3, false}}

func TestAssertProduct_HoldsEverywhere(t *testing.T) {
	circuit := circuittest.New(&productCircuit{})
	for _, c := range cases {
		name, assignment := fmt.Sprintf("a=%d b=%d c=%d", c.a, c.b, c.c), &productCircuit{A: c.a, B: c.b, C: c.c}
		if circuit.Accepts(assignment) != c.holds {
			t.Errorf("%s: the engine says %v", name, !c.holds)
		}
		if c.holds {
			circuit.AssertAccepted(t, name, assignment)
		} else {
			circuit.AssertRefused(t, name, assignment, []string{"Define/AssertProduct"})
		}
	}
}
