package poseidon

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// isPartial reports whether round r has one s-box.
func (w width) isPartial(r int) bool {
	return r >= fullRounds/2 && r < fullRounds/2+w.partialRounds
}

// permute replaces s, which has the width's length, by its image.
func (w width) permute(s []fr.Element) {
	c := w.constants()
	external(s)
	for r, keys := range c.keys {
		for i := range keys {
			s[i].Add(&s[i], &keys[i])
			sbox(&s[i])
		}
		if w.isPartial(r) {
			internal(s, c.diagonal)
		} else {
			external(s)
		}
	}
}

// sbox replaces x by x⁵.
func sbox(x *fr.Element) {
	var y fr.Element
	y.Square(x)
	y.Square(&y)
	x.Mul(x, &y)
}

// external multiplies s by circ(2·M4, M4, …, M4), or by M4 alone when there are four.
func external(s []fr.Element) {
	for i := 0; i < len(s); i += 4 {
		mix(s[i : i+4])
	}
	if len(s) == 4 {
		return
	}
	var columns [4]fr.Element
	for i := range s {
		columns[i%4].Add(&columns[i%4], &s[i])
	}
	for i := range s {
		s[i].Add(&s[i], &columns[i%4])
	}
}

// mix multiplies four elements by M4, as [permutationVar.mix] does.
func mix(s []fr.Element) {
	var t0, t1, t2, t3, t4, t5 fr.Element
	t0.Add(&s[0], &s[1])
	t1.Add(&s[2], &s[3])
	t2.Add(t2.Double(&s[1]), &t1)
	t3.Add(t3.Double(&s[3]), &t0)
	t4.Add(t4.Double(t4.Double(&t1)), &t3)
	t5.Add(t5.Double(t5.Double(&t0)), &t2)
	s[0].Add(&t3, &t5)
	s[1] = t5
	s[2].Add(&t2, &t4)
	s[3] = t4
}

// internal multiplies s by the matrix of ones plus the diagonal.
func internal(s, diagonal []fr.Element) {
	sum := s[0]
	for i := range s[1:] {
		sum.Add(&sum, &s[1+i])
	}
	for i := range s {
		s[i].Mul(&s[i], &diagonal[i])
		s[i].Add(&s[i], &sum)
	}
}
