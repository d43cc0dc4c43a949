//go:build !js

package network

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

// SumsVar returns the packed sums of a layer, [Layer.Groups] linear forms: of the elements of
// added, and of each input's elements times the input. added holds the biases, and whatever
// else has weight one, such as the elements of a row drawn.
//
//	sum_g = Σ added_g + Σ_i from_ig·x_i
//
// One constraint an input and group. The element is the left-hand factor of its product: it is
// as wide as the field, and Groth16 pays for the right one three times as much.
func (l Layer) SumsVar(api frontend.API, added, from [][]frontend.Variable, x []frontend.Variable) ([]frontend.Variable, error) {
	if err := l.Validate(); err != nil {
		return nil, err
	}
	if len(from) != l.In || len(x) != l.In {
		return nil, fmt.Errorf("%w: weights of %d inputs for %d, want %d", ErrLayer, len(from), len(x), l.In)
	}
	sums := make([]frontend.Variable, l.Groups())
	for g := range sums {
		terms := []frontend.Variable{0, 0}
		for _, elements := range added {
			terms = append(terms, elements[g])
		}
		for i, elements := range from {
			terms = append(terms, api.Mul(elements[g], x[i]))
		}
		sums[g] = api.Add(terms[0], terms[1], terms[2:]...)
	}
	return sums, nil
}

// OutputsVar returns the outputs of packed sums; native mirror: [Layer.Outputs].
//
//	sum_g + Σ_k 2^(D·k+D−1) = Σ_k digit_k·2^(D·k)     0 ≤ digit_k < 2^D, D·n ≤ 253
//	digit_k = 2^(D−1)·sign + 2^(shift+act)·high + 2^shift·mid + rest
//	inside = sign·[high = 0]                           0 ≤ y < 2^(shift+act)
//	output = inside·mid + (sign − inside)·(2^act − 1)
//
// sign is 1 where y is not negative. The split has fewer bits than the field, so it is unique,
// and everything else is a function of its bits; where a digit overflows, another function
// than [Layer.Outputs].
//
// D constraints an output for the split, one for what it is, and those of [bits.AllZero].
func (l Layer) OutputsVar(api frontend.API, sums []frontend.Variable) []frontend.Variable {
	var out []frontend.Variable
	for g, s := range sums {
		n := l.digits(g)
		offset := new(big.Int)
		for k := range n {
			offset.SetBit(offset, l.Digit*k+l.Digit-1, 1)
		}
		digits := bits.Decompose(api, api.Add(s, offset), l.Digit*n)
		for k := range n {
			out = append(out, l.outputVar(api, digits[l.Digit*k:l.Digit*(k+1)]))
		}
	}
	return out
}

// outputVar returns the output of a digit's bits.
func (l Layer) outputVar(api frontend.API, digit []frontend.Variable) frontend.Variable {
	sign, mid, high := digit[l.Digit-1], digit[l.Shift:l.Shift+l.Act], digit[l.Shift+l.Act:l.Digit-1]
	inside := bits.AllZero(api, append([]frontend.Variable{api.Sub(1, sign)}, high...))
	most := int64(1)<<l.Act - 1
	return api.Add(api.Mul(bits.Number(api, mid), inside), api.Mul(api.Sub(sign, inside), most))
}
