// Package network constrains a dense layer of a small integer network whose weights are hidden:
// sums of products, shifted, and cut to a few bits.
//
//	y_j = bias_j + Σ_i w_ji·x_i
//	z_j = min(max(⌊y_j / 2^shift⌋, 0), 2^act − 1)
//
// A field element holds one input's weights to many outputs as digits in base 2^D, so a row sums
// as many products as an element has digits, and one split of at most 253 bits gives that many
// outputs:
//
//	E_ig = Σ_k w_(g·n+k)i·2^(D·k)              n digits, element g of input i
//	bias_g + Σ_i E_ig·x_i + Σ_k 2^(D·k+D−1) = Σ_k digit_k·2^(D·k)
//
// Whatever elements were committed, the split is unique: there is one output, or no proof. So a
// proof says that the outputs are a committed function of this shape. It does not say that the
// elements are weights of a few bits; who has the weights can check that, with
// [Layer.Elements].
//
// The sums follow the packing that Groth16's cheap linear forms invite; quantisation is that of
// integer networks with a shift as scale (ONNX: MatMulInteger, Add, Div, Max, Min).
package network

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Layer is the shape of a layer, fixed by a key.
type Layer struct {
	In, Out int // inputs and outputs
	Digit   int // D: bits of a digit; sums are below 2^(D-1) in absolute value
	Shift   int // bits of a sum that are dropped
	Act     int // bits of an output
}

// elementBits is how many bits of an element hold digits.
const elementBits = 253

// ErrLayer is wrapped by the errors of this package.
var ErrLayer = errors.New("network's layer")

// Validate reports whether the shape holds: a digit has room for shift, output and sign.
func (l Layer) Validate() error {
	switch {
	case l.In < 0 || l.Out < 1:
		return fmt.Errorf("%w: %d inputs and %d outputs", ErrLayer, l.In, l.Out)
	case l.Shift < 0 || l.Act < 1 || l.Shift+l.Act > l.Digit-1 || l.Digit-l.Shift-l.Act > 16:
		return fmt.Errorf("%w: digits of %d bits hold no outputs of %d bits above %d", ErrLayer, l.Digit, l.Act, l.Shift)
	case l.Digit > 60:
		return fmt.Errorf("%w: digits of %d bits, at most 60", ErrLayer, l.Digit)
	}
	return nil
}

// PerElement returns how many digits an element holds.
func (l Layer) PerElement() int { return elementBits / l.Digit }

// Groups returns how many elements an input's weights fill.
func (l Layer) Groups() int { return (l.Out + l.PerElement() - 1) / l.PerElement() }

// digits returns how many digits element g holds; the last one holds the rest.
func (l Layer) digits(g int) int { return min(l.PerElement(), l.Out-g*l.PerElement()) }

// Weights are a layer's numbers.
type Weights struct {
	Bias []int64   // one an output
	From [][]int64 // From[i] are input i's, one an output
}

// Elements returns the weights packed: those of the biases, and of each input, [Layer.Groups]
// elements each. most is the largest value that an input may have. It is an error, which
// names the output, if a sum could be 2^(D-1) or more in absolute value: its digit would
// borrow from the next.
func (l Layer) Elements(w Weights, most int64) (bias []fr.Element, from [][]fr.Element, err error) {
	if err := l.Validate(); err != nil {
		return nil, nil, err
	}
	if len(w.Bias) != l.Out || len(w.From) != l.In {
		return nil, nil, fmt.Errorf("%w: %d biases and %d inputs, want %d and %d", ErrLayer, len(w.Bias), len(w.From), l.Out, l.In)
	}
	bound := new(big.Int).Lsh(big.NewInt(1), uint(l.Digit-1))
	for j := range l.Out {
		reach := new(big.Int).Abs(big.NewInt(w.Bias[j]))
		for i, row := range w.From {
			if len(row) != l.Out {
				return nil, nil, fmt.Errorf("%w: input %d has %d weights, want %d", ErrLayer, i, len(row), l.Out)
			}
			part := new(big.Int).Abs(big.NewInt(row[j]))
			reach.Add(reach, part.Mul(part, big.NewInt(most)))
		}
		if reach.Cmp(bound) >= 0 {
			return nil, nil, fmt.Errorf("%w: output %d may reach %v, digits of %d bits hold less than %v", ErrLayer, j, reach, l.Digit, bound)
		}
	}
	for _, row := range w.From {
		from = append(from, l.Pack(row))
	}
	return l.Pack(w.Bias), from, nil
}

// Pack returns one number an output as [Layer.Groups] elements, digits of lower outputs first.
func (l Layer) Pack(row []int64) []fr.Element {
	out := make([]fr.Element, l.Groups())
	for g := range out {
		var total big.Int
		for k := l.digits(g) - 1; k >= 0; k-- {
			total.Lsh(&total, uint(l.Digit)).Add(&total, big.NewInt(row[g*l.PerElement()+k]))
		}
		out[g].SetBigInt(&total) // may be negative
	}
	return out
}

// Outputs returns what the layer makes of inputs. It panics if there are not as many as it has.
func (l Layer) Outputs(w Weights, x []int64) []int64 {
	if len(x) != l.In {
		panic(fmt.Sprintf("network: %d inputs, want %d", len(x), l.In))
	}
	out := make([]int64, l.Out)
	for j := range out {
		y := w.Bias[j]
		for i := range x {
			y += w.From[i][j] * x[i]
		}
		out[j] = min(max(y>>l.Shift, 0), 1<<l.Act-1)
	}
	return out
}
