package policy

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
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

// falsehoods are scenarios with no proof. Each names the function whose rows refuse it
// when every hint tells the truth; exactly one row does.
var falsehoods = []struct {
	scenario
	owner string
}{
	{scenario{name: "value 2^64 in a numeric slot", mask: 1,
		words: [2]uint64{code(1, Equals, false, false), code(1, Equals, false, false)},
		slots: [2]attribute.SlotVar{holding(twoTo64), holding(4)}}, "newTableVar"},
	{scenario{name: "value r-1 in a numeric slot", mask: 2,
		words: [2]uint64{code(1, Equals, false, false), code(1, Equals, false, false)},
		slots: [2]attribute.SlotVar{holding(4), holding(minusOne)}}, "newTableVar"},
	{scenario{name: "mask with a bit beyond the slots", mask: 4, slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "newTableVar"},
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
	{scenario{name: "bit 1 of the slot index of a program of two slots", mask: 3, beyond: 1,
		words: [2]uint64{0, code(1, Present, false, true)},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "splitCode"},
	{scenario{name: "bit 4 of the slot index", mask: 3, beyond: 9 + 4,
		words: [2]uint64{0, code(1, Present, false, true)}, slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "splitCode"},
	{scenario{name: "bit beyond the last word", mask: 3, beyond: 2 * wordBits,
		words: [2]uint64{0, code(1, Present, false, true)}, slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "splitCode"},
	{scenario{name: "value not less", mask: 1,
		words: [2]uint64{code(0, Less, false, true)}, operands: [2]any{4, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied"},
	{scenario{name: "value less, negated", mask: 1,
		words: [2]uint64{code(0, Less, true, true)}, operands: [2]any{5, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied"},
	{scenario{name: "value not less, in the last word", mask: 2,
		words: [2]uint64{code(0, Equals, false, false), code(1, Less, false, true)}, operands: [2]any{7, 4},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied"},
	{scenario{name: "value not less by 2^64-1", mask: 1,
		words: [2]uint64{code(0, Less, false, true)}, operands: [2]any{0, 0},
		slots: [2]attribute.SlotVar{holding(uint64(1<<64 - 1)), holding(4)}}, "AssertSatisfied"},
	{scenario{name: "operand above by more than 2^64", mask: 1,
		words: [2]uint64{code(0, Less, false, false)}, operands: [2]any{twoTo65, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "operand above by more than 2^64, in the last word", mask: 1,
		words: [2]uint64{0, code(0, Less, true, false)}, operands: [2]any{0, twoTo65},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "operand below by 2^64", mask: 1,
		words: [2]uint64{code(0, Less, true, false)}, operands: [2]any{new(big.Int).Sub(minusOne, twoTo64), 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "literalVar.isLess"},
	{scenario{name: "value not equal",
		words: [2]uint64{code(0, Equals, false, true)}, operands: [2]any{5, 0},
		slots: [2]attribute.SlotVar{holding(minusOne), holding(5)}}, "AssertSatisfied"},
	{scenario{name: "value not equal, in the last word",
		words: [2]uint64{0, code(1, Equals, false, true)}, operands: [2]any{5, 6},
		slots: [2]attribute.SlotVar{holding(4), holding(5)}}, "AssertSatisfied"},
	{scenario{name: "value equal, negated",
		words: [2]uint64{code(0, Equals, true, true)}, operands: [2]any{minusOne, 0},
		slots: [2]attribute.SlotVar{holding(minusOne), holding(5)}}, "AssertSatisfied"},
	{scenario{name: "value equal, negated, in the last word",
		words: [2]uint64{code(0, Equals, false, false), code(1, Equals, true, true)}, operands: [2]any{5, 6},
		slots: [2]attribute.SlotVar{holding(4), holding(6)}}, "AssertSatisfied"},
	{scenario{name: "second clause false", mask: 3,
		words: [2]uint64{code(0, Less, false, true), code(1, Present, true, true)}, operands: [2]any{9, 0},
		slots: [2]attribute.SlotVar{holding(4), holding(4)}}, "AssertSatisfied"},
	{scenario{name: "absent slot present",
		words: [2]uint64{code(0, Present, false, true), code(1, Present, false, false)},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "AssertSatisfied"},
	{scenario{name: "absent slot unequal",
		words: [2]uint64{code(0, Equals, true, true)}, operands: [2]any{5, 0},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "AssertSatisfied"},
	{scenario{name: "absent slot not less", mask: 1,
		words: [2]uint64{code(0, Less, true, true)}, operands: [2]any{0, 0},
		slots: [2]attribute.SlotVar{absent, holding(4)}}, "AssertSatisfied"},
	{scenario{name: "absent slot unequal, in the last word",
		words: [2]uint64{code(0, Equals, false, false), code(1, Equals, true, true)}, operands: [2]any{5, 5},
		slots: [2]attribute.SlotVar{holding(4), absent}}, "AssertSatisfied"},
}

func init() {
	for i := range falsehoods {
		for j, operand := range falsehoods[i].operands {
			if operand == nil {
				falsehoods[i].operands[j] = 0
			}
		}
	}
}

func TestAssertSatisfied_RejectsLie(t *testing.T) {
	for _, row := range falsehoods {
		rec := record(t, row.scenario, truth)
		if len(rec.failed) != 1 {
			t.Errorf("%s: %d rows refuse it, want one", row.name, len(rec.failed))
			continue
		}
		if owner := rec.rows[rec.failed[0]]; owner != row.owner {
			t.Errorf("%s: refused by %s, want %s", row.name, owner, row.owner)
		}
	}
}

// Every row is needed: for each one there is a falsehood, told with the right lie, that
// no other row refuses. So leaving any row out would prove something false.
func TestAssertSatisfied_NeedsEveryRow(t *testing.T) {
	rows := record(t, falsehoods[0].scenario, truth).rows
	needed := map[int]bool{}
	try := func(s scenario, l lie) []int {
		rec := record(t, s, l)
		if len(rec.rows) != len(rows) {
			t.Fatal("the number of rows depends on values")
		}
		if len(rec.failed) == 0 {
			t.Fatalf("%s: accepted with lie %+v", s.name, l)
		}
		if len(rec.failed) == 1 {
			needed[rec.failed[0]] = true
		}
		return rec.failed
	}
	settled := map[[2]int]bool{}
	for _, row := range falsehoods {
		honest := record(t, row.scenario, truth)
		without := try(row.scenario, truth)
		for hint, nbOut := range honest.hints {
			for j := range nbOut {
				for top := int64(0); top < 2 && !settled[[2]int{hint, j}]; top++ {
					failed := try(row.scenario, lie{hint: hint, product: -1, change: carry(j, top)})
					settled[[2]int{hint, j}] = len(failed) == 1 && !slices.Equal(failed, without)
				}
			}
			try(row.scenario, lie{hint: hint, product: -1, change: func(_, out []*big.Int) { out[0].Sub(big.NewInt(1), out[0]) }})
			try(row.scenario, lie{hint: hint, product: -1, change: func(_, out []*big.Int) { out[0].SetInt64(0) }})
		}
		for product := range honest.products {
			for _, forge := range forgeries {
				try(row.scenario, lie{hint: -1, product: product, forge: forge})
			}
		}
	}
	for i, owner := range rows {
		if !needed[i] {
			t.Errorf("row %d of %d, made by %s: no lie needs it", i, len(rows), owner)
		}
	}
}

// carry moves what makes the last bit of a split equal to top into bit j, so that only
// bit j is no bit any more. It leaves a hint that is not of a split alone.
func carry(j int, top int64) func(in, out []*big.Int) {
	return func(in, out []*big.Int) {
		rest := new(big.Int).Set(in[0])
		for i, position := range in[1:] {
			if !position.IsUint64() || position.Uint64() > fr.Bits {
				return
			}
			rest.Sub(rest, new(big.Int).Lsh(out[i], uint(position.Uint64())))
		}
		last := uint(in[len(in)-1].Uint64()) + 1
		rest.Sub(rest, new(big.Int).Lsh(big.NewInt(top), last))
		position := fr.NewElement(2)
		position.Exp(position, in[1+j]).Inverse(&position)
		delta := new(fr.Element).SetBigInt(rest)
		delta.Mul(delta, &position)
		out[j].Add(out[j], delta.BigInt(new(big.Int)))
	}
}

// forgeries are what products are replaced by. One half makes a bit of a xor b without its
// product; a sixth root of unity z has z · (1 - z) = 1, which is what the product of
// present and its operator would have to be for an absent slot to be present.
var forgeries = []func(truth *big.Int) *big.Int{
	func(*big.Int) *big.Int { return big.NewInt(0) },
	func(*big.Int) *big.Int { return big.NewInt(1) },
	func(truth *big.Int) *big.Int { return new(big.Int).Add(truth, big.NewInt(1)) },
	func(truth *big.Int) *big.Int { return new(big.Int).Sub(truth, big.NewInt(1)) },
	func(truth *big.Int) *big.Int { return new(big.Int).Neg(truth) },
	func(truth *big.Int) *big.Int { return new(big.Int).Sub(truth, half) },
	func(*big.Int) *big.Int { return sixthRoot },
}

var (
	half      = new(big.Int).ModInverse(big.NewInt(2), ecc.BN254.ScalarField())
	sixthRoot = new(big.Int).Exp(big.NewInt(5), // 5 generates the field's multiplicative group
		new(big.Int).Div(minusOne, big.NewInt(6)), ecc.BN254.ScalarField())
)
