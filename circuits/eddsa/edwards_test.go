package eddsa

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// sumCircuit says that Sum is P + Q, twice.
type sumCircuit struct{ P, Q, Sum [2]frontend.Variable }

func (c *sumCircuit) Define(api frontend.API) error {
	p, q := pointVar{c.P[0], c.P[1]}, pointVar{c.Q[0], c.Q[1]}
	p.assertSum(api, q, pointVar{c.Sum[0], c.Sum[1]})
	return nil
}

// differenceCircuit says that Sum is P − (−Q), by the addition that returns its result.
type differenceCircuit struct{ P, Q, Sum [2]frontend.Variable }

func (c *differenceCircuit) Define(api frontend.API) error {
	minus := pointVar{c.Q[0], c.Q[1]}.neg(api)
	sum := pointVar{c.P[0], c.P[1]}.add(api, minus.neg(api))
	api.AssertIsEqual(sum.x, c.Sum[0])
	api.AssertIsEqual(sum.y, c.Sum[1])
	return nil
}

func coordinates(p twistededwards.PointAffine) [2]frontend.Variable {
	return [2]frontend.Variable{p.X, p.Y}
}

// somePoints are points of every kind; their sums meet every special case.
func somePoints(t *testing.T) []twistededwards.PointAffine {
	p, q := key(t, 1).Public().point(), key(t, 2).Public().point()
	points := []twistededwards.PointAffine{p, *new(twistededwards.PointAffine).Neg(&p), q, plus(p, torsion(t, 1))}
	for n := range int64(8) {
		points = append(points, torsion(t, n))
	}
	return points
}

func TestAssertSum_IsComplete(t *testing.T) {
	points := somePoints(t)
	for i, p := range points {
		for j, q := range points {
			sum := coordinates(plus(p, q))
			if !solved(&sumCircuit{}, &sumCircuit{coordinates(p), coordinates(q), sum}) {
				t.Errorf("%d + %d: assertSum refuses", i, j)
			}
			if !solved(&differenceCircuit{}, &differenceCircuit{coordinates(p), coordinates(q), sum}) {
				t.Errorf("%d + %d: add gives another point", i, j)
			}
		}
	}
}

func TestAssertSum_RefusesEachWrongCoordinate(t *testing.T) {
	points := somePoints(t)
	c := circuittest.New(&sumCircuit{})
	for i, p := range points {
		for j, q := range points {
			sum := plus(p, q)
			wrongX, wrongY := sum, sum
			wrongX.X, wrongY.Y = plusOne(sum.X), plusOne(sum.Y)
			for k, wrong := range []twistededwards.PointAffine{wrongX, wrongY} {
				c.AssertRefused(t, fmt.Sprintf("%d + %d, coordinate %d", i, j, k),
					&sumCircuit{coordinates(p), coordinates(q), coordinates(wrong)}, []string{"assertSum"})
			}
		}
	}
}
