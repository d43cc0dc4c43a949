package plonk

import (
	"errors"
	"fmt"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
)

const (
	// maxLog is the field's two-adicity.
	maxLog = 28
	// MaxInputs bounds the public inputs of a key.
	MaxInputs = 256
)

func log2(n uint64) int { return bits.TrailingZeros64(n) }

// Lint reports whether the key is not one of a circuit with this number of public inputs, or
// one that anybody could forge proofs for, as far as that shows: a point off its curve,
// outside the subgroup or at infinity; a τ of ±1; a wire column that the permutation does
// not move, or two that it moves alike; a domain that is none. The gates and the permutation
// are those of a circuit if recomputing the key from the circuit says so: that is what a
// universal setup is for.
func (vk *VerifyingKey) Lint(inputs int) error {
	if err := vk.lint(); err != nil {
		return err
	}
	if vk.Inputs != inputs {
		return fmt.Errorf("it has %d public inputs, want %d", vk.Inputs, inputs)
	}
	return nil
}

func (vk *VerifyingKey) lint() error {
	if vk == nil {
		return errors.New("there is none")
	}
	log := log2(vk.Size)
	switch {
	case vk.Size != 1<<log || log > maxLog:
		return fmt.Errorf("a domain of %d, want a power of two up to 2^%d", vk.Size, maxLog)
	case vk.Inputs < 1 || vk.Inputs > MaxInputs || uint64(vk.Inputs) >= vk.Size:
		return fmt.Errorf("%d public inputs, want 1 to %d, in a domain of %d", vk.Inputs, MaxInputs, vk.Size)
	}
	for _, n := range vk.points() {
		if err := point.CheckG1(n.at); err != nil {
			return point.Named(n.name, err)
		}
	}
	if err := point.CheckG2(&vk.Tau); err != nil {
		return point.Named("tau", err)
	}
	_, _, _, g2 := bn254.Generators()
	if vk.Tau.X.Equal(&g2.X) {
		return errors.New("tau is the generator up to sign: its secret is one")
	}
	return vk.lintPermutation()
}

// lintPermutation refuses columns whose wires are connected to nothing, and equal ones. The
// identity on column i is the polynomial uⁱ·X, whose commitment is uⁱ·[τ].
func (vk *VerifyingKey) lintPermutation() error {
	for i := range vk.S {
		for j := range i {
			if vk.S[i].X.Equal(&vk.S[j].X) {
				return fmt.Errorf("point S%d equals S%d up to sign", j+1, i+1)
			}
		}
	}
	_, _, g1, g2 := bn254.Generators()
	factor, u := fr.One(), fr.NewElement(coset)
	for i := range vk.S {
		var identity bn254.G1Affine
		identity.ScalarMultiplication(&g1, bigOf(&factor))
		identity.Neg(&identity)
		still, err := bn254.PairingCheck([]bn254.G1Affine{vk.S[i], identity}, []bn254.G2Affine{g2, vk.Tau})
		if err != nil {
			return fmt.Errorf("pairing: %w", err)
		}
		if still {
			return fmt.Errorf("point S%d is the identity: no wire of its column is connected to another", i+1)
		}
		factor.Mul(&factor, &u)
	}
	return nil
}
