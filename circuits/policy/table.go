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

// A tableVar is what literals select from: the slots, padded to a power of two with
// absent ones that are not numeric.
type tableVar struct {
	values []frontend.Variable
	flags  []frontend.Variable // present + 2 · numeric: one selection for both
}

// newTableVar constrains the numeric mask to have no bit beyond the slots, and every
// numeric slot's value to 64 bits.
//
//	numeric_i · value_i < 2^64
//
// 66 constraints a slot.
func newTableVar(api frontend.API, mask frontend.Variable, slots []attribute.SlotVar) tableVar {
	numeric := bits.Decompose(api, mask, len(slots))
	n := 1 << indexBits(len(slots))
	t := tableVar{values: make([]frontend.Variable, n), flags: make([]frontend.Variable, n)}
	for i := range n {
		t.values[i], t.flags[i] = 0, 0
	}
	for i, s := range slots {
		bits.Decompose(api, api.Mul(s.Value, numeric[i]), numberBits)
		t.values[i] = s.Value
		t.flags[i] = api.Add(s.Present, api.Mul(2, numeric[i]))
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
