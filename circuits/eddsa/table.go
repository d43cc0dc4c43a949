//go:build !js

package eddsa

import (
	"math/big"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
)

// Any residue of S but 0 has an odd representative n with |n| ≤ l − 2, and n is a sum of
// one ±multiple from each window i = 0..69:
//
//	12^i · {1, 3, 5, 7, 9, 11}                       i < 69
//	12^69 · {1, 3, 5, 7} and l − 1 − 12^69           i = 69
//
// The multiples below window i sum to an odd number of absolute value at most 12^i − 1,
// less than every multiple of window i. So a sum so far never equals ± what is added, and
// never does modulo l: both together are at most 12^69 − 1 below the last window, and at
// most l − 2 with it, which is what its largest multiple is for. Nor is a sum ever 0.
//
// The last two multiples of the last window are less than two units apart, so an n whose
// absolute value is from l − 2·12^69 to 8·12^69, a sixteenth of all, has two sums. They are the
// same point; all other n have one.
const (
	nbWindows = 70
	radix     = 12
)

// window is one table.
type window struct {
	multiples []*big.Int // increasing
	points    []pointM   // multiples of B
	// vanishing are two polynomials, coefficients from low to high, whose roots are the
	// u of the points.
	vanishing [2][4]fr.Element
}

// baseTables returns the windows, computed once from the library's base point.
var baseTables = sync.OnceValue(func() []window {
	tables := make([]window, nbWindows)
	unit := big.NewInt(1)
	for i := range tables {
		tables[i] = newWindow(unit, i == nbWindows-1)
		unit = new(big.Int).Mul(unit, big.NewInt(radix))
	}
	return tables
})

func newWindow(unit *big.Int, last bool) window {
	var w window
	for d := int64(1); d < radix; d += 2 {
		w.multiples = append(w.multiples, new(big.Int).Mul(unit, big.NewInt(d)))
	}
	if last {
		largest := new(big.Int).Sub(order(), big.NewInt(1))
		w.multiples = append(w.multiples[:4], largest.Sub(largest, unit))
	}
	for _, m := range w.multiples {
		var p twistededwards.PointAffine
		p.ScalarMultiplicationBase(m)
		w.points = append(w.points, montgomery(&p))
	}
	w.vanishing = [2][4]fr.Element{vanish(w.points[:3]), vanish(w.points[3:])}
	return w
}

// vanish returns Π (X − u) over at most three points.
func vanish(points []pointM) [4]fr.Element {
	var poly [4]fr.Element
	poly[0].SetOne()
	for _, p := range points {
		for k := len(poly) - 1; k >= 0; k-- {
			var t fr.Element
			t.Mul(&poly[k], &p.u)
			poly[k].Neg(&t)
			if k > 0 {
				poly[k].Add(&poly[k], &poly[k-1])
			}
		}
	}
	return poly
}

// basePoints returns the points, one a window, that sum to s·B. For s = 0 modulo l there
// are none, and what it returns sums to something else.
func basePoints(s *big.Int) []pointM {
	n := new(big.Int).Mod(s, order())
	if n.Bit(0) == 0 {
		n.Sub(n, order())
	}
	tables := baseTables()
	points := make([]pointM, len(tables))
	for i := len(tables) - 1; i >= 0; i-- {
		k := tables[i].digit(n)
		m := tables[i].multiples[k]
		if points[i] = tables[i].points[k]; n.Sign() < 0 {
			points[i].v.Neg(&points[i].v)
			n.Add(n, m)
		} else {
			n.Sub(n, m)
		}
	}
	return points
}

// digit returns the index of the multiple that leaves the least of |n|: multiples are two
// units apart, so multiple k serves the |n| from 2k units on.
func (w *window) digit(n *big.Int) int {
	units := new(big.Int).Abs(n)
	units.Quo(units, w.multiples[0])
	return int(min(units.Uint64()/2, uint64(len(w.multiples)-1)))
}
