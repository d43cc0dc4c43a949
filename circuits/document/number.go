//go:build !js

package document

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/rank1"
)

// assertNumber constrains the characters of a number to be its one form, and the number to be that of
// the slot. With point_k = 1 where k digits follow a point, and digit_j = character_j − '0':
//
//	number·(inside_j − point_j)·(B_j is no digit) = 0
//	point_k·(character_k is no point, or none is before it) = 0
//	at most 15 digits, or 20 within quotes
//	the first digit is not 0 if another or a minus is before the point
//	±Σ digit_j·10^j [or 10^(j−1) left of the point] (+ 2^63 of an int) = value
func (v *valueVar) assertNumber(api frontend.API, block []byteVar) error {
	v.assertDigits(api, block)
	v.assertPoint(api)
	v.assertShort(api)
	if err := v.assertFirst(api, block); err != nil {
		return err
	}
	tenfold := v.tenfold(api)
	tenfold = api.Sub(tenfold, api.Mul(2, api.Mul(tenfold, v.shown.Negative)))
	sign := new(big.Int).Lsh(big.NewInt(10), 63)
	rank1.AssertProduct(api, api.Sub(api.Add(tenfold, api.Mul(sign, v.block.Signed)), api.Mul(10, v.value)), v.number, 0)
	return nil
}

// isPoint returns whether the point is at position j.
func (v *valueVar) isPoint(j int) frontend.Variable {
	if j < 1 || j > maxPoint {
		return 0
	}
	return v.block.Point[j-1]
}

// isDecimal returns whether there is a point.
func (v *valueVar) isDecimal(api frontend.API) frontend.Variable {
	var sum frontend.Variable = 0
	for _, point := range v.block.Point {
		sum = api.Add(sum, point)
	}
	return sum
}

// assertDigits constrains the characters of a number to be digits, but for the point's place.
//
//	(B >> 4) − 3 + 16·b_3·(b_2 + b_1)        0 for '0' to '9' alone: the first is above −16 and below 16
func (v *valueVar) assertDigits(api frontend.API, block []byteVar) {
	for j := range maxQuotedDigits {
		b := block[valueEnd-1-j]
		above9 := api.Mul(b[3], api.Add(b[2], b[1]))
		high := api.Add(b[4], api.Mul(2, b[5]), api.Mul(4, b[6]), api.Mul(8, b[7]))
		isDigit := api.Mul(api.Sub(v.inside[j], v.isPoint(j)), v.number)
		rank1.AssertProduct(api, api.Sub(api.Add(high, api.Mul(16, above9)), 3), isDigit, 0)
	}
}

// assertPoint constrains the point to stand where the template says, with a digit before it.
//
//	point_k·(patch_k − number·('.' − space) + 512·(inside_k+1 − number)) = 0
//
// patch_k is above −256 and below 256, so that both differences are 0.
func (v *valueVar) assertPoint(api frontend.API) {
	for i, point := range v.block.Point {
		k := i + 1
		character := api.Sub(v.shown.Patch[k], api.Mul('.'-spaceByte, v.number))
		before := api.Mul(512, api.Sub(v.inside[k+1], v.number))
		rank1.AssertProduct(api, api.Add(character, before), point, 0)
	}
}

// assertShort constrains a number to have at most 20 characters within quotes, 16 with a point, and
// else 15. 3 constraints.
func (v *valueVar) assertShort(api frontend.API) {
	decimal := api.Mul(v.isDecimal(api), v.shown.Start[maxDigits])
	long := api.Sub(v.shown.Start[maxDigits], decimal)
	for _, start := range v.shown.Start[maxDigits+1 : maxQuotedDigits] {
		long = api.Add(long, start)
	}
	long = api.Sub(long, api.Mul(long, v.block.Quoted))
	rank1.AssertProduct(api, api.Add(long, v.inside[maxQuotedDigits]), v.number, 0)
}

// assertFirst constrains the first digit of a number not to be 0 where another is before the point, or a
// minus.
//
//	first = Σ start_j+1·(B_j mod 16)
//	first·inverse = number·(length − 1 − digits after the point and it + negative)
//
// The right side is below 21, and not 0 in those cases alone.
func (v *valueVar) assertFirst(api frontend.API, block []byteVar) error {
	var first frontend.Variable = 0
	for j := range maxQuotedDigits {
		b := block[valueEnd-1-j]
		low := api.Add(b[0], api.Mul(2, b[1]), api.Mul(4, b[2]), api.Mul(8, b[3]))
		first = api.Add(first, api.Mul(low, v.shown.Start[j]))
	}
	more := api.Add(v.length(api), -1, v.shown.Negative)
	for i, point := range v.block.Point {
		more = api.Sub(more, api.Mul(i+2, point))
	}
	more = api.Mul(more, v.number)
	inverse, err := api.Compiler().NewHint(inverseHint, 1, first, more)
	if err != nil {
		return err
	}
	rank1.AssertProduct(api, first, inverse[0], more)
	return nil
}

// tenfold returns ten times the number without its point and sign: digits right of the point count
// ten times as much as in one integer of all characters, and the point itself is −2 there.
//
//	10·number = Σ d_j + 9·Σ right_j·d_j + 2·Σ point_k·10^k        d_j = digit_j·10^j
//
// Of an integer all digits are right of where a point could be.
func (v *valueVar) tenfold(api frontend.API) frontend.Variable {
	var all, right, behind frontend.Variable = 0, 0, 0
	var isRight frontend.Variable = 1
	weight := big.NewInt(1)
	for j := range maxQuotedDigits {
		isRight = api.Sub(isRight, v.isPoint(j))
		digit := api.Mul(api.Sub(v.character(api, j), api.Mul('0', v.inside[j])), weight)
		all = api.Add(all, digit, api.Mul(2, v.isPoint(j), weight))
		if j <= maxPoint {
			right = api.Add(right, api.Mul(digit, isRight))
		} else {
			behind = api.Add(behind, digit)
		}
		weight = new(big.Int).Mul(weight, big.NewInt(10))
	}
	right = api.Add(right, api.Mul(behind, isRight))
	return api.Add(all, api.Mul(9, right))
}
