package bundle

import (
	"encoding/hex"
	"path"
	"strconv"
	"strings"

	"github.com/genproof/genproof/circuits/statement"
)

// What a published drop consists of: a folder, or a CAR of the same tree. Paths are
// slash-separated. FORMAT.md, section 8, is normative.
const (
	DescriptionFile = "drop.json"     // the drop's description
	KeyFile         = "verifying.key" // the verifying key's bytes, FORMAT.md section 5
	PolicyFile      = "policy.cel"    // the policy's text once more, for people
	BundlesDir      = "bundles"       // ID.json: a bundle for each token
	DocumentsDir    = "documents"     // the exact documents, each named by its CID
	ImagesDir       = "images"        // CID.png: the pictures that are proven; of a deck the images that the import was given

	CARFile = "drop.car" // of all of that but a deck's images, in the folder that genproof prove writes; not in itself
)

// ImagesCAR returns the name of the n-th CAR of a deck's images, from 1. Together they hold the
// folder of images, whose CID each of them names as its root.
func ImagesCAR(n int) string { return "images-" + strconv.Itoa(n) + ".car" }

// BundlePath returns where a token's bundle is.
func BundlePath(id uint64) string {
	return path.Join(BundlesDir, strconv.FormatUint(id, 10)+".json")
}

// BundleID returns the token of a bundle's path, and whether the path is one that
// [BundlePath] returns.
func BundleID(name string) (id uint64, ok bool) {
	digits, ok := strings.CutSuffix(path.Base(name), ".json")
	id, err := strconv.ParseUint(digits, 10, 64)
	return id, ok && err == nil && name == BundlePath(id)
}

// DocumentPath returns where the document with a CID is.
func DocumentPath(cid string) string { return path.Join(DocumentsDir, cid) }

// PicturePath returns where the proven picture with a CID is. Tokens may share one.
func PicturePath(cid string) string { return path.Join(ImagesDir, cid+".png") }

// The folders of a published deck, FORMAT.md section 10. DocumentsDir has a folder for each group.
const (
	BatchesDir = "batches" // N.json: the proof of each batch
	CardsDir   = "cards"   // N.json: what opens each card
)

// AttestationsDir is the folder of attestations about a drop or deck, FORMAT.md section 20: ID.json.
const AttestationsDir = "attestations"

// AttestationPath returns where the attestation with an id is: the SHA-256 of its payload.
func AttestationPath(id [32]byte) string {
	return path.Join(AttestationsDir, hex.EncodeToString(id[:])+".json")
}

// GroupBatches is the number of batches of a group: what one folder of documents holds.
const GroupBatches = 32

// BatchPath returns where batch n is.
func BatchPath(n uint64) string { return numbered(BatchesDir, n) }

// CardPath returns where the openings of card n are.
func CardPath(n uint64) string { return numbered(CardsDir, n) }

func numbered(dir string, n uint64) string {
	return path.Join(dir, strconv.FormatUint(n, 10)+".json")
}

// CardDocumentPath returns where the document of card n is, in a deck of so many cards with k
// of them a batch: the folder is the group's, the name as wide as the last card's.
func CardDocumentPath(n, cards uint64, k int) string {
	group := n / uint64(k*GroupBatches)
	return path.Join(DocumentsDir, strconv.FormatUint(group, 10), CardName(n, cards)+".json")
}

// CardName returns the number of a card with as many digits as the last one's.
func CardName(n, cards uint64) string {
	digits := strconv.FormatUint(n, 10)
	return strings.Repeat("0", max(0, len(strconv.FormatUint(cards-1, 10))-len(digits))) + digits
}

// Groups is the number of groups of a deck of this size.
func (d *Deck) Groups(size statement.Size) uint64 {
	perGroup := uint64(size.Cards * GroupBatches)
	return (d.Cards + perGroup - 1) / perGroup
}
