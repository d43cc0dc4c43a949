package ptau

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// errPowers says that the points are not the powers of one secret.
var errPowers = errors.New("the powers do not belong together")

// checkPowers compares all points with one another, with fresh coefficients c below 2^132 and n points in G2, which it
// looks for in the subgroup:
//
//	e(τG₁, G₂) = e(G₁, τG₂)
//	e(βG₁, G₂) = e(G₁, βG₂)
//	e(Σ cᵢ aᵢ₊₁, G₂) = e(Σ cᵢ aᵢ, τG₂)   i < n, a: the points of τ in G1
//	e(Σ cᵢ aᵢ, G₂) = e(G₁, Σ cᵢ bᵢ)      b: the points of τ in G2
//	e(Σ cᵢ aₙ₊ᵢ, G₂) = e(aₙ, Σ cᵢ bᵢ)    i < n-1
//	e(Σ cᵢ dᵢ, G₂) = e(d₀, Σ cᵢ bᵢ)      i < n, d: the points of ατ, and of βτ, in G1
//
// Each of the last two rests on those before it, and none holds for more than one value of the coefficient of the first
// wrong power: it passes with probability 2^-132. Each point of G1 must be in its group, and the
// first ones of τ the generators. (gnark's SameRatioMany does the same but for β in G2,
// which it does not look at, with two sums of each list, and copies all points; its Verify adds β in G2
// only together with gnark's own kind of proof.)
func checkPowers(ctx context.Context, srs *mpcsetup.SrsCommons, opt *Options) error {
	n := len(srs.G2.Tau)
	var seed [32]byte
	rand.Read(seed[:]) // never fails
	c := coefficients(seed, n)
	twisted, err := sumInSubgroup(newCounter(ctx, opt, PhaseSubgroup, n), secTauG2, srs.G2.Tau, c)
	if err != nil {
		return err
	}
	one, two := srs.G1.Tau[0], srs.G2.Tau[0]
	tau1, tau2 := srs.G1.Tau[1], srs.G2.Tau[1]
	if !sameRatio(one, tau1, two, tau2) {
		return fmt.Errorf("τ differs between G1 and G2: %w", errPowers)
	}
	if !sameRatio(one, srs.G1.BetaTau[0], two, srs.G2.Beta) {
		return fmt.Errorf("β differs between G1 and G2: %w", errPowers)
	}
	m := newCounter(ctx, opt, PhasePowers, 5*n-1)
	follows := func(what string, points []bn254.G1Affine, of bn254.G1Affine, times bn254.G2Affine) error {
		sum, err := weightedSum(m, points, c[:len(points)])
		if err == nil && !sameRatio(of, sum, two, times) {
			err = fmt.Errorf("%s in G1: %w", what, errPowers)
		}
		return err
	}
	low, err := weightedSum(m, srs.G1.Tau[:n], c)
	if err != nil {
		return err
	}
	if err := follows("τ", srs.G1.Tau[1:n+1], low, tau2); err != nil {
		return err
	}
	if !sameRatio(one, low, two, twisted) {
		return fmt.Errorf("τ in G2: %w", errPowers)
	}
	last := srs.G2.Tau[n-1]
	last.ScalarMultiplication(&last, c[n-1].BigInt(new(big.Int)))
	last.Sub(&twisted, &last)
	if err := follows("τ", srs.G1.Tau[n:], srs.G1.Tau[n], last); err != nil {
		return err
	}
	if err := follows("ατ", srs.G1.AlphaTau, srs.G1.AlphaTau[0], twisted); err != nil {
		return err
	}
	return follows("βτ", srs.G1.BetaTau, srs.G1.BetaTau[0], twisted)
}

// sameRatio reports whether a1/a0 = b1/b0, that is e(a1, b0) = e(a0, b1), for points in
// their subgroups. A ratio with a zero has no answer but false.
func sameRatio(a0, a1 bn254.G1Affine, b0, b1 bn254.G2Affine) bool {
	if a0.IsInfinity() || a1.IsInfinity() || b0.IsInfinity() || b1.IsInfinity() {
		return false
	}
	a0.Neg(&a0)
	ok, err := bn254.PairingCheck([]bn254.G1Affine{a1, a0}, []bn254.G2Affine{b0, b1})
	return err == nil && ok
}

// A counter reports work done and stops when the context does.
type counter struct {
	ctx            context.Context
	opt            *Options
	phase          string
	done, total    int64
	sinceCollected int
}

func newCounter(ctx context.Context, opt *Options, phase string, total int) *counter {
	m := &counter{ctx: ctx, opt: opt, phase: phase, total: int64(total)}
	opt.report(phase, 0, m.total)
	return m
}

// add counts n more. Sums leave much garbage, and the collector would let it grow to the
// size of the points; hence it is called.
func (m *counter) add(n int) error {
	m.done += int64(n)
	if m.sinceCollected += n; m.sinceCollected >= pointsSummed {
		m.sinceCollected = 0
		runtime.GC()
	}
	m.opt.report(m.phase, m.done, m.total)
	return m.ctx.Err()
}
