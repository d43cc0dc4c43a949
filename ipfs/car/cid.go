package car

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
)

// A CID names a block by its content. There is one kind of them here: version 1, of a raw or
// a dag-pb block, with the block's SHA-256. Others hide content (identity), or have two
// spellings. The 36 bytes are version, codec, hash function, length, digest; the zero value
// names nothing.
type CID [Bytes]byte

// Bytes is the length of a CID.
const Bytes = 4 + sha256.Size

// The bytes of a CID before its digest.
const (
	version1  = 1
	codecRaw  = 0x55
	codecPB   = 0x70 // dag-pb
	hashSHA2  = 0x12
	multibase = "b" // base32, lower case, without padding
)

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Raw returns the CID of a raw block: of a file's bytes, if one block holds it.
func Raw(content []byte) CID { return cidOf(codecRaw, sha256.Sum256(content)) }

// OfRaw is [Raw] of the content with this SHA-256.
func OfRaw(digest [32]byte) CID { return cidOf(codecRaw, digest) }

func cidOf(codec byte, digest [32]byte) (c CID) {
	copy(c[:], []byte{version1, codec, hashSHA2, sha256.Size})
	copy(c[4:], digest[:])
	return c
}

// ParseCID reads the CID that b begins with.
func ParseCID(b []byte) (c CID, err error) {
	if len(b) < Bytes || b[0] != version1 || b[1] != codecRaw && b[1] != codecPB || b[2] != hashSHA2 || b[3] != sha256.Size {
		return c, fmt.Errorf("CID %x...: want version 1, raw or dag-pb, SHA-256", b[:min(len(b), 4)])
	}
	return CID(b[:Bytes]), nil
}

// DecodeCID reads a CID in base32, as [CID.String] writes it.
func DecodeCID(s string) (c CID, err error) {
	digits, ok := strings.CutPrefix(s, multibase)
	b, err := base32Lower.DecodeString(digits)
	if !ok || err != nil || len(b) != Bytes {
		return c, errors.New("want b and 58 letters and digits of base32")
	}
	if c, err = ParseCID(b); err == nil && c.String() != s { // bits that no byte has
		err = errors.New("want b and 58 letters and digits of base32")
	}
	return c, err
}

// String returns the CID in base32, 59 characters.
func (c CID) String() string { return multibase + base32Lower.EncodeToString(c[:]) }

// IsRaw reports whether c is a raw block's: bytes of a file and nothing else.
func (c CID) IsRaw() bool { return c[1] == codecRaw }

// Digest returns the SHA-256 of the block.
func (c CID) Digest() [sha256.Size]byte { return [sha256.Size]byte(c[4:]) }

// Check sees that c is the CID of content.
func (c CID) Check(content []byte) error {
	if digest := sha256.Sum256(content); !bytes.Equal(digest[:], c[4:]) {
		return fmt.Errorf("its content is not that of %s", c)
	}
	return nil
}
