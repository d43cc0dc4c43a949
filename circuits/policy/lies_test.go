package policy

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// Values that no number of a slot may have.
var (
	twoTo64  = new(big.Int).Lsh(big.NewInt(1), 64)
	twoTo65  = new(big.Int).Lsh(big.NewInt(1), 65)
	minusOne = new(big.Int).Sub(ecc.BN254.ScalarField(), big.NewInt(1))
)

var absent = attribute.SlotVar{Value: 0, Present: 0}

func holding(value any) attribute.SlotVar { return attribute.SlotVar{Value: value, Present: 1} }

func code(slot int, op Op, negate, end bool) uint64 {
	return Literal{Slot: slot, Op: op, Negate: negate}.word(end)
}

const reserved = Op(3)

// A falsehood is a scenario with no proof. It names the function whose row refuses it
// when every hint tells the truth; exactly one does.
type falsehood struct {
	scenario
	owner string
}

var falsehoods = []falsehood{
	{scenario{name: "value 2^64 in a numeric slot", mask: 1,
		words: [2]uint64{code(1, Equals, false, false), code(1, Equals, false, false)},
		slots: [2]attribute.SlotVar{holding(twoTo64), holding(4)}}, "newTableVar"},
	{scenario{name: "value r-1 in a numeric slot", mask: 2,
		words: [2]uint64{code(1, Equals, false, false), code(1, Equals, false, false)},
		slots: [2]attribute.SlotVar{holding(4), holding(minusOne)}}, "newTableVar"},
	{scenario{name: "mask with a bit beyond the slots", mask: 4, slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "NewJudge/Decompose"},
	{scenario{name: "mask without the slot that is compared", mask: 2,
		words: [2]uint64{code(0, Less, false, true)}, operands: [2]any{9, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.holds"},
	{scenario{name: "less on an absent slot that is not numeric", mask: 2,
		words: [2]uint64{code(0, Less, false, false)}, operands: [2]any{9, 0},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "literalVar.holds"},
	{scenario{name: "less on a slot that is not numeric, in the last word",
		words: [2]uint64{0, code(1, Less, false, false)}, operands: [2]any{0, 9},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.holds"},
	{scenario{name: "reserved operator", mask: 1,
		words: [2]uint64{code(0, reserved, false, false)}, operands: [2]any{9, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.holds"},
	{scenario{name: "reserved operator in the last word", mask: 3,
		words: [2]uint64{0, code(1, reserved, false, false)}, operands: [2]any{0, 9},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.holds"},
	{scenario{name: "value not less", mask: 1,
		words: [2]uint64{code(0, Less, false, true)}, operands: [2]any{4, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "value less, negated", mask: 1,
		words: [2]uint64{code(0, Less, true, true)}, operands: [2]any{5, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "value not less, in the last word", mask: 2,
		words: [2]uint64{code(0, Equals, false, false), code(1, Less, false, true)}, operands: [2]any{7, 4},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "value not less by 2^64-1", mask: 1,
		words: [2]uint64{code(0, Less, false, true)}, operands: [2]any{0, 0},
		slots: [2]attribute.SlotVar{holding(uint64(1<<64 - 1)), holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "operand above by more than 2^64", mask: 1,
		words: [2]uint64{code(0, Less, false, false)}, operands: [2]any{twoTo65, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "operand above by more than 2^64, in the last word", mask: 1,
		words: [2]uint64{0, code(0, Less, true, false)}, operands: [2]any{0, twoTo65},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "operand above by 2^64 and 1", mask: 1,
		words: [2]uint64{code(0, Less, false, false)}, operands: [2]any{new(big.Int).Add(twoTo64, big.NewInt(1)), 0},
		slots: [2]attribute.SlotVar{holding(0), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "operand above by 2^64 and 1, in the last word", mask: 1,
		words: [2]uint64{0, code(0, Less, true, false)}, operands: [2]any{0, new(big.Int).Add(twoTo64, big.NewInt(1))},
		slots: [2]attribute.SlotVar{holding(0), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "operand below by 2^64", mask: 1,
		words: [2]uint64{code(0, Less, true, false)}, operands: [2]any{new(big.Int).Sub(minusOne, twoTo64), 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "value not equal",
		words: [2]uint64{code(0, Equals, false, true)}, operands: [2]any{5, 0},
		slots: [2]attribute.SlotVar{holding(minusOne), holding(5)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "value not equal, in the last word",
		words: [2]uint64{0, code(1, Equals, false, true)}, operands: [2]any{5, 6},
		slots: [2]attribute.SlotVar{holding(4), holding(5)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "value equal, negated",
		words: [2]uint64{code(0, Equals, true, true)}, operands: [2]any{minusOne, 0},
		slots: [2]attribute.SlotVar{holding(minusOne), holding(5)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "value equal, negated, in the last word",
		words: [2]uint64{code(0, Equals, false, false), code(1, Equals, true, true)}, operands: [2]any{5, 6},
		slots: [2]attribute.SlotVar{holding(4), holding(6)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "second clause false", mask: 3,
		words: [2]uint64{code(0, Less, false, true), code(1, Present, true, true)}, operands: [2]any{9, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "absent slot present",
		words: [2]uint64{code(0, Present, false, true), code(1, Present, false, false)},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "absent slot unequal",
		words: [2]uint64{code(0, Equals, true, true)}, operands: [2]any{5, 0},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "absent slot not less", mask: 1,
		words: [2]uint64{code(0, Less, true, true)}, operands: [2]any{0, 0},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "AssertSatisfied/AssertProduct"},
	{scenario{name: "absent slot unequal, in the last word",
		words: [2]uint64{code(0, Equals, false, false), code(1, Equals, true, true)}, operands: [2]any{5, 5},
		slots: [2]attribute.SlotVar{holding(4), absent}}, "AssertSatisfied/AssertProduct"},
}

// beyond are falsehoods with bits in the code that a program of two slots does not
// define. The last literal is true, also as less: see borrow.
func beyond() []falsehood {
	var rows []falsehood
	for _, set := range [][]int{{1}, {2}, {3}, {4}, {4, 5}, {11}, {12}, {13}, {14}, {14, 15}, {20}, {252}} {
		rows = append(rows, falsehood{scenario{name: fmt.Sprintf("bits %v of the code", set), mask: 3, beyond: set,
			words: [2]uint64{0, code(1, Equals, true, true)}, operands: [2]any{0, 3},
			slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "splitCode"})
	}
	return rows
}

func init() {
	falsehoods = append(falsehoods, beyond()...)
	for i := range falsehoods {
		for j, operand := range falsehoods[i].operands {
			if operand == nil {
				falsehoods[i].operands[j] = 0
			}
		}
	}
}

func TestAssertSatisfied_RejectsLie(t *testing.T) {
	c := circuittest.New(newTinyCircuit())
	for _, row := range falsehoods {
		c.AssertRefused(t, row.name, row.assignment(), []string{row.owner})
	}
}
