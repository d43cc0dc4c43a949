//go:build !js

package sha256

import "github.com/consensys/gnark/frontend"

// A StateVar is the state between two rounds or two blocks. The bits of d and h are
// never read, so these two stay loose integers.
type StateVar struct {
	a, b, c, e, f, g WordVar
	d, h             loose
}

// values returns the eight words as integers, d and h not reduced.
func (s StateVar) values(api frontend.API) [8]loose {
	return [8]loose{s.a.value(api), s.b.value(api), s.c.value(api), s.d, s.e.value(api), s.f.value(api), s.g.value(api), s.h}
}

// Words returns the eight words of a state in bits, most significant word first as in
// FIPS 180-4. 66 constraints.
func (s StateVar) Words(api frontend.API) ([8]WordVar, error) {
	d, err := reduce(api, s.d)
	if err != nil {
		return [8]WordVar{}, err
	}
	h, err := reduce(api, s.h)
	return [8]WordVar{s.a, s.b, s.c, d, s.e, s.f, s.g, h}, err
}

// bounded returns s with d and h reduced mod 2^32 if a block might let them outgrow
// [maxLooseBits]: each block adds up to 2^32 to both. 66 constraints every 64 blocks.
func (s StateVar) bounded(api frontend.API) (StateVar, error) {
	if s.d.max < 1<<(maxLooseBits-2) && s.h.max < 1<<(maxLooseBits-2) {
		return s, nil
	}
	w, err := s.Words(api)
	if err != nil {
		return s, err
	}
	return NewState(api, w), nil
}

// roundPair returns the state after rounds t and t+1, where w are their words with the
// round constants. With last, addA and addE are added to the second round's new a and e
// before they are split: the feed-forward of these two words.
func roundPair(api frontend.API, s StateVar, w [2]loose, addA, addE loose) (StateVar, error) {
	c, g := s.c.value(api), s.g.value(api)

	x, e1, err := newE(api, s.e, s.f, s.g, sum(api, s.d, s.h, w[0]), true)
	if err != nil {
		return s, err
	}
	p, a1, err := newA(api, s.a, s.b, s.c, sum(api, e1.word.value(api), negative(api, s.d)), true)
	if err != nil {
		return s, err
	}
	y, e2, err := newE(api, e1.word, s.e, s.f, sum(api, c, g, w[1], addE), false)
	if err != nil {
		return s, err
	}
	// e2 holds addE as well, which a2 must not.
	q, a2, err := newA(api, a1.word, s.a, s.b,
		sum(api, e2.word.value(api), negative(api, addE), negative(api, c), addA), false)
	if err != nil {
		return s, err
	}

	choices, err := packedLanes(api, 0, s.e, s.f, s.g, e1.word)
	if err != nil {
		return s, err
	}
	majorities, err := packedLanes(api, 1, s.a, s.b, s.c, a1.word)
	if err != nil {
		return s, err
	}
	for i := range 32 {
		assertPackedCh(api, choices[i], s.e[i], s.f[i], s.g[i], e1.word[i])
		assertPackedMaj(api, majorities[i], s.a[i], s.b[i], s.c[i], a1.word[i])
	}
	assertPair(api, x, y, weigh(api, choices), e1, e2)
	assertPair(api, p, q, weigh(api, majorities), a1, a2)

	return StateVar{
		a: a2.word, b: a1.word, c: s.a, d: s.b.value(api),
		e: e2.word, f: e1.word, g: s.e, h: s.f.value(api),
	}, nil
}

// newE returns terms + Σ1(e), whose bound leaves room for Ch(e,f,g), and wires for the
// bits of the sum of both, which the caller's [assertPair] constrains.
func newE(api frontend.API, e, f, g WordVar, terms loose, half bool) (loose, split, error) {
	s1, err := bigSigmaVar(api, bigSigma1, e, true)
	if err != nil {
		return loose{}, split{}, err
	}
	total := sum(api, terms, s1)
	total.max += 1<<32 - 1
	s, err := splitOf(api, chHint, half, total, e, f, g)
	return total, s, err
}

// newA returns terms + Σ0(a), whose bound leaves room for Maj(a,b,c), and wires for the
// bits of the sum of both, which the caller's [assertPair] constrains.
func newA(api frontend.API, a, b, c WordVar, terms loose, half bool) (loose, split, error) {
	s0, err := bigSigmaVar(api, bigSigma0, a, false)
	if err != nil {
		return loose{}, split{}, err
	}
	total := sum(api, terms, s0)
	total.max += 1<<32 - 1
	s, err := splitOf(api, majHint, half, total, a, b, c)
	return total, s, err
}
