package setup

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"golang.org/x/sync/errgroup"
)

// audit holds keys from elsewhere to what can be told from them and the constraint system:
//
//	every point has reduced coordinates, is on its curve and in its subgroup; none is at
//	infinity but private K of wires in no constraint
//	the domain's roots of unity are those of its size
//	A and B have a point for exactly the wires that the constraint system has in A and B
//	e(β1, G2) = e(G1, β2), e(δ1, G2) = e(G1, δ2), and so for all points of B
//	e(K_i, δ) = e(A_i, β)·e(α, B_i) for the private wires i that are not in C, and with γ
//	for the public ones
//
// What it cannot tell: whether A, B, C and Z are those of this constraint system at one
// secret τ, for which it takes the powers of τ, and whether anybody knows the secrets. That
// is what checking the ceremony is for.
//
// A proving key that passes cannot make proofs that verify and give away what they hide:
// with δ not zero and every point in its group, A and B of a proof are uniform and C is
// the only one that verifies with them. What remains to a malicious key is to make proofs of
// some witnesses fail, which the prover sees: it verifies each before it is published.
func (k *Groth16Keys) audit(ctx context.Context, progress Progress) error {
	progress.report(PhaseAudit, 0, 0)
	for _, check := range []func(context.Context) error{k.auditDomain, k.auditPoints, k.auditPairings} {
		if err := check(ctx); err != nil {
			return fmt.Errorf("proving key: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	progress.report(PhaseAudit, 1, 1)
	return nil
}

// auditDomain compares what a dump of the key would have said about the domain.
func (k *Groth16Keys) auditDomain(context.Context) error {
	got, want := &k.Proving.Domain, fft.NewDomain(k.Circuit.Domain)
	if got.CardinalityInv != want.CardinalityInv || got.Generator != want.Generator || got.GeneratorInv != want.GeneratorInv ||
		got.FrMultiplicativeGen != want.FrMultiplicativeGen || got.FrMultiplicativeGenInv != want.FrMultiplicativeGenInv {
		return errors.New("its domain has other roots of unity than its size")
	}
	return nil
}

func (k *Groth16Keys) auditPoints(ctx context.Context) error {
	pk := k.Proving
	g1 := &pk.G1
	ends := []bn254.G1Affine{g1.Alpha, g1.Beta, g1.Delta}
	for _, set := range []struct {
		name     string
		points   []bn254.G1Affine
		infinity bool // allowed
	}{{"of alpha, beta, delta", ends, false}, {"A", g1.A, false}, {"B", g1.B, false}, {"Z", g1.Z, false}, {"K", g1.K, true}} {
		if err := each(ctx, set.name, len(set.points), func(i int) bool {
			p := &set.points[i]
			return reduced(&p.X, &p.Y) && p.IsOnCurve() && (set.infinity || !p.IsInfinity())
		}); err != nil {
			return err
		}
	}
	twisted := append([]bn254.G2Affine{pk.G2.Beta, pk.G2.Delta}, pk.G2.B...)
	return each(ctx, "of beta, delta, B in G2", len(twisted), func(i int) bool {
		p := &twisted[i]
		return reduced(&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1) && !p.IsInfinity() && p.IsOnCurve() && p.IsInSubGroup()
	})
}

// each asks about n points on all cores. Only the first bad one of a core is named.
func each(ctx context.Context, name string, n int, good func(i int) bool) error {
	const batch = 1 << 12
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for start := 0; start < n; start += batch {
		workers.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			for i := start; i < min(start+batch, n); i++ {
				if !good(i) {
					return fmt.Errorf("point %d %s is not a point of its group", i, name)
				}
			}
			return nil
		})
	}
	return workers.Wait()
}

// modulus is the field's, little-endian words, as elements are held.
var modulus = func() (words fp.Element) {
	for i, w := range fp.Modulus().Bits() {
		words[i] = uint64(w)
	}
	return words
}()

// reduced reports whether elements are below the modulus: a dump's bytes become elements as
// they are, and arithmetic on larger ones is undefined.
func reduced(elements ...*fp.Element) bool {
	for _, e := range elements {
		for i := len(e) - 1; i >= 0; i-- {
			if e[i] != modulus[i] {
				if e[i] > modulus[i] {
					return false
				}
				break
			}
			if i == 0 {
				return false // the modulus itself
			}
		}
	}
	return true
}

// points gives wires the points that a proving key has for them: it leaves out those at infinity.
func points[P any](infinity []bool, list []P) []P {
	all := make([]P, len(infinity)) // the zero value is infinity
	for i := range all {
		if !infinity[i] {
			all[i], list = list[0], list[1:]
		}
	}
	return all
}

// count is the number of wires that are not at infinity.
func count(infinity []bool) (n int) {
	for _, is := range infinity {
		if !is {
			n++
		}
	}
	return n
}
