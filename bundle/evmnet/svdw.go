package evmnet

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// svdw maps u to the curve y² = g(x) = x³ + 3 as RFC 9380, section 6.6.1, does with Z = 1:
//
//	m = 1 − 4u²    n = 1 + 4u²    i = 1/(m·n), 0 for 0    w = √−12·u·m·i, the even root
//	x = −1/2 − w,  −1/2 + w  or  1 − 16/3·(n²·i)²         the first whose g(x) is a square
//	y = √g(x)                                             odd if u is
//
// gnark-crypto has this map too, and with it chains of multiplications for its square roots,
// which are most of what a page would load for this package.
func svdw(u *fp.Element) (p bn254.G1Affine) {
	one, four, half, root := fp.One(), fp.NewElement(4), fp.NewElement(2), fp.NewElement(12)
	root.Neg(&root)
	if !sqrt(&root, &root, false) {
		panic("evmnet: -12 is a square")
	}
	var m, n, i, w fp.Element
	m.Square(u).Mul(&m, &four)
	n.Add(&one, &m)
	m.Sub(&one, &m)
	i.Mul(&m, &n).Inverse(&i) // 0 for 0
	w.Mul(&root, u).Mul(&w, &m).Mul(&w, &i)
	half.Inverse(&half).Neg(&half)

	var xs [3]fp.Element
	xs[0].Sub(&half, &w)
	xs[1].Add(&half, &w)
	factor := fp.NewElement(3)
	factor.Inverse(&factor).Mul(&factor, &four).Mul(&factor, &four)
	n.Square(&n).Mul(&n, &i)
	xs[2].Square(&n).Mul(&xs[2], &factor).Sub(&one, &xs[2])
	for _, x := range xs {
		if sqrt(&p.Y, g(&x), odd(u)) {
			p.X = x
			return p
		}
	}
	panic("evmnet: one of the three is a square")
}

// g is the right side of the curve's equation.
func g(x *fp.Element) *fp.Element {
	three := fp.NewElement(3)
	var y fp.Element
	return y.Square(x).Mul(&y, x).Add(&y, &three)
}

// sqrt sets y to the odd or even square root of e, and reports whether e is a square.
func sqrt(y, e *fp.Element, wantOdd bool) bool {
	p := fp.Modulus()
	n := e.BigInt(new(big.Int))
	if n.ModSqrt(n, p) == nil {
		return false
	}
	if y.SetBigInt(n); odd(y) != wantOdd {
		y.Neg(y)
	}
	return true
}

func odd(e *fp.Element) bool { return e.Bits()[0]&1 == 1 }
