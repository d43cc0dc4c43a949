//go:build !js

package policy

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/rank1"
)

// A literalVar is a literal inside a circuit.
type literalVar struct {
	wordVar
	operand frontend.Variable
}

// holds returns whether the literal is true, 0 or 1; native mirror: [Literal.holds].
//
//	less · (1 - numeric + present_op) = 0       no reserved operator, only numbers compared
//	test  = isLess + isEqual + present_op · present
//	holds = (test xor negate) · (present or present_op)
//
// At most one of the three terms of test is not zero, because each is under its own
// operator. For present, test xor negate is the answer; for the other two it is so where
// the slot is present, and an absent one makes the literal false.
//
// 72 constraints besides the selection of the slot.
func (l literalVar) holds(api frontend.API, table tableVar) (frontend.Variable, error) {
	value, present, numeric := table.at(api, l.slot)
	rank1.AssertProduct(api, api.Add(api.Sub(1, numeric), l.present), l.less, 0)
	isLess := l.isLess(api, value)
	isEqual, err := l.isEqual(api, value)
	if err != nil {
		return nil, err
	}
	both := api.Mul(present, l.present)
	test := api.Add(isLess, isEqual, both)
	either := api.Sub(api.Add(present, l.present), both)
	flipped := api.Sub(api.Add(test, l.negate), api.Mul(2, api.Mul(test, l.negate)))
	return api.Mul(flipped, either), nil
}

// isLess returns 1 if the operator is less and value < operand, else 0. The value is
// known to be below 2^64 where the operator is less.
//
//	d = less · (value - operand)
//	d + 2^64 = Σ 2^i bit_i          65 bits
//	isLess   = 1 - bit_64
//
// Without the operator d = 0, so bit_64 = 1 and the result is 0. With it a proof needs
// d in [-2^64, 2^64), a window of 2^65 < r elements around zero in which every element
// has one sign, and 65 bits are one element in one way: whatever the operand, at most
// one result has a proof. It is that of the integers where the operand, too, is below
// 2^64, which [Program.Validate] checks, and then d is in the window.
//
// 66 constraints.
func (l literalVar) isLess(api frontend.API, value frontend.Variable) frontend.Variable {
	d := api.Mul(api.Sub(value, l.operand), l.less)
	shifted := api.Add(d, new(big.Int).Lsh(big.NewInt(1), numberBits))
	bit := bits.Decompose(api, shifted, numberBits+1)
	return api.Sub(1, bit[numberBits])
}

// isEqual returns 1 if the operator is equals and value = operand, else 0. With e = 1 if
// the operator is equals:
//
//	d = value - operand
//	isEqual = e - d · m         m from a hint: e/d, or 0
//	d · isEqual = 0
//
// If d = 0 the result is e whatever m is; if not, the last row makes it 0, and m = e/d
// satisfies the one before.
//
// 2 constraints.
func (l literalVar) isEqual(api frontend.API, value frontend.Variable) (frontend.Variable, error) {
	e := api.Sub(1, l.less, l.wordVar.present)
	d := api.Sub(value, l.operand)
	m, err := api.Compiler().NewHint(quotientHint, 1, e, d)
	if err != nil {
		return nil, err
	}
	isEqual := api.Sub(e, api.Mul(d, m[0]))
	rank1.AssertProduct(api, d, isEqual, 0)
	return isEqual, nil
}
