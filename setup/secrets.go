package setup

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// secrets are what a Groth16 key's points are multiples by. Whoever has them can prove anything.
type secrets struct{ tau, alpha, beta, gamma, delta fr.Element }

// drawSecrets draws secrets for a domain of this size. None is zero, and τ is not a root of the domain.
func drawSecrets(domain uint64) (*secrets, error) {
	s := new(secrets)
	for {
		for _, e := range []*fr.Element{&s.tau, &s.alpha, &s.beta, &s.gamma, &s.delta} {
			if _, err := e.SetRandom(); err != nil {
				return nil, fmt.Errorf("drawing secrets: %w", err)
			}
		}
		var product, roots fr.Element
		product.Mul(&s.alpha, &s.beta).Mul(&product, &s.gamma).Mul(&product, &s.delta)
		if roots = vanishing(s.tau, domain); !product.IsZero() && !s.tau.IsZero() && !roots.IsZero() {
			return s, nil
		}
	}
}

// forget overwrites the secrets. Copies that the compiler or the collector made remain until
// their memory is used again.
func (s *secrets) forget() { *s = secrets{} }

// vanishing returns τⁿ − 1, which is zero at the n-th roots of unity.
func vanishing(tau fr.Element, n uint64) fr.Element {
	one := fr.One()
	tau.Exp(tau, new(big.Int).SetUint64(n))
	return *tau.Sub(&tau, &one)
}

// lagrangeAt returns all polynomials of the Lagrange basis at τ, which is not an n-th root of unity ω^i:
//
//	L_i(τ) = ωⁱ(τⁿ − 1) / (n(τ − ωⁱ))
func lagrangeAt(tau fr.Element, n uint64) ([]fr.Element, error) {
	omega, err := fr.Generator(n)
	if err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	point, size := fr.One(), fr.NewElement(n)
	denominators := make([]fr.Element, n)
	for i := range denominators {
		denominators[i].Sub(&tau, &point).Mul(&denominators[i], &size)
		point.Mul(&point, &omega)
	}
	values := fr.BatchInvert(denominators)
	clear(denominators)
	factor := vanishing(tau, n)
	for i := range values {
		values[i].Mul(&values[i], &factor)
		factor.Mul(&factor, &omega)
	}
	return values, nil
}

// geometric returns first, first·ratio, first·ratio² ..., n of them.
func geometric(first, ratio fr.Element, n int) []fr.Element {
	list := make([]fr.Element, n)
	for i := range list {
		list[i] = first
		first.Mul(&first, &ratio)
	}
	return list
}
