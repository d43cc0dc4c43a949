package unique

import "slices"

// IsBooleanRow reports whether a row says that a form is 0 or 1, whose names the tests compare
// with those of the places.
func (s *System) IsBooleanRow(i int) bool {
	roots, ok := s.roots[int32(i)]
	if !ok {
		return false
	}
	r := s.read(int32(i))
	_, isComplement := ratio(combine(one(), r.l, one(), r.r), constantForm(one()))
	return isComplement && r.o.isZero() && roots.step != roots.low
}

// A Comparison is of a system without a row, as halves find it, and as a proof does that starts anew.
type Comparison struct {
	Missed  int // wires that only the new proof has
	More    int // wires that only halves have
	Open    int // wires that had one value, and that neither proves
	Named   int
	Wrong   int // named wires that are proven
	Missing int // wires that are not proven even though those named are given
}

// CompareAbsent leaves out each of the rows, and compares at some of them.
func (s *System) CompareAbsent(places []string, rows, at []int32) (c Comparison, err error) {
	if err := s.setPlaces(places); err != nil {
		return c, err
	}
	s.remember()
	whole := blankProver(s)
	whole.trail = &trail{}
	whole.start()
	whole.assumeEdDSA()
	n := newNaming(s, whole.trail)
	s.eachAbsent(rows, func(p *prover, i int32) {
		if !slices.Contains(at, i) {
			return
		}
		named := n.name(p, i)
		c.Named += len(named)
		anew := newProver(s, i)
		anew.assumeEdDSA()
		for w := range s.wires {
			switch {
			case !p.isUnique(w) && anew.isUnique(w):
				c.Missed++
			case p.isUnique(w) && !anew.isUnique(w):
				c.More++
			case whole.isUnique(w) && !anew.isUnique(w):
				c.Open++
			}
		}
		for _, w := range named {
			if anew.isUnique(w) {
				c.Wrong++
			}
		}
		for _, w := range named {
			anew.learn(w, input)
		}
		anew.closure()
		for w := range s.wires {
			if whole.isUnique(w) && !anew.isUnique(w) {
				c.Missing++
			}
		}
	})
	return c, nil
}
