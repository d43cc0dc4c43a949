package policy

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

func TestIDs_Validate(t *testing.T) {
	for _, c := range []struct {
		ids IDs
		ok  bool
	}{
		{IDs{0, 1}, true}, {IDs{1, 10000}, true}, {IDs{MaxID, 1}, true}, {IDs{0, MaxID + 1}, true}, {IDs{1, MaxID}, true},
		{IDs{0, 0}, false}, {IDs{7, 0}, false}, {IDs{MaxID, 2}, false}, {IDs{MaxID + 1, 1}, false}, {IDs{2, MaxID}, false},
		{IDs{1<<64 - 1, 1<<64 - 1}, false}, {IDs{5, 1<<64 - 1}, false},
	} {
		if err := c.ids.Validate(); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c.ids, err)
		}
		if _, err := example().Drawn(statement.Small, c.ids); (err == nil) != c.ok {
			t.Errorf("commitment of %+v: %v", c.ids, err)
		}
	}
}

// rangeCircuit says that ID is one of the ids.
type rangeCircuit struct {
	IDs IDsVar
	ID  frontend.Variable
}

func (c *rangeCircuit) Define(api frontend.API) error {
	c.IDs.AssertContains(api, c.ID)
	return nil
}

func TestAssertContains_MatchesNative(t *testing.T) {
	c := circuittest.New(&rangeCircuit{})
	early, late := "AssertContains/Decompose", "assertBelow/Decompose"
	for _, ids := range []IDs{{0, 1}, {0, 10}, {1, 10000}, {MaxID, 1}, {5, MaxID - 4}} {
		for _, id := range []uint64{0, 1, ids.First - 1, ids.First, ids.First + 1, ids.Last(), ids.Last() + 1, MaxID, 1<<64 - 1} {
			name, w := fmt.Sprintf("%+v: %d", ids, id), &rangeCircuit{ValueOfIDs(ids), id}
			switch {
			case ids.Contains(id):
				c.AssertAccepted(t, name, w)
			case id < ids.First:
				c.AssertRefused(t, name, w, []string{early})
			default:
				c.AssertRefused(t, name, w, []string{late})
			}
		}
	}
	r := ecc.BN254.ScalarField()
	far := new(big.Int).Sub(r, big.NewInt(1<<40))
	c.AssertRefused(t, "far below zero", &rangeCircuit{ValueOfIDs(IDs{0, 10}), far}, []string{early})
	c.AssertRefused(t, "no supply", &rangeCircuit{IDsVar{7, 0}, 7}, []string{late})
	c.AssertRows(t, "AssertContains", 128)
}

// drawnCircuit binds a drawn drop's policy.
type drawnCircuit struct {
	Commitment frontend.Variable `gnark:",public"`
	Program    ProgramVar
	IDs        IDsVar
}

func (c *drawnCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Commitment, DrawnVar(api, c.Program, c.IDs))
	return nil
}

func TestDrawnVar_MatchesNative(t *testing.T) {
	for _, c := range []struct {
		size statement.Size
		rows int
	}{{statement.Small, 555}, {statement.Standard, 1665}, {statement.Large, 2775}} {
		circuit := circuittest.New(&drawnCircuit{Program: Placeholder(c.size)})
		circuit.AssertRows(t, c.size.Name, c.rows+1)
	}
	p, ids := example(), IDs{First: 5, Supply: 10000}
	circuit := circuittest.New(&drawnCircuit{Program: Placeholder(statement.Small)})
	honest := func() *drawnCircuit {
		program, err := ValueOf(p, statement.Small)
		if err != nil {
			t.Fatal(err)
		}
		commitment, err := p.Drawn(statement.Small, ids)
		if err != nil {
			t.Fatal(err)
		}
		return &drawnCircuit{commitment, program, ValueOfIDs(ids)}
	}
	circuit.AssertAccepted(t, "the truth", honest())
	deck, err := p.Commitment(statement.Small)
	if err != nil {
		t.Fatal(err)
	}
	for name, lie := range map[string]func(c *drawnCircuit){
		"another first id":    func(c *drawnCircuit) { c.IDs.First = 6 },
		"another supply":      func(c *drawnCircuit) { c.IDs.Supply = 10001 },
		"both exchanged":      func(c *drawnCircuit) { c.IDs = IDsVar{10000, 5} },
		"another schema":      func(c *drawnCircuit) { c.Program.Schema = 8 },
		"another mask":        func(c *drawnCircuit) { c.Program.Numeric = 7 },
		"another operand":     func(c *drawnCircuit) { c.Program.Operands[0] = 19 },
		"other code":          func(c *drawnCircuit) { c.Program.Code[0] = fr.NewElement(1) },
		"a deck's commitment": func(c *drawnCircuit) { c.Commitment = deck },
	} {
		c := honest()
		lie(c)
		circuit.AssertRefused(t, name, c, []string{"Define/AssertIsEqual"})
	}
}
