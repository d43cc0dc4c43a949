package groth16

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// FindInvalid returns the indices, in order, of the proofs that do not verify,
// a nil proof or a wrong number of inputs among them, and all of them if the
// key is degenerate; it returns none exactly if every proof verifies. It
// bisects, so a few bad proofs among many are found fast; when so many are bad
// that this would cost more than it saves, the rest is checked one by one:
// about twice that cost is the worst case.
//
// It panics if len(inputs) != len(proofs).
func (vk *VerifyingKey) FindInvalid(inputs [][]fr.Element, proofs []*Proof) []int {
	return vk.newSearch(inputs, proofs).run()
}

// newSearch marks what cannot be part of a batch as bad.
func (vk *VerifyingKey) newSearch(inputs [][]fr.Element, proofs []*Proof) *search {
	if len(inputs) != len(proofs) {
		panic(fmt.Sprintf("groth16: %d statements for %d proofs", len(inputs), len(proofs)))
	}
	degenerate := vk.lint() != nil
	s := &search{vk: vk, inputs: inputs, proofs: proofs, bad: make([]bool, len(proofs))}
	for i, p := range proofs {
		s.bad[i] = degenerate || vk.checkCount(inputs[i]) != nil || p.check() != nil
	}
	return s
}

// pairsOfOne is the number of pairings of a single verification.
const pairsOfOne = 4

type search struct {
	vk     *VerifyingKey
	inputs [][]fr.Element
	proofs []*Proof
	bad    []bool
	budget int // pairings that batches may still spend
}

// run visits what is not known to be bad and returns all that is.
func (s *search) run() []int {
	var open []int
	for i, bad := range s.bad {
		if !bad {
			open = append(open, i)
		}
	}
	s.budget = pairsOfOne * len(open)
	s.visit(open, false)
	var list []int
	for i, bad := range s.bad {
		if bad {
			list = append(list, i)
		}
	}
	return list
}

// visit marks the bad ones of set; known says that there is at least one.
func (s *search) visit(set []int, known bool) {
	switch {
	case len(set) == 0:
	case len(set) == 1:
		s.bad[set[0]] = known || !s.holds(set)
	case s.budget <= 0:
		for i := range set {
			s.visit(set[i:i+1], false)
		}
	case known || !s.holds(set):
		s.split(set)
	}
}

// split visits both halves of a set with a bad proof in it. If the first half
// is clean, the second is known not to be.
func (s *search) split(set []int) {
	left, right := set[:len(set)/2], set[len(set)/2:]
	s.visit(left, false)
	clean := true
	for _, i := range left {
		clean = clean && !s.bad[i]
	}
	s.visit(right, clean)
}

func (s *search) holds(set []int) bool {
	inputs := make([][]fr.Element, len(set))
	proofs := make([]*Proof, len(set))
	for k, i := range set {
		inputs[k], proofs[k] = s.inputs[i], s.proofs[i]
	}
	s.budget -= len(set) + 3
	return s.vk.verifyBatch(inputs, proofs) == nil
}
