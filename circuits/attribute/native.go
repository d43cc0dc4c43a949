// Package attribute is what a token's traits, claims and facts are made of: typed
// values, slots that hold one or are empty, and the salted root over all slots.
//
//	text value = Hash(text, length, chunks)       31-byte chunks, the last bytes first
//	salts      = Squeeze(salts, n, blind, id, message)
//	leaf_i     = Hash(slot, value_i, present_i, salt_i)
//	root       = Hash(root, leaf_0, …, leaf_n-1)                  SPEC §3.2
//
// A slot does not know its type: types belong to a drop's schema, which is committed to
// elsewhere. Errors of this package name places and limits and never quote a value,
// because values may be hidden.
package attribute

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// A Slot holds one attribute, or none: then Value is zero and Present false.
type Slot struct {
	Value   fr.Element
	Present bool
}

// signBit is what an int is shifted by.
const signBit = 1 << 63

// maxTime is 9999-12-31T23:59:59Z, the last second that RFC 3339 can write.
const maxTime = 253402300799

// OfUint returns the slot of an unsigned number.
func OfUint(u uint64) Slot {
	return Slot{Value: fr.NewElement(u), Present: true}
}

// OfInt returns the slot of a signed number, shifted by 2^63.
func OfInt(i int64) Slot { return OfUint(uint64(i) ^ signBit) }

// OfBool returns the slot of a truth value.
func OfBool(b bool) Slot {
	if b {
		return OfUint(1)
	}
	return OfUint(0)
}

// OfDigest returns the slot of 32 bytes: the hash of their halves, big-endian.
func OfDigest(digest [32]byte) Slot {
	var high, low fr.Element
	high.SetBytes(digest[:16])
	low.SetBytes(digest[16:])
	return Slot{Value: poseidon.Hash(poseidon.Digest, high, low), Present: true}
}

// OfIndex returns the slot of a word of an enum: its place in the vocabulary, from 0.
func OfIndex(i int) Slot { return OfUint(uint64(i)) }

// OfTime returns the slot of a moment in unix seconds, from 1970 to the end of 9999.
func OfTime(unixSeconds int64) (Slot, error) {
	if unixSeconds < 0 || unixSeconds > maxTime {
		return Slot{}, fmt.Errorf("time is not between 1970-01-01 and the end of 9999 (unix seconds 0 to %d)", maxTime)
	}
	return OfUint(uint64(unixSeconds)), nil
}

// Check reports a slot that holds no value of type t, wherever it came from. Texts and
// digests are hashes, so any value may be one. How many words an enum has is the schema's.
func (t Type) Check(s Slot) error {
	if err := t.Validate(); err != nil {
		return err
	}
	switch {
	case !s.Present && !s.Value.IsZero():
		return errors.New("absent attribute has a value, want zero")
	case t.Kind == Text || t.Kind == Digest:
		return nil
	case !s.Value.IsUint64():
		return fmt.Errorf("value of type %s is not below 2^64", t)
	case t.Kind == Bool && s.Value.Uint64() > 1:
		return errors.New("value of type bool is neither 0 nor 1")
	case t.Kind == Time && s.Value.Uint64() > maxTime:
		return fmt.Errorf("value of type time is above %d, the end of 9999", maxTime)
	}
	return nil
}
