package unique

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

// CompareAbsent leaves out each of the rows, alone, and proves the rest twice: by halves, and anew.
// It returns how many wires the two ways disagree about, and how many both leave a choice.
func (s *System) CompareAbsent(places []string, rows []int32) (differ, open int, err error) {
	if _, err := s.Prove(places); err != nil {
		return 0, 0, err
	}
	s.remember()
	s.eachAbsent(rows, func(p *prover, i int32) {
		anew := s.proveWithout(nil, i)
		for w, by := range p.by {
			switch {
			case by.isProof() != anew.by[w].isProof():
				differ++
			case !by.isProof():
				open++
			}
		}
	})
	return differ, open, nil
}
