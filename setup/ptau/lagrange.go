package ptau

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// Lagrange is the powers in another basis: with ω the generator of the domain of n = 2^Power,
//
//	L_i(τ) = 1/n Σⱼ ω^(-ij) τʲ    i < n
//
// which is 1 at ωⁱ and 0 at its other powers.
type Lagrange struct {
	G1 struct{ Tau, AlphaTau, BetaTau []bn254.G1Affine } // L_i(τ), α·L_i(τ), β·L_i(τ)
	G2 struct{ Tau []bn254.G2Affine }                    // L_i(τ)
}

// errLagrange says that sections 12 to 15 are not of the powers in sections 2 to 5.
var errLagrange = errors.New("the Lagrange basis is not that of the powers")

// prepared reports whether the file has all sections of points in the Lagrange basis.
func (l *layout) prepared() bool {
	return len(l.sections) == secContributions+lastSection-secLagrange+1
}

// readLagrange reads the points of the domain of n. A section has those of the domains of 1, 2, 4 ...
// points one after the other.
func readLagrange(s *stream, sec section, to *Lagrange, n int64) (err error) {
	switch sec.id {
	case secLagrange:
		to.G1.Tau, err = readDomain(s, &g1, sec, n)
	case secLagrange + 1:
		to.G2.Tau, err = readDomain(s, &g2, sec, n)
	case secLagrange + 2:
		to.G1.AlphaTau, err = readDomain(s, &g1, sec, n)
	default:
		to.G1.BetaTau, err = readDomain(s, &g1, sec, n)
	}
	return err
}

func readDomain[P any](s *stream, g *group[P], sec section, n int64) ([]P, error) {
	size := int64(g.size)
	if err := s.skip((n - 1) * size); err != nil {
		return nil, err
	}
	points, err := readSequence(s, g, section{id: sec.id, size: n * size}, n, func(int64, *P) error { return nil })
	if err != nil {
		return nil, fmt.Errorf("domain of %d: %w", n, err)
	}
	return points, s.skip(sec.size - (2*n-1)*size)
}

// checkLagrange compares the basis with powers that are consistent, all points at once, with coefficients
// cᵢ below 2^132 that follow from the file's SHA-256, and d their inverse Fourier transform:
//
//	Σ cᵢ·[L_i]₁ = Σ dⱼ·[τʲ]₁    dⱼ = 1/n Σᵢ ω^(-ij) cᵢ
//	e(Σ cᵢ·[L_i]₁, G₂) = e(G₁, Σ cᵢ·[L_i]₂)
//	e(Σ cᵢ·[αL_i]₁, G₂) = e([α]₁, Σ cᵢ·[L_i]₂), and so for β
//
// Points must be in their groups, which is looked at here for those in G2, with the digits of the same coefficients.
//
// A wrong basis passes for at most one in 2^132 values of the coefficient of its first wrong point, and one with a point
// outside of G2 for one in 2^132 as well.
// Every byte of the sections is in the digest, so nobody can choose points after the coefficients:
// with SHA-256 as a random oracle, whoever tries 2^k files gets one through with probability 2^(k-132)
// (Fiat and Shamir, Crypto 1986). Everybody who has the file has the same coefficients.
func checkLagrange(ctx context.Context, l *Lagrange, srs *mpcsetup.SrsCommons, digest [32]byte, opt *Options) error {
	n := len(l.G2.Tau)
	m := newCounter(ctx, opt, PhaseLagrange, 5*n)
	c := coefficients(digest, n)
	twisted, err := sumInSubgroup(m, secLagrange+1, l.G2.Tau, c)
	if err != nil {
		return err
	}
	d := append([]fr.Element(nil), c...)
	fft.NewDomain(uint64(n)).FFTInverse(d, fft.DIF)
	utils.BitReverse(d)

	var sums [4]bn254.G1Affine
	for i, s := range []struct {
		points  []bn254.G1Affine
		scalars []fr.Element
	}{{srs.G1.Tau[:n], d}, {l.G1.Tau, c}, {l.G1.AlphaTau, c}, {l.G1.BetaTau, c}} {
		var err error
		if sums[i], err = weightedSum(m, s.points, s.scalars); err != nil {
			return err
		}
	}
	two := srs.G2.Tau[0]
	switch {
	case sums[1] != sums[0]:
		err = fmt.Errorf("section %d: %w", secLagrange, errLagrange)
	case !sameRatio(srs.G1.Tau[0], sums[1], two, twisted):
		err = fmt.Errorf("section %d: %w", secLagrange+1, errLagrange)
	case !sameRatio(srs.G1.AlphaTau[0], sums[2], two, twisted):
		err = fmt.Errorf("section %d: %w", secLagrange+2, errLagrange)
	case !sameRatio(srs.G1.BetaTau[0], sums[3], two, twisted):
		err = fmt.Errorf("section %d: %w", secLagrange+3, errLagrange)
	}
	return err
}

// weightedSum returns Σ scalarsᵢ·pointsᵢ; len(scalars) == len(points).
func weightedSum(m *counter, points []bn254.G1Affine, scalars []fr.Element) (sum bn254.G1Affine, err error) {
	for len(points) > 0 {
		n := min(len(points), m.opt.atOnce(pointsSummed))
		var part bn254.G1Affine
		if _, err = part.MultiExp(points[:n], scalars[:n], ecc.MultiExpConfig{}); err != nil {
			return sum, err
		}
		sum.Add(&sum, &part)
		if err = m.add(n); err != nil {
			return sum, err
		}
		points, scalars = points[n:], scalars[n:]
	}
	return sum, nil
}
