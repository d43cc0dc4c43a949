package hint

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/test"

	bn254 "github.com/consensys/gnark/constraint/bn254"
)

var field = ecc.BN254.ScalarField()

func moved(_ *big.Int, in, out []*big.Int) error { out[0].Lsh(in[0], 1); return nil }

func stayed(_ *big.Int, in, out []*big.Int) error { out[0].Rsh(in[0], 1); return nil }

func init() {
	Register("old.moved", moved)
	solver.RegisterHint(stayed)
}

// halved says that B is 2·A and A is 2·C, by hints.
type halved struct{ A, B, C frontend.Variable }

func (c *halved) Define(api frontend.API) error {
	twice, err := api.Compiler().NewHint(moved, 1, c.A)
	if err != nil {
		return err
	}
	half, err := api.Compiler().NewHint(stayed, 1, api.Add(c.A, 0))
	if err != nil {
		return err
	}
	api.AssertIsEqual(twice[0], c.B)
	api.AssertIsEqual(half[0], c.C)
	return nil
}

var builders = map[string]frontend.NewBuilder{"R1CS": r1cs.NewBuilder[constraint.U64], "PLONK": scs.NewBuilder[constraint.U64]}

func renamed(t *testing.T, builder frontend.NewBuilder) *bn254.R1CS {
	t.Helper()
	cs, err := frontend.Compile(field, builder, &halved{})
	if err != nil {
		t.Fatal(err)
	}
	if err := Rename(cs); err != nil {
		t.Fatal(err)
	}
	return cs.(*bn254.R1CS)
}

func TestIDOf_IsGnarks(t *testing.T) {
	for _, f := range []solver.Hint{moved, stayed} {
		if got, want := idOf(solver.GetHintName(f)), solver.GetHintID(f); got != want {
			t.Errorf("the id is %d, gnark's %d", got, want)
		}
	}
}

func TestRename_LeavesTheSystemSolvable(t *testing.T) {
	for kind, builder := range builders {
		cs := renamed(t, builder)
		for b, want := range map[int]bool{84: true, 85: false} {
			w, err := frontend.NewWitness(&halved{A: 42, B: b, C: 21}, field)
			if err != nil {
				t.Fatal(err)
			}
			if got := cs.IsSolved(w) == nil; got != want {
				t.Errorf("%s: twice 42 is %d: %v", kind, b, got)
			}
		}
		// The solver asks the name that is kept, no other.
		w, _ := frontend.NewWitness(&halved{A: 42, B: 84, C: 21}, field)
		lie := func(_ *big.Int, _, out []*big.Int) error { out[0].SetUint64(7); return nil }
		if cs.IsSolved(w, solver.OverrideHint(solver.GetHintID(moved), lie)) != nil {
			t.Errorf("%s: the function's own name is asked", kind)
		}
		if cs.IsSolved(w, solver.OverrideHint(idOf(prefix+"old.moved"), lie)) == nil {
			t.Errorf("%s: the kept name is not asked", kind)
		}
	}
	if err := test.IsSolved(&halved{}, &halved{A: 42, B: 84, C: 21}, field); err != nil {
		t.Error(err)
	}
}

func TestRename_WritesKeptNamesAlone(t *testing.T) {
	for kind, builder := range builders {
		cs := renamed(t, builder)
		want := map[solver.HintID]string{idOf(prefix + "old.moved"): prefix + "old.moved", solver.GetHintID(stayed): solver.GetHintName(stayed)}
		for id, name := range want {
			if cs.MHintsDependencies[id] != name || len(cs.MHintsDependencies) != len(want) {
				t.Errorf("%s: the system names its hints %v, want %v", kind, cs.MHintsDependencies, want)
			}
		}
		var once, twice bytes.Buffer
		if _, err := cs.WriteTo(&once); err != nil {
			t.Fatal(err)
		}
		if err := Rename(cs); err != nil {
			t.Fatal(err)
		}
		if _, err := cs.WriteTo(&twice); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Errorf("%s: renaming twice is not renaming once, error %v", kind, err)
		}
	}
}

func TestRegister_RefusesANameTwice(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Register("old.moved", stayed)
}

func TestRename_RefusesOtherFields(t *testing.T) {
	if Rename(nil) == nil {
		t.Error("no system: no error")
	}
}
