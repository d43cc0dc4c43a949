package rank1

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/test"
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
	cs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &productCircuit{})
	if err != nil {
		t.Fatal(err)
	}
	if got := cs.GetNbConstraints(); got != 3 {
		t.Errorf("three products cost %d constraints", got)
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
	field := ecc.BN254.ScalarField()
	r1, err := frontend.Compile(field, r1cs.NewBuilder, &productCircuit{})
	if err != nil {
		t.Fatal(err)
	}
	sparse, err := frontend.Compile(field, scs.NewBuilder, &productCircuit{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		assignment := &productCircuit{A: c.a, B: c.b, C: c.c}
		w, err := frontend.NewWitness(assignment, field)
		if err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{
			"R1CS":   r1.IsSolved(w),
			"PLONK":  sparse.IsSolved(w),
			"engine": test.IsSolved(&productCircuit{}, assignment, field),
		} {
			if (err == nil) != c.holds {
				t.Errorf("%s: a=%d b=%d c=%d: accepted %v, want %v", name, c.a, c.b, c.c, err == nil, c.holds)
			}
		}
	}
}
