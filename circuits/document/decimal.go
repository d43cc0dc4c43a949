//go:build !js

package document

import (
	"errors"
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/rank1"
)

func init() { solver.RegisterHint(decimalHint) }

// decimalVar returns the ten decimal digits of x, the least significant first, and whether they
// are zero, and constrains x < 10^10.
//
//	x = Σ digit_i·10^i,  digit_i = Σ b_ij·2^j,  b_ij booleans,  b_i3·(b_i2 + b_i1) = 0
//
// The last says digit ≤ 9: eight needs the other two bits to be zero. 71 constraints.
func decimalVar(api frontend.API, x frontend.Variable) (digits, isZero []frontend.Variable, err error) {
	wires, err := api.Compiler().NewHint(decimalHint, 4*idDigits, x)
	if err != nil {
		return nil, nil, err
	}
	digits, isZero = make([]frontend.Variable, idDigits), make([]frontend.Variable, idDigits)
	var total frontend.Variable = 0
	weight := uint64(1)
	for i := range digits {
		b := wires[4*i : 4*i+4]
		for _, wire := range b {
			api.AssertIsBoolean(wire)
		}
		rank1.AssertProduct(api, b[3], api.Add(b[2], b[1]), 0)
		digits[i] = api.Add(b[0], api.Mul(2, b[1]), api.Mul(4, b[2]), api.Mul(8, b[3]))
		isZero[i] = bits.AllZero(api, b)
		total = api.Add(total, api.Mul(weight, digits[i]))
		weight *= 10
	}
	api.AssertIsEqual(total, x)
	return digits, isZero, nil
}

// decimalHint returns the digits of its input, four bits each.
func decimalHint(_ *big.Int, in, out []*big.Int) error {
	if !in[0].IsUint64() {
		return errors.New("document: a token id has more than 64 bits")
	}
	x := in[0].Uint64()
	for i := range out {
		out[i].SetUint64(x % 10 >> (i % 4) & 1)
		if i%4 == 3 {
			x /= 10
		}
	}
	return nil
}
