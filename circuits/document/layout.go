// Package document is the metadata document: JSON in blocks of 64 bytes whose every proven
// byte sits at a place that the template fixes.
//
//	prefix   whole blocks, any number, constant for a drop: a SHA-256 midstate
//	blocks   as many as the circuit's size has; each shows nothing, the token's id or one slot
//	end      one block: ],"root":"<43 characters>"} and SHA-256's padding
//
// Insignificant spaces fill the blocks, so it is plain JSON to any parser. The template holds
// the bytes of the blocks with spaces where a token's own bytes go; a token adds its bytes to
// them. The blocks of an attribute that a token has not are spaces. SPEC §3.6.
package document

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// A block is three chunks: what a byte is for follows from its place.
//
//	0        the comma between two attributes
//	..       head: {"trait_type":"Eyes","value":
//	..       spaces
//	..61     the value, ending here
//	62       a closing quote, or a space
//	63       } of an attribute, the comma behind a member
//
// An id starts at byte 33 and is followed by at most 21 bytes of its pattern.
const (
	blockBytes = 64

	frontEnd  = 2  // bytes 0 and 1 are the first chunk,
	middleEnd = 33 // bytes 2 to 32 the second, 33 to 63 the third
	valueEnd  = 62 // a value ends before this byte
	closeEnd  = valueEnd + 1

	idStart  = middleEnd // an id's first digit
	idDigits = 10        // most digits of an id
	idAfter  = 21        // bytes that follow it in its block

	// MaxText is the most bytes of a text that a document shows, MaxAfter those of a pattern behind an id.
	MaxText  = 59
	MaxAfter = 20

	chunkBytes = 31 // of a text's hash

	cidHead   = 7  // bafkrei or bafybei: what all CIDs of a codec start with
	cidTail   = 52 // the characters of the digest
	cidStart  = valueEnd - cidTail
	rootKey   = `],"root":"`
	rootChars = 43 // base64url of 32 bytes
	endBytes  = len(rootKey) + rootChars + len(`"}`)

	spaceByte  = ' '
	quoteByte  = '"'
	escapeByte = '\\'

	maxPrefix = 32 << 10 // bytes of a document before the blocks

	// MaxID is the highest token id, MaxWidth the most digits of one.
	MaxID    = 9_999_999_999
	MaxWidth = idDigits
)

// Numbers. A JSON number has at most 15 digits, so that every reader has it exactly: below 10^15 < 2^53.
const (
	maxDigits       = 15 // of a number
	maxQuotedDigits = 20 // of an integer as a string
	maxPoint        = maxDigits - 1
)

// CID returns the CIDv1 of a document as one raw block: multibase base32, version 1,
// codec raw (0x55), multihash sha2-256 (0x12) of 32 bytes.
func CID(document []byte) string {
	return DigestCID(sha256.Sum256(document))
}

// DigestCID returns the CIDv1, codec raw, whose SHA-256 digest is given.
func DigestCID(digest [32]byte) string { return cidOf(codecRaw, digest) }

// The codecs of a digest's CID.
const (
	codecRaw   = 0x55
	codecDagPB = 0x70
)

func cidOf(codec byte, digest [32]byte) string {
	raw := append([]byte{0x01, codec, 0x12, 0x20}, digest[:]...)
	return "b" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw))
}
