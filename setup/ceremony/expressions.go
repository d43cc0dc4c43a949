package ceremony

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// A term is a scalar, by its number in a list, and what it multiplies: a wire in an expression, a node in a sum.
type term struct{ scalar, of int32 }

// Scalars are numbers, each once.
type scalars struct {
	list    []fr.Element
	numbers map[fr.Element]int32
}

// The first scalars of a list.
const (
	scalarOne = iota
	scalarMinusOne
)

func newScalars() *scalars {
	s := &scalars{numbers: map[fr.Element]int32{}}
	plus := fr.One()
	var minus fr.Element
	s.number(&plus)
	s.number(minus.Neg(&plus))
	return s
}

// number returns the number of a scalar, which it gives to a new one.
func (s *scalars) number(e *fr.Element) int32 {
	n, ok := s.numbers[*e]
	if !ok {
		n = int32(len(s.list))
		s.list = append(s.list, *e)
		s.numbers[*e] = n
	}
	return n
}

// The matrices of a constraint system, by number.
const (
	left = iota
	right
	output
	nbMatrices
)

// Expressions are the different rows of a system's three matrices, in the order in which they occur first.
type expressions struct {
	*scalars
	list  [][]term            // each without terms that are zero
	rows  [nbMatrices][]int32 // the expression of each constraint
	wires int
}

func expressionsOf(system *cs.R1CS) *expressions {
	internal, secret, public := system.GetNbVariables()
	x := &expressions{scalars: newScalars(), wires: internal + secret + public}
	numbers := make([]int32, len(system.Coefficients))
	for i := range system.Coefficients {
		numbers[i] = x.number(&system.Coefficients[i])
	}
	known := make(map[string]int32, 2*system.GetNbConstraints())
	var key []byte
	it := system.GetR1CIterator()
	for c := it.Next(); c != nil; c = it.Next() {
		for m, expression := range []constraint.LinearExpression{c.L, c.R, c.O} {
			key = key[:0]
			for _, t := range expression {
				if n := numbers[t.CoeffID()]; !x.scalars.list[n].IsZero() {
					key = binary.NativeEndian.AppendUint32(key, uint32(n))
					key = binary.NativeEndian.AppendUint32(key, uint32(t.WireID()))
				}
			}
			number, ok := known[string(key)]
			if !ok {
				number = int32(len(x.list))
				known[string(key)] = number
				x.list = append(x.list, termsOf(key))
			}
			x.rows[m] = append(x.rows[m], number)
		}
	}
	return x
}

// termsOf reads what an expression's key says.
func termsOf(key []byte) []term {
	list := make([]term, len(key)/8)
	for i := range list {
		list[i] = term{int32(binary.NativeEndian.Uint32(key[8*i:])), int32(binary.NativeEndian.Uint32(key[8*i+4:]))}
	}
	return list
}
