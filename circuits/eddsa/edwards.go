//go:build !js

package eddsa

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

// pointVar is a point of the Edwards form. The addition law is complete: −1 is a square
// and d is not, so no divisor below is zero for points of the curve.
type pointVar struct{ x, y frontend.Variable }

// neg returns −p.
func (p pointVar) neg(api frontend.API) pointVar { return pointVar{api.Neg(p.x), p.y} }

// cross holds the four products of an addition; 4 constraints.
//
//	β = x1·y2    γ = y1·x2    τ = d·β·γ    x1·x2 + y1·y2 = (x1+y1)·(x2+y2) − β − γ
type cross struct{ numX, numY, denX, denY frontend.Variable }

func (p pointVar) cross(api frontend.API, q pointVar) cross {
	beta := api.Mul(p.x, q.y)
	gamma := api.Mul(p.y, q.x)
	tau := api.Mul(edwardsD, api.Mul(beta, gamma))
	both := api.Mul(api.Add(p.x, p.y), api.Add(q.x, q.y))
	numX := api.Add(beta, gamma)
	return cross{numX, api.Sub(both, numX), api.Add(1, tau), api.Sub(1, tau)}
}

// add returns p + q; 6 constraints.
func (p pointVar) add(api frontend.API, q pointVar) pointVar {
	c := p.cross(api, q)
	return pointVar{api.DivUnchecked(c.numX, c.denX), api.DivUnchecked(c.numY, c.denY)}
}

// assertSum constrains p + q = sum; 6 constraints.
func (p pointVar) assertSum(api frontend.API, q, sum pointVar) {
	c := p.cross(api, q)
	rank1.AssertProduct(api, sum.x, c.denX, c.numX)
	rank1.AssertProduct(api, sum.y, c.denY, c.numY)
}

// assertDouble constrains 2·p = q; 5 constraints. On the curve 1 + d·x²·y² = y² − x².
func (p pointVar) assertDouble(api frontend.API, q pointVar) {
	xx, yy := api.Mul(p.x, p.x), api.Mul(p.y, p.y)
	xy := api.Mul(p.x, p.y)
	den := api.Sub(yy, xx)
	rank1.AssertProduct(api, q.x, den, api.Mul(2, xy))
	rank1.AssertProduct(api, q.y, api.Sub(2, den), api.Add(yy, xx))
}
