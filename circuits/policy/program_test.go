package policy

import (
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// example is a valid program of the small size: slots 0 to 3 are numeric.
func example() *Program {
	return &Program{
		Schema:  fr.NewElement(7),
		Numeric: []bool{true, true, true, true, false, false, false, false},
		Clauses: [][]Literal{
			{{Slot: 0, Op: Less, Operand: fr.NewElement(18)}, {Slot: 4, Op: Equals, Negate: true, Operand: fr.NewElement(5)}},
			{{Slot: 7, Op: Present}},
		},
	}
}

func TestValidate_RefusesWhatHasNoCode(t *testing.T) {
	size := statement.Small
	wide := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), 64))
	for name, row := range map[string]struct {
		change func(p *Program)
		why    string
	}{
		"mask of 7 slots":       {func(p *Program) { p.Numeric = p.Numeric[1:] }, "has 7 slots, want 8"},
		"no mask":               {func(p *Program) { p.Numeric = nil }, "has 0 slots, want 8"},
		"empty clause":          {func(p *Program) { p.Clauses[1] = nil }, "clause 2 has no literals"},
		"slot -1":               {func(p *Program) { p.Clauses[0][0].Slot = -1 }, "clause 1, literal 1: slot -1"},
		"slot 8":                {func(p *Program) { p.Clauses[0][1].Slot = 8 }, "clause 1, literal 2: slot 8"},
		"slot 2^62":             {func(p *Program) { p.Clauses[0][1].Slot = 1 << 62 }, "clause 1, literal 2: slot"},
		"reserved operator":     {func(p *Program) { p.Clauses[0][0].Op = 3 }, "operator 3"},
		"operator 255":          {func(p *Program) { p.Clauses[0][0].Op = 255 }, "operator 255"},
		"less on a text":        {func(p *Program) { p.Clauses[0][0].Slot = 5 }, "slot 5, which is not numeric"},
		"less than 2^64":        {func(p *Program) { p.Clauses[0][0].Operand = *wide }, "operand of less"},
		"less than r-1":         {func(p *Program) { p.Clauses[0][0].Operand.SetInt64(-1) }, "operand of less"},
		"present of an operand": {func(p *Program) { p.Clauses[1][0].Operand.SetOne() }, "present has an operand"},
		"9 literals": {func(p *Program) {
			for range 6 {
				p.Clauses = append(p.Clauses, []Literal{{Op: Present}})
			}
		}, "9 literals, size small holds 8"},
	} {
		p := example()
		if err := p.Validate(size); err != nil {
			t.Fatal(err)
		}
		row.change(p)
		err := p.Validate(size)
		if err == nil || !strings.Contains(err.Error(), row.why) {
			t.Errorf("%s: error %v does not say %q", name, err, row.why)
		}
		if _, err := p.Commitment(size); err == nil {
			t.Errorf("%s: has a commitment", name)
		}
		if _, err := ValueOf(p, size); err == nil {
			t.Errorf("%s: has an assignment", name)
		}
	}
}

func TestProgram_CodeIsAsSpecified(t *testing.T) {
	p := &Program{Schema: fr.NewElement(7), Numeric: make([]bool, statement.Standard.Slots())}
	p.Numeric[0], p.Numeric[15] = true, true
	for range 12 {
		p.Clauses = append(p.Clauses, []Literal{{Slot: 15, Op: Less, Operand: fr.NewElement(3)}, {Slot: 4, Negate: true}})
	}
	p.Clauses = append(p.Clauses, []Literal{{Slot: 15, Op: Present, Negate: true}}, []Literal{{Slot: 5}, {Slot: 0, Op: Less, Negate: true}})
	v, err := ValueOf(p, statement.Standard)
	if err != nil {
		t.Fatal(err)
	}
	var want [2]big.Int
	for i := range 12 {
		want[0].Or(&want[0], new(big.Int).Lsh(big.NewInt(15|1<<6), uint(20*i)))
		want[0].Or(&want[0], new(big.Int).Lsh(big.NewInt(4|1<<8|1<<9), uint(20*i+10)))
	}
	want[0].Or(&want[0], new(big.Int).Lsh(big.NewInt(15|2<<6|1<<8|1<<9), 24*10))
	want[1].SetUint64(5 | (0|1<<6|1<<8|1<<9)<<10)
	for k := range want {
		got := v.Code[k].(fr.Element)
		if got.BigInt(new(big.Int)).Cmp(&want[k]) != 0 {
			t.Errorf("code element %d is %s, want %s", k, got.String(), want[k].String())
		}
	}
	if got, mask := v.Numeric.(fr.Element), fr.NewElement(1|1<<15); !got.Equal(&mask) {
		t.Errorf("numeric mask is %s", got.String())
	}
	if operand, three := v.Operands[22].(fr.Element), fr.NewElement(3); !operand.Equal(&three) || len(v.Operands) != 32 {
		t.Errorf("operand 22 of %d is %s", len(v.Operands), operand.String())
	}
}

