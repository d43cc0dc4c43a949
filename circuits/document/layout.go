// Package document is the metadata document: block-aligned JSON whose every proven byte
// sits at a fixed offset.
//
//	prefix   whole 64-byte blocks, any length, constant for a drop: a SHA-256 midstate
//	ids      two blocks: the end of the image URI, the name, `"attributes":[`
//	traits   one block a layer: {"trait_type":"Eyes","value":      "Laser"},
//	end      one block: ],"root":"<43 characters>"} and SHA-256's padding
//
// Insignificant spaces fill the blocks, so it is plain JSON to any parser. The template
// holds the bytes of all blocks after the prefix with spaces or zeros where a token's
// own text goes; a token adds its text to them. SPEC §3.6.
package document

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"github.com/genproof/genproof/circuits/statement"
)

const (
	blockBytes = 64
	chunkBytes = 31 // whole bytes in a field element

	idDigits   = 10               // room for a token id
	imageIDEnd = idDigits         // the image's id ends here, from the start of the ids blocks
	nameIDEnd  = 93               // and the name's here; both within one chunk
	idsBytes   = 2 * blockBytes   // of the ids blocks
	attributes = `"attributes":[` // ends the ids blocks
	textEnd    = 61               // a trait's closing quote is byte 61 of its block
	maxText    = 31               // bytes of a shown trait's text
	textRoom   = maxText + 1      // and its opening quote
	rootKey    = `],"root":"`     // starts the end block
	rootChars  = 43               // base64url of 32 bytes
	endBytes   = len(rootKey) + rootChars + len(`"}`)
	spaceByte  = ' '
	quoteByte  = '"'
	escapeByte = '\\'
	maxPrefix  = 32 << 10 // bytes of a document before the ids blocks
	MaxID      = 9_999_999_999
)

// bodyBytes is the number of bytes after the prefix, SHA-256's padding included.
func bodyBytes(size statement.Size) int { return idsBytes + (size.Layers+1)*blockBytes }

// nbChunks is the number of field elements those bytes take.
func nbChunks(size statement.Size) int { return (bodyBytes(size) + chunkBytes - 1) / chunkBytes }

// traitOffset is where layer l's block starts, from the start of the ids blocks.
func traitOffset(l int) int { return idsBytes + l*blockBytes }

// endOffset is where the end block starts.
func endOffset(size statement.Size) int { return traitOffset(size.Layers) }

// CID returns the CIDv1 of a document as one raw block: multibase base32, version 1,
// codec raw (0x55), multihash sha2-256 (0x12) of 32 bytes.
func CID(document []byte) string {
	digest := sha256.Sum256(document)
	return DigestCID(digest)
}

// DigestCID returns the CIDv1 whose SHA-256 digest is given.
func DigestCID(digest [32]byte) string {
	raw := append([]byte{0x01, 0x55, 0x12, 0x20}, digest[:]...)
	return "b" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw))
}
