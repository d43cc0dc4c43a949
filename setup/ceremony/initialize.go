package ceremony

import (
	"context"
	"math/big"
	"slices"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Evaluations are a circuit's polynomials at tau, which its keys hold as they are: for
// wire j, A_j and B_j (in either group), and for public ones K_j = beta A_j + alpha B_j + C_j.
type Evaluations = mpcsetup.Phase2Evaluations

// initialize does what gnark's Phase2.Initialize does, for a circuit without commitments,
// several times faster: on all cores, in Jacobian coordinates, and with one multiplication for all
// terms of a wire that share a coefficient. Its outcome is checked like anybody's: see checkInitial.
func initialize(ctx context.Context, system *cs.R1CS, commons *mpcsetup.SrsCommons, progress Progress) (*mpcsetup.Phase2, *Evaluations, error) {
	basis, err := newBasis(ctx, commons, progress)
	if err != nil {
		return nil, nil, err
	}
	table := termsOf(system)
	internal, secret, public := system.GetNbVariables()
	wires := internal + secret + public
	e := new(Evaluations)
	e.G1.A, e.G1.B, e.G2.B = make([]bn254.G1Affine, wires), make([]bn254.G1Affine, wires), make([]bn254.G2Affine, wires)
	e.PublicAndCommitmentCommitted = [][]int{}
	k := make([]bn254.G1Affine, wires)
	var done atomic.Int64
	if err := parallel(ctx, wires, func(from, to int) {
		for j := from; j < to; j++ {
			t := &table[j]
			e.G1.A[j].FromJacobian(combine[bn254.G1Jac](system, t.l, basis.tau))
			e.G1.B[j].FromJacobian(combine[bn254.G1Jac](system, t.r, basis.tau))
			e.G2.B[j].FromJacobian(combine[bn254.G2Jac](system, t.r, basis.tau2))
			sum := combine[bn254.G1Jac](system, t.l, basis.beta)
			sum.AddAssign(combine[bn254.G1Jac](system, t.r, basis.alpha))
			sum.AddAssign(combine[bn254.G1Jac](system, t.o, basis.tau))
			k[j].FromJacobian(sum)
		}
		progress.report("circuit's polynomials at tau", done.Add(int64(to-from)), int64(wires))
	}); err != nil {
		return nil, nil, err
	}
	e.G1.VKK = slices.Clone(k[:public])
	p := new(mpcsetup.Phase2)
	_, _, p.Parameters.G1.Delta, p.Parameters.G2.Delta = bn254.Generators()
	p.Parameters.G1.PKK = k[public:]
	p.Parameters.G1.Z = quotients(commons)
	return p, e, nil
}

// quotients returns [tau^i (tau^n - 1)] for i < n-1, in gnark's order: bits reversed.
func quotients(commons *mpcsetup.SrsCommons) []bn254.G1Affine {
	n := len(commons.G1.AlphaTau)
	z := make([]bn254.G1Affine, n)
	for i := range n - 1 {
		z[i].Sub(&commons.G1.Tau[i+n], &commons.G1.Tau[i])
	}
	utils.BitReverse(z)
	return z[:n-1]
}

// A basis holds the Lagrange basis at tau, in both groups and multiplied by alpha and beta.
type basis struct {
	tau, alpha, beta []bn254.G1Affine
	tau2             []bn254.G2Affine
}

func newBasis(ctx context.Context, commons *mpcsetup.SrsCommons, progress Progress) (b *basis, err error) {
	n := len(commons.G1.AlphaTau)
	var done atomic.Int64
	tick := func(k int) { progress.report("Lagrange basis", done.Add(int64(k)), 4*multiplications(n)) }
	b = new(basis)
	for _, v := range []struct {
		to   *[]bn254.G1Affine
		from []bn254.G1Affine
	}{{&b.tau, commons.G1.Tau[:n]}, {&b.alpha, commons.G1.AlphaTau}, {&b.beta, commons.G1.BetaTau}} {
		if *v.to, err = lagrange[bn254.G1Jac, bn254.G1Affine](ctx, v.from, tick); err != nil {
			return nil, err
		}
	}
	b.tau2, err = lagrange[bn254.G2Jac, bn254.G2Affine](ctx, commons.G2.Tau, tick)
	return b, err
}

// A term is a coefficient of a wire and the constraint that it occurs in.
type term struct{ coefficient, constraint int }

// Terms are those of one wire in the three matrices, by coefficient.
type terms struct{ l, r, o []term }

func termsOf(system *cs.R1CS) []terms {
	internal, secret, public := system.GetNbVariables()
	table := make([]terms, internal+secret+public)
	i := 0
	it := system.GetR1CIterator()
	for c := it.Next(); c != nil; c = it.Next() {
		add := func(expression constraint.LinearExpression, to func(*terms) *[]term) {
			for _, t := range expression {
				list := to(&table[t.WireID()])
				*list = append(*list, term{t.CoeffID(), i})
			}
		}
		add(c.L, func(t *terms) *[]term { return &t.l })
		add(c.R, func(t *terms) *[]term { return &t.r })
		add(c.O, func(t *terms) *[]term { return &t.o })
		i++
	}
	for j := range table {
		for _, list := range [][]term{table[j].l, table[j].r, table[j].o} {
			slices.SortFunc(list, func(a, b term) int { return a.coefficient - b.coefficient })
		}
	}
	return table
}

// combine returns the sum over a wire's terms of coefficient times point.
func combine[J, A any, PJ jacobian[J, A]](system *cs.R1CS, list []term, points []A) *J {
	sum := new(J)
	for len(list) > 0 {
		id := list[0].coefficient
		var same J
		for len(list) > 0 && list[0].coefficient == id {
			PJ(&same).AddMixed(&points[list[0].constraint])
			list = list[1:]
		}
		if id != constraint.CoeffIdOne {
			PJ(&same).ScalarMultiplication(&same, system.Coefficients[id].BigInt(new(big.Int)))
		}
		PJ(sum).AddAssign(&same)
	}
	return sum
}
