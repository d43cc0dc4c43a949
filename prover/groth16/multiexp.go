package groth16

import (
	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// wires are a solution's values, sorted by what a multiple of a point by them costs.
//
// Most wires of these circuits are bits of SHA-256. In one multi-exponentiation over all of
// them the windows are as wide as the number of points asks for, and most of the time goes
// into buckets that hardly anything falls into. So zeros are left out, points whose scalar
// is 1 are added, and the short and the long scalars have a multi-exponentiation of their
// own each, with windows for their number.
type wires struct {
	values []fr.Element
	kinds  []kind
}

type kind uint8

const (
	zero  kind = iota
	one        // 1
	short      // below 2^64
	long       // all else
	kinds
)

func sortWires(values []fr.Element) *wires {
	w := &wires{values, make([]kind, len(values))}
	for i := range values {
		w.kinds[i] = kindOf(&values[i])
	}
	return w
}

func kindOf(v *fr.Element) kind {
	switch {
	case v.IsZero():
		return zero
	case v.IsOne():
		return one
	case v.IsUint64():
		return short
	}
	return long
}

// from returns the wires from index i on.
func (w *wires) from(i int) *wires { return &wires{w.values[i:], w.kinds[i:]} }

// A group is G1 or G2: J points in Jacobian coordinates, A affine ones.
type group[A, J any] interface {
	*J
	MultiExp(points []A, scalars []fr.Element, config ecc.MultiExpConfig) (*J, error)
	AddMixed(*A) *J
	AddAssign(*J) *J
}

// multiExp returns the sum of points, each times its wire. Wires for which absent is true
// have no point; absent may be nil.
func multiExp[A, J any, P group[A, J]](points []A, w *wires, absent []bool) (*J, error) {
	var list [kinds]struct {
		points  []A
		scalars []fr.Element
	}
	sum := P(new(J)) // zero coordinates: the point at infinity
	next := 0
	for i, k := range w.kinds {
		if absent != nil && absent[i] {
			continue
		}
		p := &points[next]
		next++
		switch k {
		case zero:
		case one:
			sum.AddMixed(p)
		default:
			list[k].points = append(list[k].points, *p)
			list[k].scalars = append(list[k].scalars, w.values[i])
		}
	}
	for _, k := range []kind{short, long} {
		part := P(new(J))
		if _, err := part.MultiExp(list[k].points, list[k].scalars, ecc.MultiExpConfig{}); err != nil {
			return nil, err
		}
		sum.AddAssign((*J)(part))
	}
	return (*J)(sum), nil
}

// present counts the wires that have a point.
func present(absent []bool) (n int) {
	for _, a := range absent {
		if !a {
			n++
		}
	}
	return n
}
