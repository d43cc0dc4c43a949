package ptau

import (
	"crypto/sha256"
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
//
// The coefficients of the rounds are the digits of numbers below 2^132, of which the sums in G1 and the pairings
// are. So the sum of the points with those numbers, which is wanted too, follows from the rounds' sums.
const (
	digitBits  = 12
	nbDigits   = 11
	batchLeast = 256 // points; fewer are looked at one by one
)

// coefficients returns n numbers below 2^132: the first 17 bytes of SHA-256 of the tag, the seed, the number's own number
// and n, 8 bytes each, without their 4 highest bits. All is big-endian.
func coefficients(seed [32]byte, n int) []fr.Element {
	const size = (nbDigits*digitBits + 7) / 8
	c := make([]fr.Element, n)
	block := append([]byte("genproof ptau 2"), seed[:]...)
	prefix := len(block)
	for i := range c {
		block = binary.BigEndian.AppendUint64(block[:prefix], uint64(i))
		block = binary.BigEndian.AppendUint64(block, uint64(n))
		sum := sha256.Sum256(block)
		sum[0] &= 1<<(nbDigits*digitBits%8) - 1
		c[i].SetBytes(sum[:size])
	}
	return c
}

// digit returns one of a coefficient's digits, the least significant being the first.
func digit(words *[fr.Limbs]uint64, v int) uint64 {
	at := v * digitBits
	d := words[at/64] >> (at % 64)
	if at%64+digitBits > 64 {
		d |= words[at/64+1] << (64 - at%64)
	}
	return d & (1<<digitBits - 1)
}

// sumInSubgroup returns Σ cᵢ·pointsᵢ, for coefficients c. It says which of the points of a section is not in
// the subgroup of order r.
func sumInSubgroup(m *counter, section int, points []bn254.G2Affine, c []fr.Element) (sum bn254.G2Affine, err error) {
	n := m.opt.atOnce(pointsSummed)
	for first := 0; first < len(points); first += n {
		chunk := points[first:min(first+n, len(points))]
		part, inside, err := batchSum(chunk, c[first:])
		if err != nil {
			return sum, err
		}
		if !inside || len(chunk) < batchLeast {
			err := parallel(len(chunk), func(i int) error {
				if !chunk[i].IsInSubGroup() {
					return fmt.Errorf("section %d: point %d: %w", section, first+i, errSubgroup)
				}
				return nil
			})
			if err != nil {
				return sum, err
			}
		}
		sum.Add(&sum, &part)
		if err := m.add(len(chunk)); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// batchSum returns Σ cᵢ·pointsᵢ and reports whether all points are in the subgroup. len(c) >= len(points).
func batchSum(points []bn254.G2Affine, c []fr.Element) (out bn254.G2Affine, inside bool, err error) {
	words := make([][fr.Limbs]uint64, len(points))
	for i := range words {
		words[i] = c[i].Bits()
	}
	digits := make([]fr.Element, len(points))
	var sum, part bn254.G2Jac
	inside = true
	for v := nbDigits - 1; v >= 0; v-- {
		for i := range digits {
			digits[i].SetUint64(digit(&words[i], v))
		}
		if _, err := part.MultiExp(points, digits, ecc.MultiExpConfig{}); err != nil {
			return out, false, err
		}
		inside = inside && part.IsInSubGroup()
		for range digitBits {
			sum.DoubleAssign()
		}
		sum.AddAssign(&part)
	}
	out.FromJacobian(&sum)
	return out, inside, nil
}
