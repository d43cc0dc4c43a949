//go:build !js

package eddsa

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/hint"
	"github.com/genproof/genproof/circuits/rank1"
)

func init() { hint.Register("claim.baseHint", baseHint) } // it lived in claim first

// multiplyBase returns a sum of one point of each window's table or its negative, that is
// S'·B for an S' the prover knows: s modulo l if the prover is honest; 487 constraints.
//
// A table point is known by its u alone, so membership of (u, v) is the curve and
//
//	(u − u_0)·(u − u_1)·(u − u_2) · (u − u_3)·(u − u_4)·(u − u_5) = 0
//
// in which both cubics are linear in the u, u², u³ that the curve equation has computed.
// No sum meets ± the point it is added to, nor the identity: see table.go.
func multiplyBase(api frontend.API, s frontend.Variable) (pointMVar, error) {
	tables := baseTables()
	out, err := api.Compiler().NewHint(baseHint, 2+baseStep*(len(tables)-1), s)
	if err != nil {
		return pointMVar{}, err
	}
	sum := pointMVar{out[0], out[1]}
	tables[0].assertContains(api, sum)
	for i, rest := 1, out[2:]; i < len(tables); i, rest = i+1, rest[baseStep:] {
		q := pointMVar{rest[0], rest[1]}
		tables[i].assertContains(api, q)
		next := pointMVar{rest[3], rest[4]}
		sum.assertAdd(api, q, rest[2], next)
		sum = next
	}
	return sum, nil
}

// assertContains constrains p or −p to be in the table; 4 constraints.
func (t *window) assertContains(api frontend.API, p pointMVar) {
	u2, u3 := p.assertOnCurve(api)
	cubic := [2]frontend.Variable{}
	for i, poly := range t.vanishing {
		cubic[i] = api.Add(poly[0], api.Mul(poly[1], p.u), api.Mul(poly[2], u2), api.Mul(poly[3], u3))
	}
	rank1.AssertProduct(api, cubic[0], cubic[1], 0)
}

// baseStep is the number of outputs of baseHint for each window but the first, which has
// no slope and no sum: u and v of the table's point, the slope, u and v of the sum.
const baseStep = 5

// baseHint takes S.
func baseHint(_ *big.Int, in, out []*big.Int) error {
	points := basePoints(in[0])
	sum := points[0]
	sum.u.BigInt(out[0])
	sum.v.BigInt(out[1])
	for i, rest := 1, out[2:]; i < len(points); i, rest = i+1, rest[baseStep:] {
		q := &points[i]
		slope := sum.chord(q)
		sum = sum.follow(sum.third(q, slope), slope)
		for k, e := range []fr.Element{q.u, q.v, slope, sum.u, sum.v} {
			e.BigInt(rest[k])
		}
	}
	return nil
}
