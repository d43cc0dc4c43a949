package bundle

import (
	"path"
	"strconv"
	"strings"
)

// What a published drop consists of: a folder, or a CAR of the same tree. Paths are
// slash-separated. FORMAT.md, section 8, is normative.
const (
	DescriptionFile = "drop.json"     // the drop's description
	KeyFile         = "verifying.key" // the verifying key's bytes, FORMAT.md section 5
	PolicyFile      = "policy.cel"    // the policy's text once more, for people
	BundlesDir      = "bundles"       // ID.json: a bundle for each token
	DocumentsDir    = "documents"     // the exact documents, each named by its CID

	CARFile = "drop.car" // of all of that, in the folder that genproof prove writes; not in itself
)

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
