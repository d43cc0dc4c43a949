package policy

import (
	"math/bits"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/statement"
)

// A wordVar is a literal's code word in bits.
type wordVar struct {
	slot          []frontend.Variable // low bit first
	less, present frontend.Variable   // the operator's two bits
	negate, end   frontend.Variable
}

// indexBits is the number of bits that name one of n slots.
func indexBits(n int) int { return bits.Len(uint(n - 1)) }

// splitCode returns the code words of all literals. Slot bits that this size has no use
// for are not split off, so they are zero.
//
// 7 + log2(slots) - 3 bits a literal, a constraint each.
func splitCode(api frontend.API, size statement.Size, code []frontend.Variable) ([]wordVar, error) {
	words := make([]wordVar, 0, size.Literals)
	nbSlot := indexBits(size.Slots())
	perWord := nbSlot + wordBits - slotBits
	for _, element := range code {
		nbWords := min(wordsPerElement, size.Literals-len(words))
		var positions []int
		for w := range nbWords {
			for bit := range wordBits {
				if bit < nbSlot || bit >= slotBits {
					positions = append(positions, w*wordBits+bit)
				}
			}
		}
		bit, err := split(api, element, positions)
		if err != nil {
			return nil, err
		}
		for w := range nbWords {
			b := bit[w*perWord : (w+1)*perWord]
			op := b[nbSlot:]
			words = append(words, wordVar{slot: b[:nbSlot], less: op[0], present: op[1], negate: op[2], end: op[3]})
		}
	}
	return words, nil
}
