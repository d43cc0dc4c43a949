package policy

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// commit returns the commitment to a program of any values, by the native hash.
func commit(p ProgramVar) fr.Element {
	var in []fr.Element
	for _, v := range append(append([]frontend.Variable{p.Schema, p.Numeric}, p.Code...), p.Operands...) {
		var e fr.Element
		if _, err := e.SetInterface(v); err != nil {
			panic(err)
		}
		in = append(in, e)
	}
	return poseidon.Hash(poseidon.Policy, in...)
}

// policyAssignment is the scenario in the whole gadget, with its own commitment.
func (s scenario) policyAssignment() *policyCircuit {
	c := s.assignment()
	return &policyCircuit{Commitment: commit(c.Program), Program: c.Program, Slots: c.Slots}
}

// lyingHints answer in every way that is wrong somewhere.
var lyingHints = map[string]solver.Hint{
	"0": func(_ *big.Int, _, out []*big.Int) error { return fill(out, big.NewInt(0)) },
	"1": func(_ *big.Int, _, out []*big.Int) error { return fill(out, big.NewInt(1)) },
	"2": func(_ *big.Int, _, out []*big.Int) error { return fill(out, big.NewInt(2)) },
	"-1": func(field *big.Int, _, out []*big.Int) error {
		return fill(out, new(big.Int).Sub(field, big.NewInt(1)))
	},
	"the bits of the input and the field's modulus": func(field *big.Int, in, out []*big.Int) error {
		aliased := new(big.Int).Add(in[0], field)
		for i := range out {
			out[i].SetUint64(uint64(aliased.Bit(i)))
		}
		return nil
	},
	"the turned bits of the input": func(_ *big.Int, in, out []*big.Int) error {
		for i := range out {
			out[i].SetUint64(uint64(1 - in[0].Bit(i)))
		}
		return nil
	},
}

// hints are those of the gadget, bits' own among them.
func hints() []circuittest.Hint {
	return []circuittest.Hint{circuittest.HintNamed("bits.bitsHint"), circuittest.HintNamed("policy.quotientHint")}
}

func fill(out []*big.Int, v *big.Int) error {
	for i := range out {
		out[i].Set(v)
	}
	return nil
}

func TestAssertSatisfied_RejectsLieWithLyingHints(t *testing.T) {
	for _, row := range falsehoods {
		if solve(tiny, row.policyAssignment()) == nil {
			t.Errorf("%s was accepted", row.name)
		}
		for lie, f := range lyingHints {
			for _, hint := range hints() {
				if solve(tiny, row.policyAssignment(), circuittest.Replace(hint, f)) == nil {
					t.Errorf("%s was accepted when %s answers %s", row.name, hint.Name, lie)
				}
			}
		}
	}
}

// Whatever the hints say of a true statement, no other verdict comes out of it: negating
// the only literal has no proof.
func TestAssertSatisfied_HasOneVerdict(t *testing.T) {
	operands := []any{0, 3, 4, 5, uint64(1<<64 - 1), twoTo64, minusOne, new(big.Int).Sub(minusOne, big.NewInt(1<<62))}
	for _, op := range []Op{Equals, Less, Present} {
		for _, operand := range operands {
			for _, slot := range []attribute.SlotVar{holding(4), holding(0), holding(uint64(1<<64 - 1)), absent} {
				accepted := 0
				for _, negate := range []bool{false, true} {
					s := scenario{name: "verdict", mask: 1, words: [2]uint64{code(0, op, negate, true)},
						operands: [2]any{operand, 0}, slots: [2]attribute.SlotVar{slot, holding(4)}}
					if acceptedBySomeHint(s) {
						accepted++
					}
				}
				if want := 1; slot != absent && accepted > want {
					t.Errorf("%v of operand %v over %v: both verdicts have a proof", op, operand, slot.Value)
				}
				if slot == absent && op != Present && accepted > 0 {
					t.Errorf("%v of operand %v over an absent slot has a proof", op, operand)
				}
			}
		}
	}
}

func acceptedBySomeHint(s scenario) bool {
	if solve(tiny, s.policyAssignment()) == nil {
		return true
	}
	for _, f := range lyingHints {
		for _, hint := range hints() {
			if solve(tiny, s.policyAssignment(), circuittest.Replace(hint, f)) == nil {
				return true
			}
		}
	}
	return false
}

