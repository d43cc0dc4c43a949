package bundle

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// Beacon is the public randomness of a drop, fixed after its commitments.
type Beacon struct {
	ChainID  uint64     `json:"chain_id"`
	Contract [20]byte   `json:"contract"`
	Entropy  [32]byte   `json:"entropy"`
	Value    fr.Element `json:"value"`  // must be Derive's
	Source   string     `json:"source"` // where the entropy comes from, in words
}

// BeaconSelfChosen is the source of a beacon that no chain has vouched for.
const BeaconSelfChosen = "self-chosen"

// SelfChosen reports whether the beacon names no chain: its maker chose it.
func (b *Beacon) SelfChosen() bool { return b.Source == BeaconSelfChosen || b.ChainID == 0 }

// Derive computes the beacon's value, as a contract does:
//
//	keccak256(abi.encode(uint256 chainID, address contract, bytes32 entropy)) >> 8
//
// so 248 bits, which every field element has room for.
func (b *Beacon) Derive() fr.Element {
	return DeriveBeacon(b.ChainID, b.Contract, b.Entropy)
}

// DeriveBeacon is [Beacon.Derive] of a beacon's parts.
func DeriveBeacon(chainID uint64, contract [20]byte, entropy [32]byte) fr.Element {
	var words [96]byte
	binary.BigEndian.PutUint64(words[24:32], chainID)
	copy(words[44:64], contract[:])
	copy(words[64:], entropy[:])
	h := sha3.NewLegacyKeccak256()
	h.Write(words[:])
	var value fr.Element
	value.SetBytes(h.Sum(nil)[:31])
	return value
}
