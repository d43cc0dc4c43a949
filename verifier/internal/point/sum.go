package point

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// few is how many points are added without more than a table for each: what a proof's statement takes.
const few = 16

// Sum returns Σ scalars[i]·points[i].
func Sum(points []bn254.G1Affine, scalars []fr.Element) (sum bn254.G1Affine, err error) {
	if len(points) != len(scalars) {
		return sum, fmt.Errorf("adding points: got %d scalars for %d points", len(scalars), len(points))
	}
	if len(points) > few {
		return sumOfMany(points, scalars)
	}
	return interleaved(points, scalars), nil
}

// windowBits are the bits of scalars that are looked at together: 64 windows cover 256 bits.
const windowBits = 4

// interleaved adds with one doubling for all points: Straus, "Addition chains of vectors" (1964).
func interleaved(points []bn254.G1Affine, scalars []fr.Element) (sum bn254.G1Affine) {
	tables := make([][1<<windowBits - 1]bn254.G1Jac, len(points)) // 1 to 15 times each point
	digits := make([][fr.Bytes]byte, len(points))                 // big-endian
	for i := range points {
		tables[i][0].FromAffine(&points[i])
		for d := 1; d < len(tables[i]); d++ {
			tables[i][d].Set(&tables[i][d-1]).AddAssign(&tables[i][0])
		}
		digits[i] = scalars[i].Bytes()
	}
	var at bn254.G1Jac // the point at infinity
	at.X.SetOne()
	at.Y.SetOne()
	for w := range 2 * fr.Bytes {
		for range windowBits {
			at.DoubleAssign()
		}
		for i := range points {
			if d := digits[i][w/2] >> (windowBits * (1 - w%2)) & 15; d > 0 {
				at.AddAssign(&tables[i][d-1])
			}
		}
	}
	return *sum.FromJacobian(&at)
}
