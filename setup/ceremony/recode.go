package ceremony

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A recoded coefficient c is Σ dᵢ 2^i + λ Σ eᵢ 2^i, modulo r, where λ is what the endomorphism
// multiplies by (see [endomorphism]), and e is of long coefficients. Digits are zero or odd. Large ones
// are below 2^(window-1), and of window in a row at most one is not zero; others are at most 1, of two in a row.
type recoded struct {
	digits [2][]int8 // d and e
	large  bool
}

// window is the width of the digits of a large coefficient.
const window = 5

// recode returns the digits of all coefficients of a system.
func recode(coefficients []fr.Element) []recoded {
	lattice := new(ecc.Lattice)
	ecc.PrecomputeLattice(fr.Modulus(), endomorphism.lambda, lattice)
	all := make([]recoded, len(coefficients))
	for i := range coefficients {
		all[i] = recodeOne(&coefficients[i], lattice)
	}
	return all
}

// recodeOne takes large digits where they save more additions than a table of multiples takes: many
// coefficients are powers of two.
func recodeOne(c *fr.Element, lattice *ecc.Lattice) (out recoded) {
	const half, table = 128, 14 // bits that a split leaves, and additions of mixed coordinates
	n := c.BigInt(new(big.Int))
	if minus := new(big.Int).Sub(n, fr.Modulus()); n.CmpAbs(minus) > 0 {
		n = minus
	}
	parts := [2]big.Int{*n, {}}
	if n.BitLen() > half {
		parts = ecc.SplitScalar(n, lattice)
	}
	var wide [2][]int8
	saved := -table
	for i := range parts {
		out.digits[i], wide[i] = digitsOf(&parts[i], 2), digitsOf(&parts[i], window)
		saved += weight(out.digits[i]) - weight(wide[i])
	}
	if saved > 0 {
		out = recoded{wide, true}
	}
	return out
}

// weight is the number of digits that are not zero.
func weight(digits []int8) (n int) {
	for _, d := range digits {
		if d != 0 {
			n++
		}
	}
	return n
}

// digitsOf returns the non-adjacent form of n, which may be negative.
func digitsOf(n *big.Int, width uint) (digits []int8) {
	sign := int8(n.Sign())
	n = new(big.Int).Abs(n)
	for n.Sign() > 0 {
		var d int64
		if n.Bit(0) == 1 {
			if d = int64(n.Bits()[0] & (1<<width - 1)); d >= 1<<(width-1) {
				d -= 1 << width
			}
			n.Sub(n, big.NewInt(d))
		}
		digits = append(digits, sign*int8(d))
		n.Rsh(n, 1)
	}
	return digits
}

// endomorphism is (x, y) -> (ωx, y), which multiplies the points of G1 and of G2 by numbers λ
// whose cube is 1 (Gallant, Lambert, Vanstone: Faster Point Multiplication on Elliptic Curves with
// Efficient Endomorphisms, Crypto 2001). Of the two ω other than 1 each group has that of the same λ.
var endomorphism = func() (e struct {
	lambda   *big.Int
	one, two fp.Element // ω for G1 and for G2
}) {
	third := func(modulus *big.Int, generator int64) *big.Int {
		exponent := new(big.Int).Sub(modulus, big.NewInt(1))
		exponent.Div(exponent, big.NewInt(3))
		return exponent.Exp(big.NewInt(generator), exponent, modulus)
	}
	e.lambda = third(fr.Modulus(), 5)
	_, _, g1, g2 := bn254.Generators()
	var want1 bn254.G1Affine
	var want2 bn254.G2Affine
	want1.ScalarMultiplicationBase(e.lambda)
	want2.ScalarMultiplicationBase(e.lambda)
	var omega fp.Element
	omega.SetBigInt(third(fp.Modulus(), 3))
	for range 2 {
		omega.Square(&omega)
		got1, got2 := g1, g2
		got1.X.Mul(&g1.X, &omega)
		got2.X.MulByElement(&g2.X, &omega)
		if got1 == want1 {
			e.one = omega
		}
		if got2 == want2 {
			e.two = omega
		}
	}
	return e
}()
