package document

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// The flags of a block, in the order in which they are packed, behind the bits of its index.
const (
	flagOpening = iota // an attribute starts here
	flagID             // the token's id is shown
	flagText           // the block shows a text,
	flagNumber         // a number,
	flagBool           // a bool,
	flagDigest         // or a digest
	flagQuoted         // the number is a string
	flagSigned         // the number is an int
	flagPoint          // the first of maxPoint flags: the number has 1, 2, … digits after its point

	nbFlags = flagPoint + maxPoint
)

// indexBits is how many bits an index has: 0, or 1 + a slot.
func indexBits(size statement.Size) int { return bits.Len(uint(size.Slots())) }

// flagsPerElement is how many blocks' flags an element holds.
func flagsPerElement(size statement.Size) int { return (fr.Bits - 1) / (indexBits(size) + nbFlags) }

// flags returns the block's flags, those of its index first.
func (b *block) flags(size statement.Size) []bool {
	n := indexBits(size)
	flags := make([]bool, n+nbFlags)
	for i := range n {
		flags[i] = b.index>>i&1 == 1
	}
	named := flags[n:]
	named[flagOpening], named[flagID] = b.opening, b.isID
	if f := b.shows; f != nil {
		named[kindFlag(f.Type.Kind)] = true
		named[flagQuoted], named[flagSigned] = f.Quoted, f.Type.Kind == attribute.Int
		if f.Type.Scale > 0 {
			named[flagPoint+int(f.Type.Scale)-1] = true
		}
	}
	return flags
}

func kindFlag(k attribute.Kind) int {
	switch k {
	case attribute.Text:
		return flagText
	case attribute.Bool:
		return flagBool
	case attribute.Digest:
		return flagDigest
	}
	return flagNumber
}

// flagElements packs the flags of all blocks, the first the lowest.
func (t *Template) flagElements() []fr.Element {
	per := flagsPerElement(t.size)
	var out []fr.Element
	for i := 0; i < len(t.blocks); i += per {
		var packed []bool
		for j := range t.blocks[i:min(i+per, len(t.blocks))] {
			packed = append(packed, t.blocks[i+j].flags(t.size)...)
		}
		out = append(out, pack(packed))
	}
	return out
}

// pack returns Σ 2^i over the flags i that are set.
func pack(flags []bool) (e fr.Element) {
	two := fr.NewElement(2)
	for i := len(flags) - 1; i >= 0; i-- {
		e.Mul(&e, &two)
		if flags[i] {
			one := fr.One()
			e.Add(&e, &one)
		}
	}
	return e
}
