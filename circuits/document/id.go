//go:build !js

package document

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

// An idVar is the token's id as documents show it.
type idVar struct {
	text frontend.Variable // its digits in ASCII, behind them 31 − digits zero bytes and last the spaces
	move frontend.Variable // 256^(10 − digits), less one: what moves the bytes after up to the digits
}

// splitLength returns the bits of the document's length, and for digits 1 to 9 of an id, the
// second lowest first, whether they are shown even if they lead with zeros. 41 constraints.
func splitLength(api frontend.API, x frontend.Variable) (length, widths []frontend.Variable) {
	b := bits.Decompose(api, x, lengthBits+idDigits-1)
	return b[:lengthBits], b[lengthBits:]
}

// newIDVar writes an id in decimal, and constrains id < 10^10. A digit is shown if a higher one
// is, if it is not zero, or if the template says so; the lowest one always is.
//
//	id = Σ digit_i·10^i
//	hidden_i = hidden_i+1·[digit_i = 0]·(1 − width_i)         hidden_10 = 1, hidden_0 = 0
//	digits = Σ (1 − hidden_i)
//	text = Σ (digit_i + '0'·(1 − hidden_i))·256^i · 256^(31 − digits) + 10 − digits spaces
//
// So the length has one value, and there is no hint but the digits.
func newIDVar(api frontend.API, id frontend.Variable, widths []frontend.Variable) (idVar, error) {
	digits, isZero, err := decimalVar(api, id)
	if err != nil {
		return idVar{}, err
	}
	var hidden [idDigits + 1]frontend.Variable
	hidden[0], hidden[idDigits] = 0, 1
	for i := idDigits - 1; i > 0; i-- {
		leads := api.Mul(isZero[i], hidden[i+1])
		hidden[i] = api.Mul(api.Sub(1, widths[i-1]), leads)
	}
	var text, move, blanks frontend.Variable = 0, 0, 0
	for i := range digits {
		shown := api.Sub(1, hidden[i])
		text = api.Add(text, api.Mul(power256(i), api.Add(digits[i], api.Mul('0', shown))))
		isLast := api.Sub(hidden[i+1], hidden[i]) // digits = i + 1
		move = api.Add(move, api.Mul(power256(idDigits-1-i), isLast))
		blanks = api.Add(blanks, api.Mul(spaces(idDigits-1-i), isLast))
	}
	text = api.Mul(text, api.Mul(move, power256(idAfter)))
	return idVar{text: api.Add(text, blanks), move: api.Sub(move, 1)}, nil
}

// place returns the third chunk of a block, moved if it is of an id's block, and what is added to
// it. An id's chunk is the 21 bytes that follow the id.
//
//	moved = chunk·256^(10 − digits),  add = text       if isID
//
// 3 constraints.
func (v idVar) place(api frontend.API, isID, chunk frontend.Variable) (moved, add frontend.Variable) {
	factor := api.Add(1, api.Mul(v.move, isID))
	return api.Mul(chunk, factor), api.Mul(v.text, isID)
}
