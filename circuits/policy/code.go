package policy

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// A literal's code word, low bit first, and 25 words an element, the first one lowest:
//
//	bits 0-5 slot   6-7 operator   8 negate   9 end of clause
//
// Unused words are zero: a clause that never ends and so asks for nothing.
const (
	slotBits        = 6
	opBit           = slotBits
	negateBit       = opBit + 2
	endBit          = negateBit + 1
	wordBits        = endBit + 1
	wordsPerElement = 25 // 250 bits: below the field's modulus, so never reduced
)

// nbCode is the number of elements that hold n code words.
func nbCode(n int) int { return (n + wordsPerElement - 1) / wordsPerElement }

// word returns the literal's code word.
func (l Literal) word(endOfClause bool) uint64 {
	w := uint64(l.Slot) | uint64(l.Op)<<opBit
	if l.Negate {
		w |= 1 << negateBit
	}
	if endOfClause {
		w |= 1 << endBit
	}
	return w
}

// code returns the code elements and the operands of a valid program, padded to size.
func (p *Program) code(size statement.Size) (code, operands []fr.Element) {
	operands = make([]fr.Element, size.Literals)
	words := make([]big.Int, nbCode(size.Literals))
	i := 0
	for _, clause := range p.Clauses {
		for j, l := range clause {
			w := new(big.Int).SetUint64(l.word(j == len(clause)-1))
			w.Lsh(w, uint(i%wordsPerElement*wordBits))
			words[i/wordsPerElement].Or(&words[i/wordsPerElement], w)
			operands[i] = l.Operand
			i++
		}
	}
	code = make([]fr.Element, len(words))
	for k := range words {
		code[k].SetBigInt(&words[k])
	}
	return code, operands
}

// numericMask returns the sum of 2^i over the numeric slots i.
func (p *Program) numericMask() fr.Element {
	var mask uint64
	for i, isNumeric := range p.Numeric {
		if isNumeric {
			mask |= 1 << i
		}
	}
	return fr.NewElement(mask)
}

// Commitment returns the commitment of a valid program to a deck's policy, an error of any
// other.
func (p *Program) Commitment(size statement.Size) (fr.Element, error) {
	rest, err := p.elements(size)
	if err != nil {
		return fr.Element{}, err
	}
	return poseidon.Hash(poseidon.Policy, append([]fr.Element{p.Schema}, rest...)...), nil
}

// Drawn returns the commitment of a valid program to the policy of a drawn drop with these ids,
// an error of any other.
func (p *Program) Drawn(size statement.Size, ids IDs) (fr.Element, error) {
	if err := ids.Validate(); err != nil {
		return fr.Element{}, err
	}
	rest, err := p.elements(size)
	if err != nil {
		return fr.Element{}, err
	}
	in := []fr.Element{p.Schema, fr.NewElement(ids.First), fr.NewElement(ids.Supply)}
	return poseidon.Hash(poseidon.Drawn, append(in, rest...)...), nil
}

// elements returns the mask, the code and the operands of a valid program, an error of any other.
func (p *Program) elements(size statement.Size) ([]fr.Element, error) {
	if err := p.Validate(size); err != nil {
		return nil, err
	}
	code, operands := p.code(size)
	return append(append([]fr.Element{p.numericMask()}, code...), operands...), nil
}
