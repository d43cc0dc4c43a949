//go:build !js

package policy

import (
	mathbits "math/bits"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/statement"
)

// A wordVar is a literal's code word in bits.
type wordVar struct {
	slot          []frontend.Variable // low bit first
	less, present frontend.Variable   // the operator's two bits
	negate, end   frontend.Variable
}

// indexBits is the number of bits that name one of n slots.
func indexBits(n int) int { return mathbits.Len(uint(n - 1)) }

// splitCode returns the code words of all literals and constrains everything else in the
// code to be zero: what is above an element's last word, and the slot bits that this size
// has no use for. The sum of those is zero only if each of them is.
//
// 10 constraints a literal, and 1 an element where slots are fewer than 33.
func splitCode(api frontend.API, size statement.Size, code []frontend.Variable) []wordVar {
	words := make([]wordVar, 0, size.Literals)
	nbSlot := indexBits(size.Slots())
	for _, element := range code {
		nbWords := min(wordsPerElement, size.Literals-len(words))
		b := bits.Decompose(api, element, nbWords*wordBits)
		var unused frontend.Variable = 0
		for ; len(b) > 0; b = b[wordBits:] {
			for _, bit := range b[nbSlot:slotBits] {
				unused = api.Add(unused, bit)
			}
			words = append(words, wordVar{
				slot: b[:nbSlot], less: b[opBit], present: b[opBit+1], negate: b[negateBit], end: b[endBit],
			})
		}
		if nbSlot < slotBits {
			api.AssertIsEqual(unused, 0)
		}
	}
	return words
}
