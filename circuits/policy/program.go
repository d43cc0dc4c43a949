// Package policy is the public rule that every token's attributes obey: a program of
// clauses, all of which must hold, each a list of literals, one of which must hold.
//
//	literal = (slot present) and (test(value, operand) xor negate)    equals, less
//	literal = (slot present) xor negate                              present
//	policy  = Hash(policy, schema, numeric mask, code words, operands)     of a deck
//	policy  = Hash(drawn, schema, first, supply, numeric mask, code words, operands)
//	first ≤ id < first + supply                                            SPEC §3.5
//
// An absent attribute equals nothing, is less than nothing and is not unequal to
// anything either: that is what CEL's && and || make of a missing key in a policy whose
// negations have been pushed down to its comparisons. The program is data under its
// commitment, so one setup serves every policy.
package policy

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// An Op is what a literal tests.
type Op uint8

// The operators. Code 3 is reserved: a program with it is invalid and has no proof.
const (
	Equals  Op = iota // value = operand
	Less              // value < operand, both numbers below 2^64
	Present           // the slot holds a value
)

var opNames = [...]string{"equals", "less", "present"}

// String returns the operator's name.
func (o Op) String() string {
	if int(o) < len(opNames) {
		return opNames[o]
	}
	return fmt.Sprintf("op(%d)", uint8(o))
}

// A Literal is one test of one slot.
type Literal struct {
	Slot    int
	Op      Op
	Negate  bool
	Operand fr.Element // zero for Present
}

// A Program is a compiled policy. No clauses at all accept every token.
type Program struct {
	Schema  fr.Element // digest of the attributes' names and types, what slots mean
	Numeric []bool     // by slot: its value is a number below 2^64, which Less asks for
	Clauses [][]Literal
}

// maxSlots is what the six slot bits of a code word can name.
const maxSlots = 1 << slotBits

// Validate reports a program that has no code at this size, or that no token could ever
// be proved against. Places in its errors count from 1.
func (p *Program) Validate(size statement.Size) error {
	if err := checkSize(size); err != nil {
		return err
	}
	if len(p.Numeric) != size.Slots() {
		return fmt.Errorf("policy: numeric mask has %d slots, want %d", len(p.Numeric), size.Slots())
	}
	nbLiterals := 0
	for i, clause := range p.Clauses {
		if len(clause) == 0 {
			return fmt.Errorf("policy: clause %d has no literals, so nothing satisfies it", i+1)
		}
		nbLiterals += len(clause)
		for j, l := range clause {
			if err := p.validateLiteral(l); err != nil {
				return fmt.Errorf("policy: clause %d, literal %d: %w", i+1, j+1, err)
			}
		}
	}
	if nbLiterals > size.Literals {
		return fmt.Errorf("policy: program has %d literals, size %s holds %d", nbLiterals, size.Name, size.Literals)
	}
	return nil
}

func (p *Program) validateLiteral(l Literal) error {
	switch {
	case l.Slot < 0 || l.Slot >= len(p.Numeric):
		return fmt.Errorf("slot %d does not exist, there are %d", l.Slot, len(p.Numeric))
	case l.Op > Present:
		return fmt.Errorf("operator %d does not exist", uint8(l.Op))
	case l.Op == Present && !l.Operand.IsZero():
		return errors.New("present has an operand, want zero")
	case l.Op == Less && !p.Numeric[l.Slot]:
		return fmt.Errorf("less on slot %d, which is not numeric", l.Slot)
	case l.Op == Less && !l.Operand.IsUint64():
		return errors.New("operand of less is not below 2^64")
	}
	return nil
}

func checkSize(size statement.Size) error {
	if n := size.Slots(); n < 1 || n > maxSlots {
		return fmt.Errorf("policy: size %q has %d slots, want 1 to %d", size.Name, n, maxSlots)
	}
	if size.Literals < 1 {
		return fmt.Errorf("policy: size %q holds no literals", size.Name)
	}
	return nil
}
