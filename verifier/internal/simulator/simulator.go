// Package simulator makes Groth16 keys whose secrets it keeps and, with them,
// accepted proofs of any statement: tests of verification need no circuit, no
// setup and no prover.
package simulator

import (
	"math/big"
	"math/rand/v2"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/groth16"
)

// Simulator holds a key's secrets.
type Simulator struct {
	Key                       *groth16.VerifyingKey
	rng                       *rand.Rand
	alpha, beta, gamma, delta fr.Element
	k                         []fr.Element
}

// New returns a simulator for statements of n public inputs; the same seed
// gives the same key and the same proofs.
func New(seed uint64, n int) *Simulator {
	s := &Simulator{rng: rand.New(rand.NewPCG(seed, 1)), Key: new(groth16.VerifyingKey)}
	s.alpha, s.beta, s.gamma, s.delta = s.Scalar(), s.Scalar(), s.Scalar(), s.Scalar()
	s.Key.Alpha, s.Key.Beta, s.Key.Gamma, s.Key.Delta = G1(s.alpha), G2(s.beta), G2(s.gamma), G2(s.delta)
	for range n + 1 {
		k := s.Scalar()
		s.k = append(s.k, k)
		s.Key.K = append(s.Key.K, G1(k))
	}
	return s
}

// Prove returns a proof of the statement, made with C = (ab - αβ - xγ) / δ.
func (s *Simulator) Prove(inputs ...fr.Element) *groth16.Proof {
	a, b := s.Scalar(), s.Scalar()
	x := s.k[0]
	for i := range inputs {
		var t fr.Element
		x.Add(&x, t.Mul(&s.k[i+1], &inputs[i]))
	}
	var c, t fr.Element
	c.Mul(&a, &b)
	c.Sub(&c, t.Mul(&s.alpha, &s.beta))
	c.Sub(&c, t.Mul(&x, &s.gamma))
	c.Div(&c, &s.delta)
	return &groth16.Proof{Ar: G1(a), Bs: G2(b), Krs: G1(c)}
}

// Scalar returns the next pseudorandom scalar.
func (s *Simulator) Scalar() (e fr.Element) {
	var b [32]byte
	for i := range b {
		b[i] = byte(s.rng.Uint32())
	}
	e.SetBytes(b[:])
	return e
}

// G1 returns e times the generator.
func G1(e fr.Element) (p bn254.G1Affine) {
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	return p
}

// G2 returns e times the generator.
func G2(e fr.Element) (p bn254.G2Affine) {
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	return p
}
