//go:build !js

package policy

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/selector"
)

// numberBits is the size of the numbers that Less compares.
const numberBits = 64

// A tableVar is what literals select from.
type tableVar struct {
	values []frontend.Variable
	flags  []frontend.Variable // present + 2 · numeric: one selection for both
}

// newTableVar constrains every numeric slot's value to 64 bits. numeric has a bit for each
// slot, and more may follow.
//
//	numeric_i · value_i < 2^64
//
// 65 constraints a slot.
func newTableVar(api frontend.API, numeric []frontend.Variable, slots []attribute.SlotVar) tableVar {
	var t tableVar
	for i, s := range slots {
		bits.Decompose(api, api.Mul(s.Value, numeric[i]), numberBits)
		t.values = append(t.values, s.Value)
		t.flags = append(t.flags, api.Add(s.Present, api.Mul(2, numeric[i])))
	}
	return t
}

// with returns the table with another's slots behind its own, padded to a power of two with
// absent ones that are not numeric.
func (t tableVar) with(more tableVar) tableVar {
	t.values, t.flags = append(t.values, more.values...), append(t.flags, more.flags...)
	for n := 1 << indexBits(len(t.values)); len(t.values) < n; {
		t.values, t.flags = append(t.values, 0), append(t.flags, 0)
	}
	return t
}

// at returns the slot that the index bits name. The flags are split again:
// present + 2 · numeric has one solution in bits.
//
// 2 · (slots - 1) + 2 constraints.
func (t tableVar) at(api frontend.API, index []frontend.Variable) (value, present, numeric frontend.Variable) {
	flags := bits.Decompose(api, selector.Choose(api, t.flags, index), 2)
	return selector.Choose(api, t.values, index), flags[0], flags[1]
}
