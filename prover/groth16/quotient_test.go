package groth16

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// TestQuotient_IsThatOfItsDefinition evaluates A·B − C = H·(X^n − 1) at a random point, the
// three by Lagrange's formula.
func TestQuotient_IsThatOfItsDefinition(t *testing.T) {
	const n, rows = 16, 13 // rows fewer than the domain has
	domain, err := newDomain(n)
	if err != nil {
		t.Fatal(err)
	}
	s := &cs.R1CSSolution{A: make(fr.Vector, rows), B: make(fr.Vector, rows), C: make(fr.Vector, rows)}
	for i := range rows {
		s.A[i].MustSetRandom()
		s.B[i].MustSetRandom()
		s.C[i].Mul(&s.A[i], &s.B[i])
	}
	var z fr.Element
	z.MustSetRandom()
	a, b, c := at(t, s.A, n, z), at(t, s.B, n, z), at(t, s.C, n, z)
	var left, vanishing, right fr.Element
	left.Mul(&a, &b)
	left.Sub(&left, &c)
	vanishing.Exp(z, big.NewInt(n))
	one := fr.One()
	vanishing.Sub(&vanishing, &one)

	h := quotient(s, domain)
	utils.BitReverse(h)
	for i := n - 1; i >= 0; i-- {
		right.Mul(&right, &z)
		right.Add(&right, &h[i])
	}
	right.Mul(&right, &vanishing)
	if !left.Equal(&right) {
		t.Error("A·B − C is not H·(X^n − 1)")
	}
	if !h[n-1].IsZero() {
		t.Error("H has degree n-1, and the key has no point for that")
	}
}

// at evaluates the polynomial of degree below n that has these values at the n-th roots of
// unity, and zeros after them: Σ v_i·ω^i·(z^n − 1) / (n·(z − ω^i)).
func at(t *testing.T, v fr.Vector, n uint64, z fr.Element) (sum fr.Element) {
	t.Helper()
	root, err := fft.Generator(n)
	if err != nil {
		t.Fatal(err)
	}
	one := fr.One()
	size := fr.NewElement(n)
	w := one
	var vanishing fr.Element
	vanishing.Exp(z, new(big.Int).SetUint64(n))
	vanishing.Sub(&vanishing, &one)
	for i := range v {
		var term, below fr.Element
		below.Sub(&z, &w)
		below.Mul(&below, &size).Inverse(&below)
		term.Mul(&v[i], &w).Mul(&term, &vanishing).Mul(&term, &below)
		sum.Add(&sum, &term)
		w.Mul(&w, &root)
	}
	return sum
}
