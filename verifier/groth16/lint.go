package groth16

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/genproof/genproof/verifier/internal/point"
)

// Lint reports whether the key is not one of a circuit with this number of
// public inputs, or one that anybody could forge proofs for, as far as that
// shows: a point off its curve, outside the subgroup or at infinity; β, γ and δ
// not different up to sign; a secret that is one; two public inputs bound to
// the same point. A key that passes can still come from somebody who knows its
// secrets: that is what a ceremony is for.
//
// Whatever takes a key in from elsewhere, from a file, a chain or a caller,
// calls this before it does anything with it.
func (vk *VerifyingKey) Lint(inputs int) error {
	if err := vk.lint(); err != nil {
		return err
	}
	if got := len(vk.K) - 1; got != inputs {
		return fmt.Errorf("it has %d public inputs, want %d", got, inputs)
	}
	return nil
}

func (vk *VerifyingKey) lint() error {
	if vk == nil {
		return errors.New("there is none")
	}
	if err := checkPoints(uint64(len(vk.K))); err != nil {
		return err
	}
	if err := vk.lintPoints(); err != nil {
		return err
	}
	return vk.lintRelations()
}

func (vk *VerifyingKey) lintPoints() error {
	if err := point.CheckG1(&vk.Alpha); err != nil {
		return point.Named("alpha", err)
	}
	for _, p := range vk.g2() {
		if err := point.CheckG2(p.at); err != nil {
			return point.Named(p.name, err)
		}
	}
	for i := range vk.K {
		if err := point.CheckG1(&vk.K[i]); err != nil {
			return point.Named(fmt.Sprintf("K[%d]", i), err)
		}
	}
	return nil
}

// lintRelations holds what makes a key of sound points forgeable.
//
// With two of β, γ, δ equal up to sign, two of the equation's three known
// pairings collapse into one and its terms can be traded against each other:
// γ = δ is what a setup that skipped its second phase leaves behind.
func (vk *VerifyingKey) lintRelations() error {
	points := vk.g2()
	for i, p := range points {
		for _, q := range points[:i] {
			if p.at.X.Equal(&q.at.X) {
				return fmt.Errorf("%s equals %s up to sign: anybody can forge proofs for this key", q.name, p.name)
			}
		}
	}
	if err := vk.lintSecrets(); err != nil {
		return err
	}
	return vk.lintK()
}

// lintSecrets refuses a generator where a secret multiple of it must be. (γ
// may be the generator: ceremonies leave it there.)
func (vk *VerifyingKey) lintSecrets() error {
	_, _, g1, g2 := bn254.Generators()
	name := ""
	switch {
	case vk.Alpha.X.Equal(&g1.X):
		name = "alpha"
	case vk.Beta.X.Equal(&g2.X):
		name = "beta"
	case vk.Delta.X.Equal(&g2.X):
		name = "delta"
	default:
		return nil
	}
	return fmt.Errorf("%s is the generator up to sign: its secret is one", name)
}

// lintK refuses two equal K points: their inputs could be traded.
func (vk *VerifyingKey) lintK() error {
	for i := range vk.K {
		for j := range i {
			if vk.K[i].X.Equal(&vk.K[j].X) {
				return fmt.Errorf("point K[%d] equals K[%d] up to sign: their inputs could be traded", j, i)
			}
		}
	}
	return nil
}

type namedG2 struct {
	name string
	at   *bn254.G2Affine
}

func (vk *VerifyingKey) g2() []namedG2 {
	return []namedG2{{"beta", &vk.Beta}, {"gamma", &vk.Gamma}, {"delta", &vk.Delta}}
}
