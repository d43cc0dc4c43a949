//go:build !js

package policy

import (
	"fmt"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/rank1"
	"github.com/genproof/genproof/circuits/statement"
)

// A ProgramVar is a [Program] inside a circuit.
type ProgramVar struct {
	Schema   frontend.Variable
	Numeric  frontend.Variable   // the mask, bit i for slot i
	Code     []frontend.Variable // code words, 25 an element
	Operands []frontend.Variable // one a literal
}

// Placeholder returns a program to compile a circuit of this size with.
func Placeholder(size statement.Size) ProgramVar {
	return ProgramVar{
		Code:     make([]frontend.Variable, nbCode(size.Literals)),
		Operands: make([]frontend.Variable, size.Literals),
	}
}

// ValueOf returns the assignment of a valid program, an error of any other.
func ValueOf(p *Program, size statement.Size) (ProgramVar, error) {
	if err := p.Validate(size); err != nil {
		return ProgramVar{}, err
	}
	code, operands := p.code(size)
	v := Placeholder(size)
	v.Schema, v.Numeric = p.Schema, p.numericMask()
	for i := range code {
		v.Code[i] = code[i]
	}
	for i := range operands {
		v.Operands[i] = operands[i]
	}
	return v, nil
}

// CommitmentVar returns the commitment to a deck's policy; native mirror: [Program.Commitment].
//
// 1,665 constraints at standard size.
func CommitmentVar(api frontend.API, p ProgramVar) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Policy, append([]frontend.Variable{p.Schema}, p.elements()...)...)
}

// DrawnVar returns the commitment to the policy of a drawn drop; native mirror: [Program.Drawn].
//
// 1,665 constraints at standard size.
func DrawnVar(api frontend.API, p ProgramVar, ids IDsVar) frontend.Variable {
	in := []frontend.Variable{p.Schema, ids.First, ids.Supply}
	return poseidon.HashVar(api, poseidon.Drawn, append(in, p.elements()...)...)
}

// elements are the mask, the code and the operands.
func (p ProgramVar) elements() []frontend.Variable {
	return append(append([]frontend.Variable{p.Numeric}, p.Code...), p.Operands...)
}

// AssertSatisfied constrains slots to satisfy p; native mirror: [Program.Eval]. The slots
// must have passed [attribute.AssertSlots]. It is [NewJudge] and [JudgeVar.AssertSatisfied]
// for slots that share nothing.
//
// 5,417 constraints at standard size, no Groth16 commitment.
func AssertSatisfied(api frontend.API, size statement.Size, p ProgramVar, slots []attribute.SlotVar) error {
	j, err := NewJudge(api, size, p, nil)
	if err != nil {
		return err
	}
	return j.AssertSatisfied(api, slots)
}

// A JudgeVar is a program that judges several sets of slots: what does not depend on their
// own slots is constrained once.
type JudgeVar struct {
	size    statement.Size
	words   []wordVar
	program ProgramVar
	numeric []frontend.Variable // the mask's bits, one a slot
	shared  tableVar            // the last slots, the same in every set
}

// NewJudge constrains a program, and the slots that all sets share: the last of the size's.
// They must have passed [attribute.AssertSlots].
//
//	Numeric, Code       have only the bits that this size defines
//	shared numeric      value < 2^64
//
// 10 constraints a literal, 1 a slot, 65 a shared slot.
func NewJudge(api frontend.API, size statement.Size, p ProgramVar, shared []attribute.SlotVar) (*JudgeVar, error) {
	if err := checkSize(size); err != nil {
		return nil, err
	}
	if len(shared) > size.Slots() || len(p.Operands) != size.Literals || len(p.Code) != nbCode(size.Literals) {
		return nil, fmt.Errorf("policy: %d shared slots, %d operands and %d code elements do not fit size %q",
			len(shared), len(p.Operands), len(p.Code), size.Name)
	}
	j := &JudgeVar{size: size, program: p, numeric: bits.Decompose(api, p.Numeric, size.Slots())}
	j.shared = newTableVar(api, j.numeric[size.Slots()-len(shared):], shared)
	j.words = splitCode(api, size, p.Code)
	return j, nil
}

// AssertSatisfied constrains own slots, and the shared ones behind them, to satisfy the
// program. They must have passed [attribute.AssertSlots]. With n the literals that failed in
// a row:
//
//	own numeric slots   value < 2^64
//	none_i            = none'_i-1 · (1 - holds_i)       none'_-1 = 1
//	none_i · end_i    = 0                               a clause ends with a true literal
//	none'_i           = none_i + end_i                  and the next one starts afresh
//
// none and none' are 0 or 1: holds and end are, and the second row lets no clause end
// while none is 1. A clause that never ends asks for nothing. See [literalVar] for
// holds. No proof exists for the reserved operator, for less on a slot that is not
// numeric, or for an operand of less that is further than 2^64 from the value.
//
// Whether less is asked of a number is the program's business, so where several sets are
// judged any of them refuses it. Two rows of a literal then follow from another set's: that one,
// and the first bit of its flags, which no other falsehood needs.
func (j *JudgeVar) AssertSatisfied(api frontend.API, own []attribute.SlotVar) error {
	if want := j.size.Slots() - len(j.shared.values); len(own) != want {
		return fmt.Errorf("policy: got %d slots, size %q has %d that are not shared", len(own), j.size.Name, want)
	}
	table := newTableVar(api, j.numeric, own).with(j.shared)
	var none frontend.Variable = 1 // no literal of the open clause is true so far
	for i, word := range j.words {
		holds, err := literalVar{word, j.program.Operands[i]}.holds(api, table)
		if err != nil {
			return err
		}
		none = api.Mul(none, api.Sub(1, holds))
		rank1.AssertProduct(api, none, word.end, 0)
		none = api.Add(none, word.end)
	}
	return nil
}
