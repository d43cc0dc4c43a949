package ceremony

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// A ladder is nodes first to last: a multiple of a node, and each of the others twice the one before.
// Where bits are packed into a number, an expression has the coefficients 1, 2, 4 ... of different wires.
type ladder struct {
	times       term // what makes the first one
	first, last int32
}

const (
	stride      = 8 // doublings from one coefficient to the next
	ladderLeast = 3 // coefficients that are worth a ladder
)

// A ladderFinder finds ladders in expressions.
type ladderFinder struct {
	size    []signed     // of each scalar: the first of the list that is it, or minus it
	doubles [][]doubling // of each size, the nearest first
	inside  []bool       // the size is in the expression at hand
	follow  []bool       // another one there leads to it
	place   []signed     // its node there, or minus that; 0: none, for no ladder begins with the first node
}

// A signed is a number of something, and whether minus that is meant.
type signed struct {
	of    int32
	minus bool
}

// A doubling leads from a scalar to 2^times it, or to minus that.
type doubling struct {
	to    signed
	times int32
}

// newLadderFinder takes all scalars that there will be.
func newLadderFinder(s *scalars) *ladderFinder {
	n := len(s.list)
	l := &ladderFinder{make([]signed, n), make([][]doubling, n), make([]bool, n), make([]bool, n), make([]signed, n)}
	for i := range s.list {
		l.size[i] = signed{of: int32(i)}
		var minus fr.Element
		if n, ok := s.numbers[*minus.Neg(&s.list[i])]; ok && n < int32(i) {
			l.size[i] = signed{n, true}
		}
	}
	for i := range s.list {
		e := s.list[i]
		for d := int32(1); d <= stride && !l.size[i].minus; d++ {
			if n, ok := s.numbers[*e.Double(&e)]; ok {
				l.doubles[i] = append(l.doubles[i], doubling{l.size[n], d})
			} else if n, ok := s.numbers[*new(fr.Element).Neg(&e)]; ok {
				l.doubles[i] = append(l.doubles[i], doubling{signed{n, !l.size[n].minus}, d})
			}
		}
	}
	return l
}

// expand replaces coefficients of an expression by nodes of ladders, which begin at the node free. It
// tells put of each wire what to multiply there.
func (l *ladderFinder) expand(node int32, terms []term, free int32, put func(wire int32, t term)) (list []ladder) {
	var sizes []int32
	for _, t := range terms {
		if n := l.size[t.scalar].of; !l.inside[n] {
			l.inside[n] = true
			sizes = append(sizes, n)
		}
	}
	for _, n := range sizes {
		if next := l.next(n); next != nil {
			l.follow[next.to.of] = true
		}
	}
	for _, n := range sizes {
		if !l.follow[n] {
			if c, ok := l.ladder(node, n, free); ok {
				list, free = append(list, c), c.last+1
			}
		}
	}
	for _, t := range terms {
		s := l.size[t.scalar]
		switch at := l.place[s.of]; {
		case at.of == 0:
			put(t.of, term{t.scalar, node})
		case at.minus == s.minus:
			put(t.of, term{scalarOne, at.of})
		default:
			put(t.of, term{scalarMinusOne, at.of})
		}
	}
	for _, n := range sizes {
		l.inside[n], l.follow[n], l.place[n] = false, false, signed{}
	}
	return list
}

// next returns the doubling from a size to the nearest one that is there, or nil.
func (l *ladderFinder) next(n int32) *doubling {
	for i := range l.doubles[n] {
		if l.inside[l.doubles[n][i].to.of] {
			return &l.doubles[n][i]
		}
	}
	return nil
}

// ladder places the sizes that follow from one, if they are enough.
func (l *ladderFinder) ladder(node, n, free int32) (c ladder, ok bool) {
	members := 1
	for next := l.next(n); next != nil; next = l.next(next.to.of) {
		members++
	}
	if members < ladderLeast {
		return c, false
	}
	c = ladder{term{n, node}, free, free}
	l.place[n] = signed{of: free}
	minus := false
	for next := l.next(n); next != nil; next = l.next(next.to.of) {
		c.last += next.times
		minus = minus != next.to.minus
		l.place[next.to.of] = signed{c.last, minus}
	}
	return c, true
}
