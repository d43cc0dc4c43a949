// Package statement is the ordered list of public inputs, and the circuits' names.
//
//	0 model   1 policy   2 template   3 authority   4 seeds   5 beacon
//	6 token = recipient · 2^64 + id
//	7 high and 8 low 128 bits of the metadata hash              SPEC §2
//
// 0 to 5 are the same for a whole drop, 6 to 8 are the token's.
package statement

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// NbInputs is the number of public inputs.
const NbInputs = 9

// A Statement is what one proof says.
type Statement struct {
	Model, Policy, Template, Authority, Seeds, Beacon fr.Element

	Recipient [20]byte // the address that may be minted to, zero for anyone
	ID        uint64   // the token id
	Metadata  [32]byte // the metadata hash, big-endian
}

// Vector returns the public inputs in order.
func (s Statement) Vector() [NbInputs]fr.Element {
	high, low := Limbs(s.Metadata)
	return [NbInputs]fr.Element{s.Model, s.Policy, s.Template, s.Authority, s.Seeds, s.Beacon, s.Token(), high, low}
}

// Token returns recipient · 2^64 + id.
func (s Statement) Token() fr.Element {
	var b [28]byte
	copy(b[:20], s.Recipient[:])
	binary.BigEndian.PutUint64(b[20:], s.ID)
	var token fr.Element
	token.SetBytes(b[:]) // 224 bits: no reduction
	return token
}

// Limbs returns the high and the low 128 bits of a hash as field elements.
func Limbs(hash [32]byte) (high, low fr.Element) {
	high.SetBytes(hash[:16])
	low.SetBytes(hash[16:])
	return high, low
}
