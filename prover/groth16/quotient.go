package groth16

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// newDomain returns the n-th roots of unity with the coset on which X^n = -1.
func newDomain(n uint64) (*fft.Domain, error) {
	root, err := fft.Generator(2 * n)
	if err != nil {
		return nil, fmt.Errorf("a domain of %d: %w", n, err)
	}
	return fft.NewDomain(n, fft.WithShift(root)), nil
}

// quotient returns the coefficients of H = (A·B − C) / (X^n − 1), in bit-reversed order as
// the key's points are. The solution has the values of A, B and C on the domain of size n.
//
// On the coset X^n = -1, so A·B = C − 2H there. Both sides have degrees below n: H is
// half of C less the polynomial that A·B is on the coset. That takes six FFTs: C is
// not evaluated on the coset.
func quotient(s *cs.R1CSSolution, domain *fft.Domain) []fr.Element {
	n := int(domain.Cardinality)
	a, b, c := padded(s.A, n), padded(s.B, n), padded(s.C, n)
	for _, v := range []fr.Vector{a, b} {
		domain.FFTInverse(v, fft.DIF)
		domain.FFT(v, fft.DIT, fft.OnCoset())
	}
	domain.FFTInverse(c, fft.DIF)
	a.Mul(a, b)
	domain.FFTInverse(a, fft.DIF, fft.OnCoset())
	var half fr.Element
	half.SetUint64(2)
	half.Inverse(&half)
	c.Sub(c, a)
	c.ScalarMul(c, &half)
	return c
}

// padded returns a copy of v with zeros up to n.
func padded(v fr.Vector, n int) fr.Vector {
	out := make(fr.Vector, n)
	copy(out, v)
	return out
}