func TestCommitment_ChangesWithEveryPart(t *testing.T) {
	size := statement.Small
	seen := map[fr.Element]string{}
	for name, change := range map[string]func(p *Program){
		"nothing":       func(*Program) {},
		"schema":        func(p *Program) { p.Schema.SetOne() },
		"mask":          func(p *Program) { p.Numeric[5] = true },
		"slot":          func(p *Program) { p.Clauses[0][1].Slot = 5 },
		"operator":      func(p *Program) { p.Clauses[0][0].Op = Equals },
		"negation":      func(p *Program) { p.Clauses[0][0].Negate = true },
		"operand":       func(p *Program) { p.Clauses[0][0].Operand.SetUint64(19) },
		"clauses apart": func(p *Program) { p.Clauses = [][]Literal{p.Clauses[0][:1], p.Clauses[0][1:], p.Clauses[1]} },
		"clauses as one": func(p *Program) {
			p.Clauses = [][]Literal{append(p.Clauses[0], p.Clauses[1]...)}
		},
		"a clause less": func(p *Program) { p.Clauses = p.Clauses[:1] },
	} {
		p := example()
		change(p)
		c, err := p.Commitment(size)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if other, ok := seen[c]; ok {
			t.Errorf("changing %s and %s gives one commitment", name, other)
		}
		seen[c] = name
	}
}

func TestEval_NamesFirstFailedClause(t *testing.T) {
	p := example()
	slots := make([]attribute.Slot, 8)
	slots[0], slots[7] = attribute.OfUint(17), attribute.OfUint(0)
	for _, row := range []struct {
		name   string
		change func()
		want   bool
		clause int
	}{
		{"all hold", func() {}, true, -1},
		{"first fails", func() { slots[0] = attribute.OfUint(18) }, false, 0},
		{"other literal of the first", func() { slots[4] = attribute.OfUint(6) }, true, -1},
		{"second fails", func() { slots[7] = attribute.Slot{} }, false, 1},
		{"both fail", func() { slots[4] = attribute.OfUint(5) }, false, 0},
	} {
		row.change()
		if got, clause := p.Eval(slots); got != row.want || clause != row.clause {
			t.Errorf("%s: %v, clause %d", row.name, got, clause)
		}
	}
	if got, clause := (&Program{Numeric: make([]bool, 8)}).Eval(slots); !got || clause != -1 {
		t.Errorf("a program of no clauses: %v, clause %d", got, clause)
	}
}

func TestEval_RefusesSlotsWithoutProof(t *testing.T) {
	wide := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), 64))
	minusOne := new(fr.Element).SetInt64(-1)
	for name, change := range map[string]func(slots []attribute.Slot) []attribute.Slot{
		"7 slots": func(s []attribute.Slot) []attribute.Slot { return s[1:] },
		"9 slots": func(s []attribute.Slot) []attribute.Slot { return append(s, attribute.Slot{}) },
		"2^64 in slot 3": func(s []attribute.Slot) []attribute.Slot {
			s[3] = attribute.Slot{Value: *wide, Present: true}
			return s
		},
		"r-1 in slot 0": func(s []attribute.Slot) []attribute.Slot {
			s[0] = attribute.Slot{Value: *minusOne, Present: true}
			return s
		},
		"absent with a value": func(s []attribute.Slot) []attribute.Slot { s[6].Value.SetOne(); return s },
		"a text where numbers": func(s []attribute.Slot) []attribute.Slot {
			s[1].Value = attribute.TextHash("Laser")
			s[1].Present = true
			return s
		},
	} {
		p := &Program{Numeric: example().Numeric}
		slots := change(make([]attribute.Slot, 8))
		if p.CheckSlots(slots) == nil {
			t.Errorf("%s: slots are fine", name)
		}
		if got, clause := p.Eval(slots); got || clause != -1 {
			t.Errorf("%s: %v, clause %d", name, got, clause)
		}
	}
}

func TestEval_PanicsOnInvalidProgram(t *testing.T) {
	for name, l := range map[string]Literal{
		"reserved operator": {Op: 3}, "less on a text": {Slot: 5, Op: Less}, "slot 8": {Slot: 8}, "slot -1": {Slot: -1},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			p := example()
			p.Clauses[0] = []Literal{l}
			p.Eval(make([]attribute.Slot, 8))
		}()
	}
}
