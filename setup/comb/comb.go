// Package comb multiplies the generators of BN254's groups by many scalars.
//
// A scalar is cut into signed digits of c bits, and a table holds every multiple that a digit can
// ask for, at every place:
//
//	s = Σ dᵥ·2^(cv)    -2^(c-1) < dᵥ <= 2^(c-1)
//	s·G = Σ ±T[v][|dᵥ|]    T[v][d] = d·2^(cv)·G, 1 <= d <= 2^(c-1)
//
// (the fixed-base windowing of Brickell, Gordon, McCurley and Wilson: Fast Exponentiation with
// Precomputation, Eurocrypt 1992, with signed digits). So a product takes 254/c additions and no
// doubling. Additions are affine, and those of many products share one inversion.
//
// Time and memory accesses depend on the scalars, as they do in gnark-crypto: whoever can
// measure either while secrets are multiplied may learn of them.
package comb

import (
	"context"
	"math/big"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// G1 returns scalars[i] times the generator of G1; 0 gives infinity. It uses all cores, stops soon when
// ctx ends, and tells tick, which may be nil, how many more products are done, from one
// goroutine at a time.
func G1(ctx context.Context, scalars []fr.Element, tick func(more int)) ([]bn254.G1Affine, error) {
	_, _, one, _ := bn254.Generators()
	out := make([]bn254.G1Affine, len(scalars))
	err := multiply[fp.Element](ctx, point[fp.Element](one), scalars, tick, func(i int, p *point[fp.Element]) {
		out[i] = bn254.G1Affine(*p)
	}, func(i int, s *big.Int) { out[i].ScalarMultiplication(&one, s) })
	return out, err
}

// G2 is [G1] for the generator of G2.
func G2(ctx context.Context, scalars []fr.Element, tick func(more int)) ([]bn254.G2Affine, error) {
	_, _, _, one := bn254.Generators()
	out := make([]bn254.G2Affine, len(scalars))
	err := multiply[bn254.E2](ctx, point[bn254.E2](one), scalars, tick, func(i int, p *point[bn254.E2]) {
		out[i] = bn254.G2Affine(*p)
	}, func(i int, s *big.Int) { out[i].ScalarMultiplication(&one, s) })
	return out, err
}

// batch is how many products share an inversion.
const batch = 1024

// multiply makes a table that suits the number of scalars and gives every product to put. slow
// multiplies a scalar for which two equal points meet, which happens to one or two of all scalars.
func multiply[F any, P field[F]](ctx context.Context, base point[F], scalars []fr.Element, tick func(int),
	put func(i int, p *point[F]), slow func(i int, s *big.Int)) error {
	t, err := newTable[F, P](ctx, base, width(len(scalars)))
	if err != nil {
		return err
	}
	var reports sync.Mutex
	return each(ctx, (len(scalars)+batch-1)/batch, func() func(int) {
		a := newAccumulator[F, P](t)
		return func(k int) {
			from, to := k*batch, min((k+1)*batch, len(scalars))
			a.multiply(scalars[from:to])
			for i := from; i < to; i++ {
				if a.equal[i-from] {
					slow(i, scalars[i].BigInt(new(big.Int)))
				} else {
					put(i, &a.sums[i-from])
				}
			}
			clear(a.digits)
			if tick != nil {
				reports.Lock()
				defer reports.Unlock()
				tick(to - from)
			}
		}
	})
}

// each calls work for 0 to n-1, in any order, on all cores. A core gets its own work, from begin.
func each(ctx context.Context, n int, begin func() (work func(int))) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			work := begin()
			for ctx.Err() == nil {
				k := int(next.Add(1)) - 1
				if k >= n {
					return
				}
				work(k)
			}
		})
	}
	workers.Wait()
	return ctx.Err()
}
