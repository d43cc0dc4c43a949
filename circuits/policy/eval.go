package policy

import (
	"errors"
	"fmt"

	"github.com/genproof/genproof/circuits/attribute"
)

// CheckSlots reports slots that have no proof under any policy with this numeric mask,
// whatever its clauses: a wrong number of them, a numeric one whose value is not below
// 2^64, an absent one with a value. It names slots, counted from 0, and no values.
func (p *Program) CheckSlots(slots []attribute.Slot) error {
	if len(slots) != len(p.Numeric) {
		return fmt.Errorf("policy: got %d slots, want %d", len(slots), len(p.Numeric))
	}
	for i, s := range slots {
		var err error
		switch {
		case !s.Present && !s.Value.IsZero():
			err = errors.New("absent attribute has a value")
		case p.Numeric[i] && !s.Value.IsUint64():
			err = errors.New("value of a numeric slot is not below 2^64")
		}
		if err != nil {
			return fmt.Errorf("policy: slot %d: %w", i, err)
		}
	}
	return nil
}

// Eval reports whether slots satisfy a valid program, and if not the first clause that
// fails, counted from 0. Slots that [Program.CheckSlots] refuses satisfy nothing: then
// failedClause is -1, as it is where all clauses hold. It panics on an invalid program.
func (p *Program) Eval(slots []attribute.Slot) (satisfied bool, failedClause int) {
	if p.CheckSlots(slots) != nil {
		return false, -1
	}
	for i, clause := range p.Clauses {
		if !p.anyHolds(clause, slots) {
			return false, i
		}
	}
	return true, -1
}

func (p *Program) anyHolds(clause []Literal, slots []attribute.Slot) bool {
	holds := false
	for _, l := range clause {
		if err := p.validateLiteral(l); err != nil {
			panic("policy: evaluating an invalid program: " + err.Error())
		}
		holds = holds || l.holds(slots[l.Slot])
	}
	return holds
}

// holds reports whether the literal is true of s.
func (l Literal) holds(s attribute.Slot) bool {
	switch {
	case l.Op == Present:
		return s.Present != l.Negate
	case !s.Present:
		return false
	case l.Op == Less:
		return (s.Value.Uint64() < l.Operand.Uint64()) != l.Negate
	}
	return s.Value.Equal(&l.Operand) != l.Negate
}
