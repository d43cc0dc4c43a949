//go:build !js

package policy

import (
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
)

func init() { solver.RegisterHint(quotientHint) }

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
