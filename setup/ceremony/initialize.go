package ceremony

import (
	"context"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/setup/ptau"
)

// Evaluations are a circuit's polynomials at tau, which its keys hold as they are: for
// wire j, A_j and B_j (in either group), and for public ones K_j = beta A_j + alpha B_j + C_j.
type Evaluations = mpcsetup.Phase2Evaluations

// initialize does what gnark's Phase2.Initialize does, for a circuit without commitments, in
// less time: it takes the Lagrange basis where it is given, and computes it on all cores otherwise, and it sums up by a plan
// of fewer additions. Its outcome is checked like anybody's: see checkInitial.
func initialize(ctx context.Context, system *cs.R1CS, srs *SRS, progress Progress) (*mpcsetup.Phase2, *Evaluations, error) {
	basis := srs.Lagrange
	if basis == nil {
		var err error
		if basis, err = newBasis(ctx, srs.Commons, progress); err != nil {
			return nil, nil, err
		}
	}
	e, k, err := evaluations(ctx, system, basis, progress)
	if err != nil {
		return nil, nil, err
	}
	public := system.GetNbPublicVariables()
	e.G1.VKK = slices.Clone(k[:public])
	p := new(mpcsetup.Phase2)
	_, _, p.Parameters.G1.Delta, p.Parameters.G2.Delta = bn254.Generators()
	p.Parameters.G1.PKK = k[public:]
	p.Parameters.G1.Z, err = quotients(ctx, srs.Commons)
	return p, e, err
}

// evaluations computes A and B of all wires, and k: K of all wires, public or not.
func evaluations(ctx context.Context, system *cs.R1CS, basis *ptau.Lagrange, progress Progress) (e *Evaluations, k []bn254.G1Affine, err error) {
	p, err := newPlan(ctx, system)
	if err != nil {
		return nil, nil, err
	}
	e = new(Evaluations)
	e.PublicAndCommitmentCommitted = [][]int{}
	done := &counter{progress: progress, what: "circuit's polynomials at tau", total: 4 * int64(p.nbWires())}
	for _, v := range []struct {
		to    *[]bn254.G1Affine
		sides []side[bn254.G1Affine]
	}{
		{&e.G1.A, []side[bn254.G1Affine]{{left, basis.G1.Tau}}},
		{&e.G1.B, []side[bn254.G1Affine]{{right, basis.G1.Tau}}},
		{&k, []side[bn254.G1Affine]{{left, basis.G1.BetaTau}, {right, basis.G1.AlphaTau}, {output, basis.G1.Tau}}},
	} {
		if *v.to, err = evaluate(ctx, p, newCombinerG1, done.add, v.sides...); err != nil {
			return nil, nil, err
		}
	}
	e.G2.B, err = evaluate(ctx, p, newCombinerG2, done.add, side[bn254.G2Affine]{right, basis.G2.Tau})
	return e, k, err
}

// quotients returns [tau^i (tau^n - 1)] for i < n-1, in gnark's order: bits reversed.
func quotients(ctx context.Context, commons *mpcsetup.SrsCommons) ([]bn254.G1Affine, error) {
	n := len(commons.G1.AlphaTau)
	z := make([]bn254.G1Affine, n)
	if err := parallel(ctx, n-1, always(func(from, to int) {
		differences := make([]bn254.G1Jac, to-from)
		var minus bn254.G1Affine
		for i := range differences {
			differences[i].FromAffine(&commons.G1.Tau[from+i+n])
			differences[i].AddMixed(minus.Neg(&commons.G1.Tau[from+i]))
		}
		copy(z[from:], bn254.BatchJacobianToAffineG1(differences)) // by one inversion
	})); err != nil {
		return nil, err
	}
	utils.BitReverse(z)
	return z[:n-1], nil
}

// newBasis computes the Lagrange basis at tau, in both groups and multiplied by alpha and beta.
func newBasis(ctx context.Context, commons *mpcsetup.SrsCommons, progress Progress) (b *ptau.Lagrange, err error) {
	n := len(commons.G1.AlphaTau)
	tick := (&counter{progress: progress, what: "Lagrange basis", total: 4 * multiplications(n)}).add
	b = new(ptau.Lagrange)
	for _, v := range []struct {
		to   *[]bn254.G1Affine
		from []bn254.G1Affine
	}{{&b.G1.Tau, commons.G1.Tau[:n]}, {&b.G1.AlphaTau, commons.G1.AlphaTau}, {&b.G1.BetaTau, commons.G1.BetaTau}} {
		if *v.to, err = lagrange[bn254.G1Jac, bn254.G1Affine](ctx, v.from, tick); err != nil {
			return nil, err
		}
	}
	b.G2.Tau, err = lagrange[bn254.G2Jac, bn254.G2Affine](ctx, commons.G2.Tau, tick)
	return b, err
}
