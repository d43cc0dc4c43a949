package ptau

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// msmPoints are combined at a time, which bounds the memory that takes.
const msmPoints = 1 << 16

// ErrPowers says that the points are not the powers of one secret.
var ErrPowers = errors.New("the powers do not belong together")

// checkPowers compares all points with one another, with fresh 128-bit coefficients c:
//
//	e(τG₁, G₂) = e(G₁, τG₂)
//	e(Σ cᵢ aᵢ₊₁, G₂) = e(Σ cᵢ aᵢ, τG₂)   a: the points of τ, ατ and βτ in G1, one after the other
//	e(τG₁, Σ cᵢ bᵢ) = e(G₁, Σ cᵢ bᵢ₊₁)   b: the points of τ in G2
//	e(βG₁, G₂) = e(G₁, βG₂)
//
// A file with a wrong power passes with probability 2^-128. Every point must be known to
// be in its group, and the first ones to be the generators. gnark's SameRatioMany says as
// much but for the last line, which it leaves out; it also copies all points.
func checkPowers(ctx context.Context, srs *mpcsetup.SrsCommons, opt *Options) error {
	seqs := [][]bn254.G1Affine{srs.G1.Tau, srs.G1.AlphaTau, srs.G1.BetaTau}
	m := &counter{ctx: ctx, opt: opt, phase: PhasePowers}
	for _, s := range seqs {
		m.total += int64(len(s) - 1)
	}
	m.total += int64(len(srs.G2.Tau) - 1)
	g1, g2 := srs.G1.Tau[0], srs.G2.Tau[0]
	tau1, tau2 := srs.G1.Tau[1], srs.G2.Tau[1]
	if !sameRatio(g1, tau1, g2, tau2) || !sameRatio(g1, srs.G1.BetaTau[0], g2, srs.G2.Beta) {
		return ErrPowers
	}
	var low1, high1 bn254.G1Affine
	if l, h, err := shiftedSums[bn254.G1Affine, bn254.G1Jac](m, seqs...); err != nil {
		return err
	} else {
		low1.FromJacobian(&l)
		high1.FromJacobian(&h)
	}
	var low2, high2 bn254.G2Affine
	if l, h, err := shiftedSums[bn254.G2Affine, bn254.G2Jac](m, srs.G2.Tau); err != nil {
		return err
	} else {
		low2.FromJacobian(&l)
		high2.FromJacobian(&h)
	}
	if !sameRatio(low1, high1, g2, tau2) || !sameRatio(g1, tau1, low2, high2) {
		return ErrPowers
	}
	return nil
}

// sameRatio tells whether a1/a0 = b1/b0, that is e(a1, b0) = e(a0, b1), for points in
// their subgroups. A ratio with a zero has no answer but false.
func sameRatio(a0, a1 bn254.G1Affine, b0, b1 bn254.G2Affine) bool {
	if a0.IsInfinity() || a1.IsInfinity() || b0.IsInfinity() || b1.IsInfinity() {
		return false
	}
	a0.Neg(&a0)
	ok, err := bn254.PairingCheck([]bn254.G1Affine{a1, a0}, []bn254.G2Affine{b0, b1})
	return err == nil && ok
}

// A jacobian sums points A.
type jacobian[A, J any] interface {
	*J
	MultiExp(points []A, scalars []fr.Element, config ecc.MultiExpConfig) (*J, error)
	AddAssign(*J) *J
}

// shiftedSums returns Σ cᵢ·aᵢ and Σ cᵢ·aᵢ₊₁ over all neighbours in each sequence a.
func shiftedSums[A, J any, PJ jacobian[A, J]](m *counter, sequences ...[]A) (low, high J, err error) {
	var part J
	for _, a := range sequences {
		for len(a) > 1 {
			n := min(len(a)-1, msmPoints)
			c := coefficients(n)
			if _, err = PJ(&part).MultiExp(a[:n], c, ecc.MultiExpConfig{}); err != nil {
				return low, high, err
			}
			PJ(&low).AddAssign(&part)
			if _, err = PJ(&part).MultiExp(a[1:n+1], c, ecc.MultiExpConfig{}); err != nil {
				return low, high, err
			}
			PJ(&high).AddAssign(&part)
			a = a[n:]
			if err = m.add(n); err != nil {
				return low, high, err
			}
		}
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
	ctx         context.Context
	opt         *Options
	phase       string
	done, total int64
}

func (m *counter) add(n int) error {
	if m.done == 0 {
		m.opt.report(m.phase, 0, m.total)
	}
	m.done += int64(n)
	m.opt.report(m.phase, m.done, m.total)
	return m.ctx.Err()
}
