package bundle

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
)

// DirectoryDigest returns the SHA-256 of the UnixFS directory of a group's documents, which
// is all that the directory's CID says (CIDv1, dag-pb): a dag-pb block with a link to the raw
// block of each document, in the order of the cards, whose names are those of [CardName]. A
// contract computes the same from digests and sizes that were proven.
//
// Digests are the documents' SHA-256, sizes their numbers of bytes, both of consecutive cards
// from first on; cards is N. Each document must be one block: at most 2^18 bytes, as all of a
// deck's are.
func DirectoryDigest(first, cards uint64, digests [][32]byte, sizes []uint64) [32]byte {
	var block []byte
	for i := range digests {
		link := append([]byte{0x0a, 36, 1, 0x55, 0x12, 32}, digests[i][:]...) // Hash: CIDv1, raw, SHA-256
		name := CardName(first+uint64(i), cards) + ".json"
		link = append(link, 0x12, byte(len(name))) // Name
		link = append(link, name...)
		link = binary.AppendUvarint(append(link, 0x18), sizes[i]) // Tsize
		block = append(block, 0x12, byte(len(link)))              // Links
		block = append(block, link...)
	}
	return sha256.Sum256(append(block, 0x0a, 2, 0x08, 1)) // Data: a UnixFS message, whose type is directory
}

// DirectoryCID returns the CID of the directory whose block has this SHA-256: CIDv1, dag-pb,
// in base32.
func DirectoryCID(digest [32]byte) string {
	cid := append([]byte{1, 0x70, 0x12, 32}, digest[:]...)
	return "b" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(cid))
}
