//go:build !js

package attribute

import (
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
)

func init() { solver.RegisterHint(inverseHint) }

// inverseHint returns 1 / in_0, or 0 where that is 0.
func inverseHint(field *big.Int, in, out []*big.Int) error {
	out[0].SetUint64(0)
	if in[0].Sign() != 0 {
		out[0].ModInverse(in[0], field)
	}
	return nil
}
