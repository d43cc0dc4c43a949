package policy

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

func init() { solver.RegisterHint(bitsHint, quotientHint) }

// split constrains x to have no bits but those at the positions, which ascend and stay
// below 253, and returns these bits.
//
//	x = Σ 2^position_i · bit_i
//
// One constraint a bit: the last bit is the linear form (x - Σ others) / 2^position, and
// that it is boolean is the equation. The sum is below the modulus, so bits are unique.
func split(api frontend.API, x frontend.Variable, positions []int) ([]frontend.Variable, error) {
	last := len(positions) - 1
	bit := make([]frontend.Variable, 0, len(positions))
	if last > 0 {
		in := []frontend.Variable{x}
		for _, p := range positions[:last] {
			in = append(in, p)
		}
		hinted, err := api.Compiler().NewHint(bitsHint, last, in...)
		if err != nil {
			return nil, fmt.Errorf("policy: %w", err)
		}
		bit = append(bit, hinted...)
	}
	rest := x
	for i := range last {
		api.AssertIsBoolean(bit[i])
		rest = api.Sub(rest, api.Mul(powerOfTwo(positions[i]), bit[i]))
	}
	bit = append(bit, api.DivUnchecked(rest, powerOfTwo(positions[last])))
	api.AssertIsBoolean(bit[last])
	return bit, nil
}

// upTo returns the positions 0 to n-1.
func upTo(n int) []int {
	positions := make([]int, n)
	for i := range positions {
		positions[i] = i
	}
	return positions
}

func powerOfTwo(n int) fr.Element {
	e := fr.NewElement(2)
	return *e.Exp(e, big.NewInt(int64(n)))
}

// bitsHint returns the bits of its first input at the positions that follow it.
func bitsHint(_ *big.Int, in, out []*big.Int) error {
	if len(in) != len(out)+1 {
		return errors.New("policy: a position for each bit")
	}
	for i, position := range in[1:] {
		out[i].SetUint64(uint64(in[0].Bit(int(position.Uint64()))))
	}
	return nil
}

// quotientHint returns in_0 / in_1, or 0 where in_1 is 0.
func quotientHint(field *big.Int, in, out []*big.Int) error {
	if in[1].Sign() == 0 {
		out[0].SetUint64(0)
		return nil
	}
	out[0].ModInverse(in[1], field)
	out[0].Mul(out[0], in[0]).Mod(out[0], field)
	return nil
}
