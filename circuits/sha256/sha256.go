//go:build !js

package sha256

import "github.com/consensys/gnark/frontend"

// IVVar returns the state before the first block of a message, constants. No constraint.
func IVVar(api frontend.API) StateVar {
	var words [8]WordVar
	for i, x := range IV {
		words[i] = ValueOfWord(x)
	}
	return NewState(api, words)
}

// NewState returns the state whose words are given, most significant word first as in
// FIPS 180-4; the bits of all eight must be constrained already, see [AssertWord]. No
// constraint.
func NewState(api frontend.API, words [8]WordVar) StateVar {
	return StateVar{
		a: words[0], b: words[1], c: words[2], d: words[3].value(api),
		e: words[4], f: words[5], g: words[6], h: words[7].value(api),
	}
}

// CompressVar returns the state after one block of 16 big-endian words, whose bits must be
// constrained already, see [AssertWord]; native mirror: [Compress]. It is an error if the
// field has fewer than 2^120 elements.
//
//	64 rounds, then each word is added to the one it came from, mod 2^32
//
// 14,956 constraints for the first block of a chain and a few more after that, where d and
// h have grown; constants cost less. Compile with frontend.WithCompressThreshold(0): the
// default of 300 terms cuts the long forms, which costs up to 53 constraints a block.
func CompressVar(api frontend.API, s StateVar, block [16]WordVar) (StateVar, error) {
	if err := checkField(api, roundsBits); err != nil {
		return s, err
	}
	s, err := s.bounded(api)
	if err != nil {
		return s, err
	}
	w, err := schedule(api, block)
	if err != nil {
		return s, err
	}
	state := s
	none := constant(0)
	for t := 0; t < 64; t += 2 {
		words := [2]loose{sum(api, w[t], constant(uint64(k[t]))), sum(api, w[t+1], constant(uint64(k[t+1])))}
		addA, addE := none, none
		if t == 62 {
			addA, addE = s.a.value(api), s.e.value(api)
		}
		if state, err = roundPair(api, state, words, addA, addE); err != nil {
			return s, err
		}
	}
	return feedForward(api, s, state)
}

// feedForward adds the words of s to those of the last round but a and e, which
// [roundPair] has added already.
func feedForward(api frontend.API, s StateVar, last StateVar) (StateVar, error) {
	next := StateVar{
		a: last.a, d: sum(api, s.d, last.d),
		e: last.e, h: sum(api, s.h, last.h),
	}
	for _, add := range []struct {
		to   *WordVar
		x, y WordVar
	}{{&next.b, s.b, last.b}, {&next.c, s.c, last.c}, {&next.f, s.f, last.f}, {&next.g, s.g, last.g}} {
		word, err := reduce(api, sum(api, add.x.value(api), add.y.value(api)))
		if err != nil {
			return s, err
		}
		*add.to = word
	}
	return next, nil
}

// reduce returns x mod 2^32 in bits. 33 constraints for a sum of two words.
func reduce(api frontend.API, x loose) (WordVar, error) {
	s, err := splitOf(api, sumHint, true, x)
	if err != nil {
		return WordVar{}, err
	}
	assertSum(api, x, s)
	return s.word, nil
}

// Digest returns the high and the low 128 bits of the hash a state stands for. It is an
// error if the field has fewer than 2^128 elements. 66 constraints.
func (s StateVar) Digest(api frontend.API) (high, low frontend.Variable, err error) {
	if err := checkField(api, limbBits); err != nil {
		return nil, nil, err
	}
	w, err := s.Words(api)
	if err != nil {
		return nil, nil, err
	}
	return limb(api, w[:4]...), limb(api, w[4:]...), nil
}

// limb returns four words as one 128-bit integer, the first the most significant.
func limb(api frontend.API, words ...WordVar) frontend.Variable {
	var total frontend.Variable = 0
	for _, w := range words {
		total = api.Add(api.Mul(total, uint64(1)<<32), w.value(api).v)
	}
	return total
}
