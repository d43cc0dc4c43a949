package ceremony

import (
	"context"
	"math/big"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
)

// A jacobian is *bn254.G1Jac or *bn254.G2Jac, and A the affine points of its group.
type jacobian[J, A any] interface {
	*J
	Set(*J) *J
	FromAffine(*A) *J
	AddAssign(*J) *J
	SubAssign(*J) *J
	AddMixed(*A) *J
	DoubleAssign() *J
	ScalarMultiplication(*J, *big.Int) *J
	MultiExp([]A, []fr.Element, ecc.MultiExpConfig) (*J, error)
}

// An affine is *bn254.G1Affine or *bn254.G2Affine.
type affine[A, J any] interface {
	*A
	FromJacobian(*J) *A
	Neg(*A) *A
	IsInfinity() bool
}

// lagrange turns the powers [tau^i], i < n = 2^k, into the Lagrange basis [L_i(tau)] of the n-th roots
// of unity: an inverse FFT over the group, by decimation in frequency. tick is told the
// multiplications done, of multiplications(n).
func lagrange[J, A any, PJ jacobian[J, A], PA affine[A, J]](ctx context.Context, powers []A, tick func(int)) ([]A, error) {
	n := len(powers)
	d := fft.NewDomain(uint64(n))
	a := make([]J, n)
	scale := d.CardinalityInv.BigInt(new(big.Int))
	if err := parallel(ctx, n, always(func(from, to int) {
		for i := from; i < to; i++ {
			PJ(&a[i]).FromAffine(&powers[i])
			PJ(&a[i]).ScalarMultiplication(&a[i], scale)
		}
		tick(to - from)
	})); err != nil {
		return nil, err
	}
	w := powersOf(d.GeneratorInv, n/2)
	for half := n / 2; half > 0; half /= 2 {
		if err := level[J, A, PJ](ctx, a, w, half, tick); err != nil {
			return nil, err
		}
	}
	utils.BitReverse(a)
	out := make([]A, n)
	return out, parallel(ctx, n, always(func(from, to int) {
		for i := from; i < to; i++ {
			PA(&out[i]).FromJacobian(&a[i])
		}
	}))
}

// level does the n/2 butterflies (x, y) -> (x + y, (x - y) w^k) between elements half apart.
func level[J, A any, PJ jacobian[J, A]](ctx context.Context, a []J, w []fr.Element, half int, tick func(int)) error {
	step := len(a) / 2 / half
	return parallel(ctx, len(a)/2, always(func(from, to int) {
		var t J
		var s big.Int
		for b := from; b < to; b++ {
			k := b % half
			x, y := &a[2*(b-k)+k], &a[2*(b-k)+k+half]
			PJ(&t).Set(x)
			PJ(x).AddAssign(y)
			PJ(&t).SubAssign(y)
			if PJ(y).Set(&t); k > 0 {
				PJ(y).ScalarMultiplication(&t, w[k*step].BigInt(&s))
			}
		}
		tick(to - from)
	}))
}

// multiplications is what lagrange does of them, those by 1 counted.
func multiplications(n int) int64 { return int64(n) + int64(n/2)*int64(powerOf(uint64(n))) }

// powersOf returns 1, x, x^2 ... x^(n-1).
func powersOf(x fr.Element, n int) []fr.Element {
	p := make([]fr.Element, n)
	for i := range p {
		if i == 0 {
			p[i].SetOne()
			continue
		}
		p[i].Mul(&p[i-1], &x)
	}
	return p
}

// parallel calls work for ranges that cover 0 to n, on all cores, small ones so that it can
// stop soon and none waits long for another. A core gets its own work, from begin.
func parallel(ctx context.Context, n int, begin func() (work func(from, to int))) error {
	return parallelBy(ctx, 64, n, begin)
}

// parallelBy is parallel with ranges of grain.
func parallelBy(ctx context.Context, grain int64, n int, begin func() (work func(from, to int))) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			work := begin()
			for ctx.Err() == nil {
				to := int(next.Add(grain))
				if to-int(grain) >= n {
					return
				}
				work(to-int(grain), min(to, n))
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// always is the same work for all cores.
func always(work func(from, to int)) func() func(from, to int) {
	return func() func(from, to int) { return work }
}
