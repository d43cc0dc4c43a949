package setup

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/big"

	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// ErrNoRows means that a constraint system is not an R1CS: PLONK's have gates.
var ErrNoRows = errors.New("the circuit has gates and not rows: take the one for groth16")

// WriteRows writes the rows of an R1CS as text, for tools that look for wires with a choice. The
// form follows the .sr1cs of Picus (which was not at hand to try it), one parenthesised list a line:
//
//	(prime-number R)                      the field's modulus
//	(num-wires N)                         wires are 0 to N − 1, wire 0 is 1
//	(in 1 2 …)                            inputs, public ones first, then secret ones
//	(out)                                 nothing: public inputs are inputs
//	(constraint [(C W) …] [(C W) …] [(C W) …])   Σ C·W times Σ C·W is Σ C·W
//
// Coefficients are decimal, from 0 to R − 1.
func (c *Circuit) WriteRows(w io.Writer) error {
	system, ok := c.CS.(*cs.R1CS)
	if !ok || system.Type != constraint.SystemR1CS { // gnark has one type for both
		return ErrNoRows
	}
	out := bufio.NewWriterSize(w, 1<<16)
	inputs := system.GetNbPublicVariables() + system.GetNbSecretVariables()
	fmt.Fprintf(out, "(prime-number %d)\n(num-wires %d)\n(in", system.Field(), inputs+system.GetNbInternalVariables())
	for i := 1; i < inputs; i++ {
		fmt.Fprintf(out, " %d", i)
	}
	fmt.Fprint(out, ")\n(out)\n")
	var coefficient big.Int
	rows := system.GetR1CIterator()
	for r := rows.Next(); r != nil; r = rows.Next() {
		fmt.Fprint(out, "(constraint")
		for _, form := range []constraint.LinearExpression{r.L, r.R, r.O} {
			fmt.Fprint(out, " [")
			for i, t := range form {
				if i > 0 {
					out.WriteByte(' ')
				}
				wire := t.WireID()
				if t.IsConstant() {
					wire = 0
				}
				fmt.Fprintf(out, "(%d %d)", system.Coefficients[t.CoeffID()].BigInt(&coefficient), wire)
			}
			out.WriteByte(']')
		}
		fmt.Fprint(out, ")\n")
	}
	if err := out.Flush(); err != nil { // it keeps the first error
		return fmt.Errorf("writing rows: %w", err)
	}
	return nil
}
