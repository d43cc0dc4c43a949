package point

import (
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// chunk bounds the points whose tables are held at once: 1.4 KB each.
const chunk = 1 << 10

// sumOfMany adds as few points are: the functions for many would be a fortieth of a page's program.
func sumOfMany(points []bn254.G1Affine, scalars []fr.Element) (sum bn254.G1Affine, err error) {
	for len(points) > 0 {
		n := min(chunk, len(points))
		part := interleaved(points[:n], scalars[:n])
		sum.Add(&sum, &part)
		points, scalars = points[n:], scalars[n:]
	}
	return sum, nil
}