// The program that is evaluated is the committed one: each row changes it alone, to one
// that the slots do satisfy, under the commitment of one that they do not.
func TestCommitmentVar_BindsProgram(t *testing.T) {
	unsatisfied := scenario{mask: 1, words: [2]uint64{code(0, Less, false, true), code(1, Present, false, true)},
		operands: [2]any{4, 0}, slots: [2]attribute.SlotVar{holding(4), holding(5)}}
	with := func(first, second uint64) func(p *ProgramVar) {
		return func(p *ProgramVar) { p.Code[0] = first | second<<wordBits }
	}
	present, circuit := code(1, Present, false, true), circuittest.New(placeholder(tiny))
	for name, change := range map[string]func(p *ProgramVar){
		"operand changed":       func(p *ProgramVar) { p.Operands[0] = 5 },
		"end of clause omitted": with(code(0, Less, false, false), present),
		"literal negated":       with(code(0, Less, true, true), present),
		"operator changed":      with(code(0, Equals, false, true), present),
		"another slot":          with(code(1, Equals, true, true), present),
		"clause left out":       with(0, present),
	} {
		c := unsatisfied.policyAssignment()
		if solve(tiny, c) == nil {
			t.Fatal("the slots do satisfy the program")
		}
		committed := c.Commitment
		change(&c.Program)
		c.Commitment = commit(c.Program)
		if err := solve(tiny, c); err != nil {
			t.Errorf("%s: refused by itself: %v", name, err)
		}
		c.Commitment = committed
		circuit.AssertRefused(t, name+", under another program's commitment", c, []string{"Define/AssertIsEqual"})
	}
}

// The schema and the mask are part of the commitment, though nothing else may ask for them.
func TestCommitmentVar_BindsSchemaAndMask(t *testing.T) {
	s := scenario{mask: 1, operands: [2]any{0, 0}, slots: [2]attribute.SlotVar{holding(4), holding(5)}}
	circuit := circuittest.New(placeholder(tiny))
	for name, change := range map[string]func(p *ProgramVar){
		"schema": func(p *ProgramVar) { p.Schema = 2 },
		"mask":   func(p *ProgramVar) { p.Numeric = 3 },
	} {
		c := s.policyAssignment()
		circuit.AssertAccepted(t, "the committed one", c)
		change(&c.Program)
		circuit.AssertRefused(t, "another "+name, c, []string{"Define/AssertIsEqual"})
	}
}

// Bits of the code that a size does not define: slot indices beyond its slots, and what
// is above the last word. The program is otherwise empty, which everything satisfies.
func TestAssertSatisfied_RejectsUndefinedBits(t *testing.T) {
	for _, size := range slices.Concat(judgeSizes, sizes) {
		elements := nbCode(size.Literals)
		lastWord := (size.Literals - 1) % wordsPerElement * wordBits
		// What is above lands in the last bit of the split, which ends a clause.
		above := []string{"splitCode/Decompose", "AssertSatisfied/AssertProduct"}
		undefined := map[[2]int][]string{{elements - 1, lastWord + wordBits}: above, {elements - 1, 252}: above}
		for bit := indexBits(size.Slots()); bit < slotBits; bit++ {
			undefined[[2]int{0, bit}] = []string{"splitCode/AssertIsEqual"}
			undefined[[2]int{elements - 1, lastWord + bit}] = []string{"splitCode/AssertIsEqual"}
		}
		if elements > 1 {
			undefined[[2]int{0, wordsPerElement * wordBits}], undefined[[2]int{0, 253}] = above, above
		}
		slots := make([]attribute.Slot, size.Slots())
		empty := &Program{Numeric: make([]bool, size.Slots())}
		circuit := circuittest.New(placeholder(size))
		circuit.AssertAccepted(t, size.Name+": the empty program", assignment(t, size, empty, slots))
		for place, owners := range undefined {
			c := assignment(t, size, empty, slots)
			c.Program.Code[place[0]] = new(big.Int).Lsh(big.NewInt(1), uint(place[1]))
			c.Commitment = commit(c.Program)
			circuit.AssertRefused(t, fmt.Sprintf("%s: bit %d of code element %d", size.Name, place[1], place[0]), c, owners)
		}
	}
}

func TestAssertSatisfied_RefusesOtherShapes(t *testing.T) {
	for name, row := range map[string]struct {
		size   statement.Size
		change func(c *policyCircuit)
	}{
		"slots missing":    {tiny, func(c *policyCircuit) { c.Slots = c.Slots[1:] }},
		"operands missing": {tiny, func(c *policyCircuit) { c.Program.Operands = c.Program.Operands[1:] }},
		"code missing":     {statement.Standard, func(c *policyCircuit) { c.Program.Code = c.Program.Code[1:] }},
		"65 slots":         {statement.Size{Name: "wide", Layers: 65, Literals: 1}, func(*policyCircuit) {}},
		"no slots":         {statement.Size{Name: "empty", Literals: 1}, func(*policyCircuit) {}},
		"no literals":      {statement.Size{Name: "mute", Layers: 1}, func(*policyCircuit) {}},
	} {
		c := placeholder(row.size)
		row.change(c)
		_, err := circuittest.New(&definition{*c, func(api frontend.API, c *policyCircuit) error {
			return AssertSatisfied(api, row.size, c.Program, c.Slots)
		}}).Partial().Compile(r1cs.NewBuilder[constraint.U64])
		if err == nil || !strings.Contains(err.Error(), "policy: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
