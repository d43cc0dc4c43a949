//go:build !js

package point

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func sumOfMany(points []bn254.G1Affine, scalars []fr.Element) (sum bn254.G1Affine, err error) {
	if _, err = sum.MultiExp(points, scalars, ecc.MultiExpConfig{}); err != nil {
		err = fmt.Errorf("adding points: %w", err)
	}
	return sum, err
}
