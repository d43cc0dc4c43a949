package insecureptau

import (
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Multiples of one point by windows of its scalars: a few mixed additions a scalar
// take a fifth of the time of gnark-crypto's batch multiplication, which doubles anew for
// every scalar, and files of this size have millions.
const (
	window  = 13
	windows = (fr.Bits + window - 1) / window
)

// jacobian is what G1 and G2 have in common.
type jacobian[A, J any] interface {
	*J
	Set(*J) *J
	AddAssign(*J) *J
	AddMixed(*A) *J
	DoubleAssign() *J
}

type affine[A, J any] interface {
	*A
	FromJacobian(*J) *A
}

// A table holds digit·2^(window·i)·base at [i][digit−1].
type table[A, J any, PA affine[A, J], PJ jacobian[A, J]] struct {
	points [windows][]A
	many   func([]J) []A // to affine form, one inversion for all
}

// The tables are made once: they take a second.
var (
	tableG1 = sync.OnceValue(func() *table[bn254.G1Affine, bn254.G1Jac, *bn254.G1Affine, *bn254.G1Jac] {
		base, _, _, _ := bn254.Generators()
		return newTable[bn254.G1Affine, bn254.G1Jac, *bn254.G1Affine, *bn254.G1Jac](&base, bn254.BatchJacobianToAffineG1)
	})
	tableG2 = sync.OnceValue(func() *table[bn254.G2Affine, bn254.G2Jac, *bn254.G2Affine, *bn254.G2Jac] {
		_, base, _, _ := bn254.Generators()
		return newTable[bn254.G2Affine, bn254.G2Jac, *bn254.G2Affine, *bn254.G2Jac](&base, nil)
	})
)

func newTable[A, J any, PA affine[A, J], PJ jacobian[A, J]](base *J, many func([]J) []A) *table[A, J, PA, PJ] {
	t := &table[A, J, PA, PJ]{many: many}
	var step J
	PJ(&step).Set(base)
	for i := range t.points {
		row := make([]J, 1<<window-1)
		PJ(&row[0]).Set(&step)
		for d := 1; d < len(row); d++ {
			PJ(&row[d]).Set(&row[d-1])
			PJ(&row[d]).AddAssign(&step) // the first one doubles
		}
		t.points[i] = t.affine(row)
		for range window {
			PJ(&step).DoubleAssign()
		}
	}
	return t
}

// affine converts points, in parallel where the library has no batch for them.
func (t *table[A, J, PA, PJ]) affine(points []J) []A {
	if t.many != nil {
		return t.many(points)
	}
	out := make([]A, len(points))
	parallel(len(points), func(i int) { PA(&out[i]).FromJacobian(&points[i]) })
	return out
}

// multiples returns scalar·base for each scalar.
func (t *table[A, J, PA, PJ]) multiples(scalars []fr.Element) []A {
	sums := make([]J, len(scalars))
	parallel(len(scalars), func(i int) {
		limbs := scalars[i].Bits()
		for w := range windows {
			if d := digit(&limbs, w); d > 0 {
				PJ(&sums[i]).AddMixed(&t.points[w][d-1]) // a zero value is infinity
			}
		}
	})
	return t.affine(sums)
}

// digit returns bits window·w and up of a scalar.
func digit(limbs *[4]uint64, w int) uint64 {
	at, shift := window*w/64, window*w%64
	d := limbs[at] >> shift
	if shift+window > 64 && at < 3 {
		d |= limbs[at+1] << (64 - shift)
	}
	return d & (1<<window - 1)
}

func parallel(n int, do func(i int)) {
	var group sync.WaitGroup
	share := (n + runtime.NumCPU() - 1) / runtime.NumCPU()
	for from := 0; from < n; from += share {
		group.Go(func() {
			for i := from; i < min(n, from+share); i++ {
				do(i)
			}
		})
	}
	group.Wait()
}
