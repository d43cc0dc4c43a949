//go:build !js

package eddsa

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/hint"
)

func init() { hint.Register("claim.halveHint", halveHint) } // it lived in claim first

// halfVar is H = A/2, the one of order l, and its neighbour H + (0,0) of order 2l.
type halfVar struct {
	edwards      pointVar
	point, moved pointMVar
}

// halve returns half of pk and constrains both to be of order l; 23 constraints.
//
//	A' on the curve, H = 8·A', A = 2·H, every double affine
//
// Eight times a point of the curve is in the subgroup of order l, and H is not the
// identity because it is affine. pk need not be on the curve by itself: it is the double.
func halve(api frontend.API, pk PublicKeyVar) (halfVar, error) {
	out, err := api.Compiler().NewHint(halveHint, 8, pk.X, pk.Y)
	if err != nil {
		return halfVar{}, err
	}
	p := pointMVar{out[0], out[1]}
	u2, _ := p.assertOnCurve(api)
	for i := 2; i < len(out); i += 2 {
		q := pointMVar{out[i], out[i+1]}
		p.assertDouble(api, u2, q)
		if p = q; i+2 < len(out) {
			u2 = api.Mul(p.u, p.u)
		}
	}
	h := halfVar{edwards: p.edwards(api), point: p}
	h.edwards.assertDouble(api, pointVar{pk.X, pk.Y})

	// (1/u, −v/u²) = (1/u, −c·(1/u)/x), with x the Edwards coordinate c·u/v: u and x are
	// not zero.
	h.moved.u = api.DivUnchecked(1, p.u)
	h.moved.v = api.DivUnchecked(api.Neg(api.Mul(scale(), h.moved.u)), h.edwards.x)
	return h, nil
}

// halveHint takes A and returns A' = A/16, 2A', 4A' and 8A' in Montgomery form.
func halveHint(_ *big.Int, in, out []*big.Int) error {
	var p twistededwards.PointAffine
	p.X.SetBigInt(in[0])
	p.Y.SetBigInt(in[1])
	sixteenth := new(big.Int).ModInverse(big.NewInt(16), order())
	p.ScalarMultiplication(&p, sixteenth)
	for i := 0; i < len(out); i += 2 {
		m := montgomery(&p)
		m.u.BigInt(out[i])
		m.v.BigInt(out[i+1])
		p.Double(&p)
	}
	return nil
}
