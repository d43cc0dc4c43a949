// Package bits splits field elements into bits, least significant first.
//
// A split of n bits is n rows: n-1 bits are hinted, and the last is the linear form
//
//	b_n-1 = (x - Σ_{i<n-1} b_i·2^i) / 2^(n-1)
//
// whose booleanity is the recomposition. No lookup tables, no Groth16 commitment.
package bits

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

func init() { solver.RegisterHint(bitsHint) }

// Length is the number of bits of an element of BN254's scalar field.
const Length = 254

// Decompose returns the n bits of x and constrains x < 2^n. It panics unless n is positive
// and below the field's bits, 254 for BN254: longer splits would not be unique, see
// [Canonical].
//
// n constraints.
func Decompose(api frontend.API, x frontend.Variable, n int) []frontend.Variable {
	if most := api.Compiler().Field().BitLen() - 1; n < 1 || n > most {
		panic(fmt.Sprintf("bits: %d bits asked for, want 1 to %d", n, most))
	}
	b := split(api, x, n)
	for i := range b {
		api.AssertIsBoolean(b[i])
	}
	return b
}

// Canonical returns the 254 bits of the integer below r that x stands for: the only
// representation, where a plain split would also accept x + r for a small x. It panics
// over fields of another length.
//
// The bits are compared with those of r-1 from the top. p says that all bits so far are
// equal where r-1 has a one; then where r-1 has a zero, b must be zero:
//
//	r-1 has a one:   b·(1-b) = 0,  p' = p·b
//	r-1 has a zero:  (1-p-b)·b = 0          also b's booleanity, as p is 0 or 1
//
// So with p = 1 throughout the integer is at most r-1, and once a bit is zero where
// r-1 has a one it is smaller. 353 constraints: 254 and the ones of r-1 but the first.
func Canonical(api frontend.API, x frontend.Variable) []frontend.Variable {
	bound := new(big.Int).Sub(api.Compiler().Field(), big.NewInt(1))
	if bound.BitLen() != Length {
		panic(fmt.Sprintf("bits: the field has %d bits, want %d", bound.BitLen(), Length))
	}
	b := split(api, x, Length)
	p := frontend.Variable(1)
	for i := Length - 1; i >= 0; i-- {
		if bound.Bit(i) == 0 {
			rank1.AssertProduct(api, api.Sub(1, p, b[i]), b[i], 0)
			api.Compiler().MarkBoolean(b[i])
			continue
		}
		api.AssertIsBoolean(b[i])
		p = api.Mul(p, b[i])
	}
	return b
}

// Number returns Σ b_i·2^i, a linear form. Whoever needs it to be the number of bits
// constrains them to be boolean, and there to be fewer than 254.
func Number(api frontend.API, b []frontend.Variable) frontend.Variable { return Weigh(api, b, 0, 1) }

// Weigh returns Σ d_i·2^i over i = first, first + step, …, a linear form of any digits.
func Weigh(api frontend.API, d []frontend.Variable, first, step int) frontend.Variable {
	var terms []frontend.Variable
	for i := first; i < len(d); i += step {
		terms = append(terms, api.Mul(d[i], new(big.Int).Lsh(big.NewInt(1), uint(i))))
	}
	return sum(api, terms)
}

// AllZero returns 1 if all bits are 0, and 0 otherwise; the bits must be constrained already.
// It panics unless there are 1 to 16. With t the number of ones it is the polynomial
//
//	Π_{k=1..n} (k − t)/k
//
// whose factors pair up: (k − t)(n+1−k − t) = a + k(n+1−k) with a = t² − (n+1)t. The product of
// two pairs gives a², so that the product of two others is a linear form. No hint.
//
// 0, 1, 2 and 2 constraints for 1 to 4 bits, 3 for 5, 6 and 8.
func AllZero(api frontend.API, b []frontend.Variable) frontend.Variable {
	n := len(b)
	if n < 1 || n > 16 {
		panic(fmt.Sprintf("bits: %d bits, want 1 to 16", n))
	}
	t := sum(api, b)
	if n == 1 {
		return api.Sub(1, t)
	}
	product := zeroPairs(api, api.Mul(t, api.Sub(t, n+1)), n)
	if n%2 == 1 {
		product = api.Mul(product, api.Sub((n+1)/2, t))
	}
	return api.DivUnchecked(product, new(big.Int).MulRange(1, int64(n)))
}

// zeroPairs returns Π (a + k(n+1−k)) over k = 1 to n/2.
func zeroPairs(api frontend.API, a frontend.Variable, n int) frontend.Variable {
	at := func(k int) int { return k * (n + 1 - k) }
	if n < 4 {
		return api.Add(a, at(1))
	}
	product := api.Mul(api.Add(a, at(1)), api.Add(a, at(2)))
	square := api.Sub(product, api.Mul(a, at(1)+at(2)), at(1)*at(2))
	k := 3
	for ; k+1 <= n/2; k += 2 {
		product = api.Mul(product, api.Add(square, api.Mul(a, at(k)+at(k+1)), at(k)*at(k+1)))
	}
	if k <= n/2 {
		product = api.Mul(product, api.Add(a, at(k)))
	}
	return product
}

// split returns n forms with Σ b_i·2^i = x. Callers constrain every one to be boolean.
func split(api frontend.API, x frontend.Variable, n int) []frontend.Variable {
	if n == 1 {
		return []frontend.Variable{x}
	}
	b, err := api.Compiler().NewHint(bitsHint, n-1, x)
	if err != nil {
		panic("bits: " + err.Error()) // the hint is registered and has outputs
	}
	weight := new(big.Int).Lsh(big.NewInt(1), uint(n-1))
	weight.ModInverse(weight, api.Compiler().Field())
	return append(b, api.Mul(api.Sub(x, Number(api, b)), weight))
}

func sum(api frontend.API, terms []frontend.Variable) frontend.Variable {
	switch len(terms) {
	case 0:
		return 0
	case 1:
		return terms[0]
	}
	return api.Add(terms[0], terms[1], terms[2:]...)
}

// bitsHint returns the low bits of its input.
func bitsHint(_ *big.Int, in, out []*big.Int) error {
	for i := range out {
		out[i].SetUint64(uint64(in[0].Bit(i)))
	}
	return nil
}
