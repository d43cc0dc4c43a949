package groth16

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// FindInvalidPairs is FindInvalid, with the number of pairings it took.
func (vk *VerifyingKey) FindInvalidPairs(inputs [][]fr.Element, proofs []*Proof) (list []int, pairs int) {
	s := vk.newSearch(inputs, proofs)
	list = s.run()
	return list, pairsOfOne*len(proofs) - s.budget
}
