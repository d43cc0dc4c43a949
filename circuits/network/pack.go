package network

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// sums returns the packed sums of a layer; gadget: [Layer.SumsVar]. An addend of nil is zeros.
func (l Layer) sums(added, from [][]fr.Element, x []int64) ([]fr.Element, error) {
	if len(x) != l.In {
		return nil, fmt.Errorf("%w: %d inputs, want %d", ErrLayer, len(x), l.In)
	}
	sums := make([]fr.Element, l.Groups())
	for _, elements := range added {
		if elements != nil && len(elements) != len(sums) {
			return nil, fmt.Errorf("%w: %d elements are added, want %d", ErrLayer, len(elements), len(sums))
		}
		for g := range elements {
			sums[g].Add(&sums[g], &elements[g])
		}
	}
	for i, elements := range from {
		var value, product fr.Element
		value.SetInt64(x[i])
		for g := range sums {
			sums[g].Add(&sums[g], product.Mul(&elements[g], &value))
		}
	}
	return sums, nil
}

// unpack returns the outputs of packed sums; gadget: [Layer.OutputsVar]. It is an error if a sum
// leaves its element's digits.
func (l Layer) unpack(sums []fr.Element) ([]int64, error) {
	var out []int64
	for g := range sums {
		n := l.digits(g)
		total := new(big.Int)
		for k := range n {
			total.SetBit(total, l.Digit*k+l.Digit-1, 1)
		}
		var offset fr.Element
		offset.SetBigInt(total)
		offset.Add(&offset, &sums[g])
		if offset.BigInt(total).BitLen() > l.Digit*n {
			return nil, fmt.Errorf("%w: a sum leaves the digits of element %d, so there is no proof", ErrLayer, g)
		}
		mask := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(l.Digit)), big.NewInt(1))
		for range n {
			y := new(big.Int).And(total, mask).Int64() - 1<<(l.Digit-1)
			out = append(out, min(max(y>>l.Shift, 0), 1<<l.Act-1))
			total.Rsh(total, uint(l.Digit))
		}
	}
	return out, nil
}
