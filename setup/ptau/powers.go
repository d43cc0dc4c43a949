package ptau

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// errPowers says that the points are not the powers of one secret.
var errPowers = errors.New("the powers do not belong together")

// checkPowers compares all points with one another, with fresh 128-bit coefficients c:
//
//	e(τG₁, G₂) = e(G₁, τG₂)
//	e(βG₁, G₂) = e(G₁, βG₂)
//	e(Σ cᵢ aᵢ₊₁, G₂) = e(Σ cᵢ aᵢ, τG₂)   a: the points of τ, of ατ, and of βτ in G1
//	e(τG₁, Σ cᵢ bᵢ) = e(G₁, Σ cᵢ bᵢ₊₁)   b: the points of τ in G2
//
// A wrong power passes with probability 2^-128. Each point must be in its group, and the
// first ones of τ the generators. (gnark's SameRatioMany does the same but for β in G2,
// which it does not look at, and copies all points; its Verify adds β in G2 only together
// with gnark's own kind of proof.)
func checkPowers(ctx context.Context, srs *mpcsetup.SrsCommons, opt *Options) error {
	one, two := srs.G1.Tau[0], srs.G2.Tau[0]
	tau1, tau2 := srs.G1.Tau[1], srs.G2.Tau[1]
	if !sameRatio(one, tau1, two, tau2) {
		return fmt.Errorf("τ differs between G1 and G2: %w", errPowers)
	}
	if !sameRatio(one, srs.G1.BetaTau[0], two, srs.G2.Beta) {
		return fmt.Errorf("β differs between G1 and G2: %w", errPowers)
	}
	n := len(srs.G2.Tau)
	m := newCounter(ctx, opt, PhasePowers, 2*n-2+3*(n-1))
	for _, s := range []struct {
		name   string
		points []bn254.G1Affine
	}{{"τ", srs.G1.Tau}, {"ατ", srs.G1.AlphaTau}, {"βτ", srs.G1.BetaTau}} {
		low, high, err := shiftedSums(m, s.points)
		if err != nil {
			return err
		}
		if !sameRatio(low, high, two, tau2) {
			return fmt.Errorf("%s in G1: %w", s.name, errPowers)
		}
	}
	low, high, err := shiftedSums(m, srs.G2.Tau)
	if err != nil {
		return err
	}
	if !sameRatio(one, tau1, low, high) {
		return fmt.Errorf("τ in G2: %w", errPowers)
	}
	return nil
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

// affine are points A that can be summed.
type affine[A any] interface {
	*A
	MultiExp(points []A, scalars []fr.Element, config ecc.MultiExpConfig) (*A, error)
	Add(a, b *A) *A
}

// shiftedSums returns Σ cᵢ·aᵢ and Σ cᵢ·aᵢ₊₁ over all neighbours in a.
func shiftedSums[A any, P affine[A]](m *counter, a []A) (low, high A, err error) {
	for len(a) > 1 {
		n := min(len(a)-1, m.opt.atOnce(pointsSummed))
		c := coefficients(n)
		for _, sum := range []struct {
			to     *A
			points []A
		}{{&low, a[:n]}, {&high, a[1 : n+1]}} {
			var part A
			if _, err = P(&part).MultiExp(sum.points, c, ecc.MultiExpConfig{}); err != nil {
				return low, high, err
			}
			P(sum.to).Add(sum.to, &part)
		}
		if err = m.add(n); err != nil {
			return low, high, err
		}
		a = a[n:]
	}
	return low, high, nil
}

// coefficients draws n numbers below 2^128.
func coefficients(n int) []fr.Element {
	b := make([]byte, 16*n)
	rand.Read(b) // never fails
	c := make([]fr.Element, n)
	var word fr.Element
	for i := range c {
		c[i].SetUint64(binary.LittleEndian.Uint64(b[16*i:]))
		c[i].Mul(&c[i], &two64)
		c[i].Add(&c[i], word.SetUint64(binary.LittleEndian.Uint64(b[16*i+8:])))
	}
	return c
}

var two64 = func() (e fr.Element) {
	e.SetUint64(1 << 32)
	return *e.Square(&e)
}()

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
