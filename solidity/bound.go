package solidity

import (
	"bytes"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// k0Place is where K0 stands in a key's bytes: behind their number, α, β, γ and δ.
const k0Place = 4 + 64 + 3*128

// BoundAddress is where a GenproofDrop's setTemplate deploys the drop's own verifier, by CREATE2.
func BoundAddress(drop common.Address) common.Address {
	return crypto.CreateAddress2(drop, [32]byte{}, crypto.Keccak256(BoundVerifier.Creation))
}

// BoundCode returns the runtime code of a drop's own verifier: that of its verifier, template
// and beacon between it and the key, a word each, and what the drop's inputs fold into in place
// of K0. The verifier is one for nine inputs.
func BoundCode(verifier []byte, template, beacon fr.Element, folded [64]byte) []byte {
	first, value := template.Bytes(), beacon.Bytes()
	n := len(verifier) - tailBytes
	key := bytes.Clone(verifier[n:])
	copy(key[k0Place:], folded[:])
	return slices.Concat(verifier[:n], first[:], value[:], key)
}
