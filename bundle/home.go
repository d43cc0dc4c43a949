package bundle

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// Element returns what a deck's commitment and its contract hold of a home: the low 160 bits
// of keccak256(abi.encode(uint256 chain id, address author)). A nil home is 0.
//
// The chain is in it because the same address can be another's account on another chain.
func (h *Home) Element() fr.Element {
	var e fr.Element
	if h == nil {
		return e
	}
	var words [64]byte
	binary.BigEndian.PutUint64(words[24:32], h.ChainID)
	copy(words[44:], h.Author[:])
	k := sha3.NewLegacyKeccak256()
	k.Write(words[:])
	e.SetBytes(k.Sum(nil)[12:])
	return e
}
