package ptau

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// The small exponents test (Bellare, Garay, Rabin: Fast Batch Verification for Modular
// Exponentiation and Digital Signatures, 1998): a sum of points with random coefficients
// below 2^12 is in the subgroup of order r. The twist's cofactor has no prime factor below
// 10069. So whatever the other coefficients are, a point outside of the subgroup lets at
// most one of 2^12 values of its own pass, and 11 independent rounds let one through with
// probability 2^-132. That takes a fifth of the time of looking at each point, and less
// than gnark-crypto's test, which has coefficients 0 and 1 and stops at 2^-64.
const (
	batchBits   = 12
	batchRounds = 11
	batchLeast  = 256 // points; fewer are looked at one by one
)

// checkSubgroup says which of the points of a section is not in the subgroup of order r.
func checkSubgroup(m *counter, section int, points []bn254.G2Affine) error {
	n := m.opt.atOnce(pointsSummed)
	for first := 0; first < len(points); first += n {
		chunk := points[first:min(first+n, len(points))]
		inside, err := batchInSubgroup(chunk)
		if err != nil {
			return err
		}
		if !inside {
			err := parallel(len(chunk), func(i int) error {
				if !chunk[i].IsInSubGroup() {
					return fmt.Errorf("section %d: point %d: %w", section, first+i, errSubgroup)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		if err := m.add(len(chunk)); err != nil {
			return err
		}
	}
	return nil
}

// batchInSubgroup reports whether all points are in the subgroup. It may say no where each
// one is, but yes only if all are.
func batchInSubgroup(points []bn254.G2Affine) (bool, error) {
	if len(points) < batchLeast {
		return false, nil
	}
	random := make([]byte, 2*len(points))
	coefficients := make([]fr.Element, len(points))
	for range batchRounds {
		rand.Read(random) // never fails
		for i := range coefficients {
			coefficients[i].SetUint64(uint64(binary.LittleEndian.Uint16(random[2*i:])) % (1 << batchBits))
		}
		var sum bn254.G2Affine
		if _, err := sum.MultiExp(points, coefficients, ecc.MultiExpConfig{}); err != nil {
			return false, err
		}
		if !sum.IsInSubGroup() {
			return false, nil
		}
	}
	return true, nil
}
