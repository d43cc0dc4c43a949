package deckcall

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/genproof/genproof/verifier/groth16"
)

// The contracts' runtime code, of which only the digest is needed here. A test compares them
// with what package solidity holds.
const (
	verifierBytes  = 3082
	verifierDigest = "0a24b117a95ae80e6d8dfdf90e909e00b720c1e0ecb1507693367a6529a25c9e"
	deckBytes      = 21907
	deckDigest     = "51d4d611e242d80a7ddfb9f9720031c4c2130b5df8bcbe66c592baee057f87d5"
)

// immutables are the places in a deck's contract where each has words of its own; they are
// cleared before the digest is taken.
var immutables = []int{
	1266, 1879, 3261, 3341, 3380, 3533, 4804, 5195, 5240, 5284, 5705, 6460, 6565, 7812, 7853, 7907,
	8106, 8168, 8212, 8285, 8414, 8458, 8724, 8761, 8801, 8839, 8878, 8924, 8967, 9006, 9054, 9093,
	9134, 9324, 9682, 9781, 9835, 9878, 10707, 11047, 11278, 11311, 12109, 12252, 12614, 12652, 12923, 12975,
	13594, 13635, 13681, 13722, 13953, 13996, 14297, 14521, 14762, 14951, 14986, 15141, 15187, 15229, 15773, 15806,
}

const wordBytes = 32

// isDeck reports whether code is that of genproof's contract for decks, whatever its immutables.
func isDeck(code []byte) bool {
	if len(code) != deckBytes {
		return false
	}
	masked := bytes.Clone(code)
	for _, at := range immutables {
		clear(masked[at : at+wordBytes])
	}
	return hasDigest(masked, deckDigest)
}

// keyIn returns the verifying key behind the code of genproof's verifier; nil of any other code.
// Behind the code stand the key's bytes and their number, in two bytes.
func keyIn(code []byte) *groth16.VerifyingKey {
	if len(code) < verifierBytes+2 || !hasDigest(code[:verifierBytes], verifierDigest) {
		return nil
	}
	own, n := code[verifierBytes:len(code)-2], binary.BigEndian.Uint16(code[len(code)-2:])
	vk, err := groth16.ParseVerifyingKey(own)
	if err != nil || int(n) != len(own) || !bytes.Equal(vk.Bytes(), own) {
		return nil
	}
	return vk
}

func hasDigest(data []byte, digest string) bool {
	got := sha256.Sum256(data)
	return hex.EncodeToString(got[:]) == digest
}
