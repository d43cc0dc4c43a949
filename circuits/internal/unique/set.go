package unique

import (
	"math/big"
	"slices"
	"strings"
)

// A set holds integers, increasing. A wire's values are such a set where every solution has
// one of its elements there, as an integer modulo r; a wire's differences where any two
// solutions of equal inputs differ by one of them. {0} means that the wire is unique.
type set []*big.Int

// A setID names a set of the sets seen, so that sets of wires are compared and stored as
// numbers.
type setID int32

// The sets that every prover has.
const (
	anything setID = iota // nothing is known
	zeroSet               // {0}
	bitSet                // {0, 1}
	signSet               // {−1, 0, 1}
)

// sets gives sets their names.
type sets struct {
	list  []set
	ids   map[string]setID
	diffs map[setID]setID
	boths map[[2]setID]setID
}

func newSets() *sets {
	s := &sets{list: []set{nil}, ids: map[string]setID{}, diffs: map[setID]setID{}, boths: map[[2]setID]setID{}}
	for _, elements := range [][]int64{{0}, {0, 1}, {-1, 0, 1}} {
		var x set
		for _, e := range elements {
			x = append(x, big.NewInt(e))
		}
		s.id(x)
	}
	return s
}

// id returns the name of a set whose elements come in any order and more than once.
func (s *sets) id(x set) setID {
	slices.SortFunc(x, (*big.Int).Cmp)
	x = slices.CompactFunc(x, func(a, b *big.Int) bool { return a.Cmp(b) == 0 })
	var key strings.Builder
	for _, e := range x {
		key.WriteString(e.Text(62))
		key.WriteByte(' ')
	}
	id, known := s.ids[key.String()]
	if !known {
		id = setID(len(s.list))
		s.list = append(s.list, x)
		s.ids[key.String()] = id
	}
	return id
}

// differences returns the set of a − b for a and b of a set.
func (s *sets) differences(x setID) setID {
	d, known := s.diffs[x]
	if !known {
		var all set
		for _, a := range s.list[x] {
			for _, b := range s.list[x] {
				all = append(all, new(big.Int).Sub(a, b))
			}
		}
		d = s.id(all)
		s.diffs[x] = d
	}
	return d
}

// both returns the elements that are in both sets.
func (s *sets) both(x, y setID) setID {
	switch {
	case x == anything || x == y:
		return y
	case y == anything:
		return x
	}
	id, known := s.boths[[2]setID{x, y}]
	if !known {
		var out set
		for _, e := range s.list[x] {
			if _, found := slices.BinarySearchFunc(s.list[y], e, (*big.Int).Cmp); found {
				out = append(out, e)
			}
		}
		id = s.id(out)
		s.boths[[2]setID{x, y}] = id
	}
	return id
}

// most returns the greatest absolute value of a set that is not empty.
func (x set) most() *big.Int {
	first, last := x[0], x[len(x)-1]
	if first.CmpAbs(last) > 0 {
		return first
	}
	return last
}
