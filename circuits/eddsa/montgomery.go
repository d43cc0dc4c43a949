//go:build !js

package eddsa

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

// pointMVar is a [pointM] inside a circuit: affine, so never the identity.
type pointMVar struct{ u, v frontend.Variable }

// edwards returns the point's image; 2 constraints. For a point of order l neither
// divisor is zero: v = 0 is of order 2, u = −1 of order 4.
func (p pointMVar) edwards(api frontend.API) pointVar {
	return pointVar{
		x: api.DivUnchecked(api.Mul(scale(), p.u), p.v),
		y: api.DivUnchecked(api.Sub(p.u, 1), api.Add(p.u, 1)),
	}
}

// assertOnCurve constrains v² = u³ + A·u² + u and returns u² and u³; 3 constraints.
func (p pointMVar) assertOnCurve(api frontend.API) (u2, u3 frontend.Variable) {
	u2 = api.Mul(p.u, p.u)
	u3 = api.Mul(p.u, u2)
	rank1.AssertProduct(api, p.v, p.v, api.Add(u3, api.Mul(montgomeryA, u2), p.u))
	return u2, u3
}

// assertDouble constrains 2·p = q, given u2 = p.u²; 3 constraints. The tangent of a point
// of order 2 divides 1 by 0: such a p has no proof.
//
//	slope·2v = 3u² + 2A·u + 1
//	slope²   = A + 2u + u'
//	v' + v   = slope·(u − u')
func (p pointMVar) assertDouble(api frontend.API, u2 frontend.Variable, q pointMVar) {
	num := api.Add(api.Mul(3, u2), api.Mul(2*montgomeryA, p.u), 1)
	slope := api.DivUnchecked(num, api.Mul(2, p.v))
	rank1.AssertProduct(api, slope, slope, api.Add(montgomeryA, api.Mul(2, p.u), q.u))
	rank1.AssertProduct(api, slope, api.Sub(p.u, q.u), api.Add(p.v, q.v))
}

// assertAdd constrains p + q = sum, slope being the chord's; 3 constraints. p = ±q must
// be impossible: then slope could be anything.
func (p pointMVar) assertAdd(api frontend.API, q pointMVar, slope frontend.Variable, sum pointMVar) {
	rank1.AssertProduct(api, slope, api.Sub(q.u, p.u), api.Sub(q.v, p.v))
	rank1.AssertProduct(api, slope, slope, api.Add(montgomeryA, p.u, q.u, sum.u))
	rank1.AssertProduct(api, slope, api.Sub(p.u, sum.u), api.Add(p.v, sum.v))
}
