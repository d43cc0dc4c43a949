// Package groth16 proves: it takes gnark's constraint system and proving key, and its proofs
// are those of gnark's prover. What it does faster is in [wires] and [quotient]; everything
// runs at once, so that no core waits.
//
// The protocol is that of Groth, "On the Size of Pairing-based Non-interactive Arguments"
// (2016), section 3.2, on BN254 and without gnark's commitments.
package groth16

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"golang.org/x/sync/errgroup"

	"github.com/genproof/genproof/verifier/groth16"
)

// ErrUnsatisfied says that an assignment does not satisfy the circuit. gnark's reason, which
// quotes hidden values, is left out.
var ErrUnsatisfied = errors.New("the assignment does not satisfy the circuit")

// A Prover proves assignments of one circuit with one key. Several goroutines may use it.
type Prover struct {
	system *cs.R1CS
	key    *gnark.ProvingKey
	domain *fft.Domain
}

// New returns a prover. The key must belong to the system; only sizes are checked here.
func New(system *cs.R1CS, key *gnark.ProvingKey) (*Prover, error) {
	if len(key.CommitmentKeys) != 0 || len(system.CommitmentInfo.(constraint.Groth16Commitments)) != 0 {
		return nil, errors.New("the circuit has commitments, which this prover does not know")
	}
	internal, secret, public := system.GetNbVariables()
	all := internal + secret + public
	n := key.Domain.Cardinality
	switch {
	case uint64(system.GetNbConstraints()) > n,
		uint64(len(key.G1.Z)) != n-1,
		len(key.InfinityA) != all || len(key.G1.A) != present(key.InfinityA),
		len(key.InfinityB) != all || len(key.G1.B) != present(key.InfinityB) || len(key.G2.B) != len(key.G1.B),
		len(key.G1.K) != all-public:
		return nil, errors.New("the proving key is one of another circuit")
	}
	domain, err := newDomain(n)
	if err != nil {
		return nil, err
	}
	return &Prover{system, key, domain}, nil
}

// Prove returns a proof. It is [ErrUnsatisfied] if there is none.
func (p *Prover) Prove(w witness.Witness) (*groth16.Proof, error) {
	solution, err := p.Solve(w)
	if err != nil {
		return nil, err
	}
	chains, sums := p.Chains(solution)
	var group errgroup.Group
	for _, chain := range chains {
		group.Go(func() error {
			for _, piece := range chain {
				if err := piece.Do(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return p.join(sums)
}

// Solve returns the values of all wires.
func (p *Prover) Solve(w witness.Witness) (*cs.R1CSSolution, error) {
	s, err := p.system.Solve(w)
	if err != nil {
		return nil, ErrUnsatisfied
	}
	return s.(*cs.R1CSSolution), nil
}

// Sums are of the key's points times the wires (A, B in both groups, K) or times the
// quotient's coefficients (H).
type Sums struct {
	A, B1, K, H *bn254.G1Jac
	B2          *bn254.G2Jac
}

// A Piece is a part of the work. It can be done again.
type Piece struct {
	Name string
	Do   func() error
}

// Chains are the work between a solution and the sums that a proof is made of. The pieces of
// a chain follow each other; chains need nothing of another, and the longest is the first.
func (p *Prover) Chains(solution *cs.R1CSSolution) ([][]Piece, *Sums) {
	pk, sums := p.key, new(Sums)
	w := sortWires(solution.W)
	private := w.from(p.system.GetNbPublicVariables())
	var h []fr.Element
	return [][]Piece{
		{
			{"fft", func() error { h = quotient(solution, p.domain); return nil }},
			{"msm H", func() (err error) {
				sums.H, err = new(bn254.G1Jac).MultiExp(pk.G1.Z, h[:len(pk.G1.Z)], ecc.MultiExpConfig{})
				return err
			}},
		},
		{{"msm B in G2", func() (err error) {
			sums.B2, err = multiExp[bn254.G2Affine, bn254.G2Jac](pk.G2.B, w, pk.InfinityB)
			return
		}}},
		{{"msm B in G1", func() (err error) {
			sums.B1, err = multiExp[bn254.G1Affine, bn254.G1Jac](pk.G1.B, w, pk.InfinityB)
			return
		}}},
		{{"msm K", func() (err error) { sums.K, err = multiExp[bn254.G1Affine, bn254.G1Jac](pk.G1.K, private, nil); return }}},
		{{"msm A", func() (err error) {
			sums.A, err = multiExp[bn254.G1Affine, bn254.G1Jac](pk.G1.A, w, pk.InfinityA)
			return
		}}},
	}, sums
}

// join blinds the sums with two random numbers r and s:
//
//	Ar = α + A + rδ    Bs = β + B + sδ    Krs = K + H + s·Ar + r·Bs − rsδ
func (p *Prover) join(sums *Sums) (*groth16.Proof, error) {
	var r, s fr.Element
	for _, x := range []*fr.Element{&r, &s} {
		if _, err := x.SetRandom(); err != nil {
			return nil, fmt.Errorf("drawing random numbers: %w", err)
		}
	}
	rs := new(fr.Element).Mul(&r, &s)
	pk := p.key

	ar := sums.A
	ar.AddMixed(&pk.G1.Alpha).AddAssign(times(&pk.G1.Delta, &r))
	bs1 := sums.B1
	bs1.AddMixed(&pk.G1.Beta).AddAssign(times(&pk.G1.Delta, &s))
	var delta2 bn254.G2Jac
	delta2.FromAffine(&pk.G2.Delta)
	delta2.ScalarMultiplication(&delta2, s.BigInt(new(big.Int)))
	bs := sums.B2
	bs.AddMixed(&pk.G2.Beta).AddAssign(&delta2)

	krs := sums.K
	krs.AddAssign(sums.H).AddAssign(jacTimes(ar, &s)).AddAssign(jacTimes(bs1, &r)).SubAssign(times(&pk.G1.Delta, rs))

	proof := new(groth16.Proof)
	proof.Ar.FromJacobian(ar)
	proof.Bs.FromJacobian(bs)
	proof.Krs.FromJacobian(krs)
	return proof, nil
}

func times(p *bn254.G1Affine, x *fr.Element) *bn254.G1Jac {
	return jacTimes(new(bn254.G1Jac).FromAffine(p), x)
}

func jacTimes(p *bn254.G1Jac, x *fr.Element) *bn254.G1Jac {
	return new(bn254.G1Jac).ScalarMultiplication(p, x.BigInt(new(big.Int)))
}
