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
// less time: it takes the Lagrange basis where it is given, and computes it on all cores otherwise;
// a wire's terms share multiplications and doublings. Its outcome is checked like anybody's: see checkInitial.
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
	table, codes := termsOf(system), recode(system.Coefficients)
	wires := len(table)
	e = new(Evaluations)
	e.G1.A, e.G1.B, e.G2.B = make([]bn254.G1Affine, wires), make([]bn254.G1Affine, wires), make([]bn254.G2Affine, wires)
	e.PublicAndCommitmentCommitted = [][]int{}
	k = make([]bn254.G1Affine, wires)
	done := &counter{progress: progress, what: "circuit's polynomials at tau", total: int64(wires)}
	err = parallel(ctx, wires, func() func(from, to int) {
		a := newCombinerG1(codes, side[bn254.G1Affine]{sideL, basis.G1.Tau})
		b := newCombinerG1(codes, side[bn254.G1Affine]{sideR, basis.G1.Tau})
		b2 := newCombinerG2(codes, side[bn254.G2Affine]{sideR, basis.G2.Tau})
		all := newCombinerG1(codes, side[bn254.G1Affine]{sideL, basis.G1.BetaTau},
			side[bn254.G1Affine]{sideR, basis.G1.AlphaTau}, side[bn254.G1Affine]{sideO, basis.G1.Tau})
		return func(from, to int) {
			some := table[from:to]
			copy(e.G1.A[from:], a.combine(some))
			copy(e.G1.B[from:], b.combine(some))
			copy(e.G2.B[from:], b2.combine(some))
			copy(k[from:], all.combine(some))
			done.add(to - from)
		}
	})
	return e, k, err
}

// quotients returns [tau^i (tau^n - 1)] for i < n-1, in gnark's order: bits reversed.
func quotients(ctx context.Context, commons *mpcsetup.SrsCommons) ([]bn254.G1Affine, error) {
	n := len(commons.G1.AlphaTau)
	z := make([]bn254.G1Affine, n)
	if err := parallel(ctx, n-1, always(func(from, to int) {
		for i := from; i < to; i++ {
			z[i].Sub(&commons.G1.Tau[i+n], &commons.G1.Tau[i])
		}
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
