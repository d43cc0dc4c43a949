//go:build !js

package sha256

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

func init() { solver.RegisterHint(belowHint) }

// A lengthVar is a length of low to high bytes, in unary: wire i says that the length is
// more than low + i. Every question about it is a form of two wires at most.
type lengthVar struct {
	low, high int
	more      []frontend.Variable
}

// newLength writes length in unary and constrains low <= length <= high.
//
//	1 >= more_0 >= more_1 >= … >= 0     each step down is boolean, and they sum to 1
//	length = low + Σ more_i
//
// So exactly one step is 1, and it is at the length. high − low + 2 constraints.
func newLength(api frontend.API, length frontend.Variable, low, high int) (lengthVar, error) {
	l := lengthVar{low: low, high: high}
	if low > high {
		return l, fmt.Errorf("sha256: got a minimal length of %d bytes, want at most the %d written", low, high)
	}
	total := frontend.Variable(low)
	if high > low {
		var err error
		if l.more, err = api.Compiler().NewHint(belowHint, high-low, length, low); err != nil {
			return l, fmt.Errorf("sha256: writing a length in unary: %w", err)
		}
		for _, m := range l.more {
			total = api.Add(total, m)
		}
	}
	for i := low; i <= high; i++ {
		api.AssertIsBoolean(l.is(api, i))
	}
	api.AssertIsEqual(length, total)
	return l, nil
}

// belowHint writes whether in[1] + i < in[0] to each output i.
func belowHint(_ *big.Int, in, out []*big.Int) error {
	i := new(big.Int).Set(in[1])
	for _, o := range out {
		o.SetInt64(0)
		if i.Cmp(in[0]) < 0 {
			o.SetInt64(1)
		}
		i.Add(i, big.NewInt(1))
	}
	return nil
}

// exceeds returns whether the length is more than i: a wire or a constant.
func (l lengthVar) exceeds(i int) frontend.Variable {
	switch {
	case i < l.low:
		return 1
	case i >= l.high:
		return 0
	}
	return l.more[i-l.low]
}

// is returns whether the length is i.
func (l lengthVar) is(api frontend.API, i int) frontend.Variable {
	return api.Sub(l.exceeds(i-1), l.exceeds(i))
}

// lookUp returns f(length) if first <= length <= last and 0 otherwise, a linear form of
// the wires where f changes.
func (l lengthVar) lookUp(api frontend.API, first, last int, f func(length int) int) frontend.Variable {
	first, last = max(first, l.low), min(last, l.high)
	if first > last {
		return 0
	}
	total := api.Mul(f(first), l.exceeds(first-1))
	for i := first; i < last; i++ {
		if step := f(i+1) - f(i); step != 0 {
			total = api.Add(total, api.Mul(step, l.exceeds(i)))
		}
	}
	return api.Sub(total, api.Mul(f(last), l.exceeds(last)))
}
