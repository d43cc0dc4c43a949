package setup

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/genproof/genproof/setup/ptau"
	"github.com/genproof/genproof/verifier/provenance"
)

// Powers of a secret τ, from which the keys of every PLONK circuit follow that they are long
// enough for: its domain and three more.
type Powers struct {
	G1         []bn254.G1Affine // [τⁱ]₁
	Tau        bn254.G2Affine   // [τ]₂
	Provenance provenance.Provenance

	lagrange []bn254.G1Affine // in Lagrange form, where τ was known
}

// PowersOf returns the powers in a checked .ptau file.
func PowersOf(srs *ptau.SRS) *Powers {
	return &Powers{
		G1: srs.Commons.G1.Tau, Tau: srs.Commons.G2.Tau[1],
		Provenance: provenance.Provenance{Kind: provenance.Universal, Digest: srs.SHA256, Contributors: srs.Contributors},
	}
}

// check holds that there are enough powers, and that the first are those of Tau. That all
// are is what reading the file checks.
func (p *Powers) check(domain uint64) error {
	_, _, g1, g2 := bn254.Generators()
	switch {
	case uint64(len(p.G1)) < domain+3:
		return fmt.Errorf("there are %d, want %d for a domain of %d", len(p.G1), domain+3, domain)
	case !p.G1[0].Equal(&g1):
		return errors.New("they do not begin with the generator")
	case p.Tau.X.Equal(&g2.X):
		return errors.New("tau is the generator up to sign: its secret is one")
	}
	var minus bn254.G1Affine
	minus.Neg(&g1)
	same, err := bn254.PairingCheck([]bn254.G1Affine{p.G1[1], minus}, []bn254.G2Affine{g2, p.Tau})
	if err != nil {
		return fmt.Errorf("pairing: %w", err)
	}
	if !same {
		return errors.New("those in G1 and G2 are of different secrets")
	}
	return nil
}

// developmentPowers draws τ and forgets it. Knowing τ once, the Lagrange form is cheap:
//
//	L_i(τ) = ωⁱ(τⁿ − 1) / (n(τ − ωⁱ))
func developmentPowers(domain uint64) (*Powers, error) {
	var tau fr.Element
	for tau.IsZero() || tau.IsOne() {
		if _, err := tau.SetRandom(); err != nil {
			return nil, fmt.Errorf("drawing tau: %w", err)
		}
	}
	srs, err := kzg.NewSRS(domain+3, tau.BigInt(new(big.Int)))
	if err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	scalars, err := lagrangeAt(tau, domain)
	if err != nil {
		return nil, err
	}
	_, _, g1, _ := bn254.Generators()
	return &Powers{
		G1: srs.Pk.G1, Tau: srs.Vk.G2[1], Provenance: provenance.Provenance{Kind: provenance.Development},
		lagrange: bn254.BatchScalarMultiplicationG1(&g1, scalars),
	}, nil
}

func lagrangeAt(tau fr.Element, domain uint64) ([]fr.Element, error) {
	omega, err := fr.Generator(domain)
	if err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	point, n := fr.One(), fr.NewElement(domain)
	denominators := make([]fr.Element, domain)
	for i := range denominators {
		denominators[i].Sub(&tau, &point).Mul(&denominators[i], &n)
		point.Mul(&point, &omega)
	}
	values := fr.BatchInvert(denominators)
	var factor fr.Element
	one := fr.One()
	factor.Exp(tau, new(big.Int).SetUint64(domain)).Sub(&factor, &one)
	for i := range values {
		values[i].Mul(&values[i], &factor)
		factor.Mul(&factor, &omega)
	}
	return values, nil
}
