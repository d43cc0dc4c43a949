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
