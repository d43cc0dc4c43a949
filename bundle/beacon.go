package bundle

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/bundle/evmnet"
)

// Beacon is the public randomness of a drop, fixed after its commitments: a contract's, or
// without one a round of drand's evmnet, or what the drop's maker chose.
type Beacon struct {
	ChainID   uint64            `json:"chain_id"`
	Contract  [20]byte          `json:"contract"`
	Entropy   [32]byte          `json:"entropy"`
	Value     fr.Element        `json:"value"`     // must be Derive's
	Source    string            `json:"source"`    // where the entropy comes from, in words
	Round     uint64            `json:"round"`     // of evmnet; 0 for none
	Signature [evmnet.Size]byte `json:"signature"` // the round's; zeros for none
}

// DrandBeacon returns the beacon of a round of evmnet. The signature is checked.
func DrandBeacon(round uint64, signature [evmnet.Size]byte) (*Beacon, error) {
	randomness, err := evmnet.Verify(round, signature[:])
	if err != nil {
		return nil, err
	}
	b := &Beacon{Entropy: randomness, Round: round, Signature: signature, Source: fmt.Sprintf("drand evmnet, round %d", round)}
	b.Value = b.Derive()
	return b, nil
}

// ByDrand reports whether a round of evmnet is the beacon.
func (b *Beacon) ByDrand() bool { return b.Round != 0 }

// RoundTime is when the round of a beacon by drand happened: nobody knew the beacon before.
func (b *Beacon) RoundTime() time.Time {
	return time.Unix(evmnet.Genesis+int64(b.Round-1)*evmnet.Period, 0).UTC()
}

// Check reports a value that is not that of its parts, and a round whose signature is not the
// entropy's. Where a contract's entropy comes from is for a node to say.
func (b *Beacon) Check() error {
	if b.Derive() != b.Value {
		return errors.New("its beacon is not that of its chain, contract and entropy")
	}
	if !b.ByDrand() {
		if b.Signature != [evmnet.Size]byte{} {
			return errors.New("its beacon has a signature, and no round")
		}
		return nil
	}
	if b.ChainID != 0 || b.Contract != [20]byte{} || b.Round > maxRound {
		return errors.New("its beacon is a round of drand's, and a contract's too, or beyond all rounds")
	}
	own, err := DrandBeacon(b.Round, b.Signature)
	switch {
	case err != nil:
		return fmt.Errorf("its beacon: drand evmnet, round %d: %w", b.Round, err)
	case own.Entropy != b.Entropy || own.Source != b.Source:
		return errors.New("its beacon is not that of its round")
	}
	return nil
}

// maxRound keeps times of rounds in range: about 3,000 years from now.
const maxRound = 1 << 35

// BeaconSelfChosen is the source of a beacon that no chain has vouched for.
const BeaconSelfChosen = "self-chosen"

// SelfChosen reports whether the beacon names no chain and no round: its maker chose it.
func (b *Beacon) SelfChosen() bool {
	return b.Source == BeaconSelfChosen || b.ChainID == 0 && !b.ByDrand()
}

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
