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
	deckBytes      = 21892
	deckDigest     = "62124662358c49bd211fa8a8cd7aea80a0da2318937b278ef74474acdf62f2a0"
)

// immutables are the places in a deck's contract where each has words of its own; they are
// cleared before the digest is taken.
var immutables = []int{
	1267, 1883, 3290, 3363, 3402, 3555, 4826, 5217, 5262, 5306, 5710, 6465, 6570, 7817, 7858, 7912,
	8111, 8173, 8217, 8290, 8419, 8463, 8521, 8559, 8806, 8843, 8883, 8921, 8960, 9006, 9049, 9088,
	9136, 9175, 9216, 9406, 9889, 9988, 10042, 10085, 10914, 11254, 11485, 11518, 12316, 12459, 12989, 13041,
	13660, 13701, 13747, 13788, 14030, 14331, 14552, 14790, 15066, 15114, 15156, 15817, 15850, 16152, 16190,
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
