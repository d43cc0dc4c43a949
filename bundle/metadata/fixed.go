package metadata

import (
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strings"
)

// IsFixed reports whether an address says what its bytes are: then nobody can change what it leads to.
// That is data:, ipfs:// with a CID, or ar:// with a transaction's id, and a path that stays below them
// however a browser or a gateway reads it. Others, such as a web server's or a name's, lead to something
// else tomorrow.
func IsFixed(address string) bool {
	if strings.HasPrefix(address, "data:") {
		return true
	}
	if path, ok := strings.CutPrefix(address, "ar://"); ok {
		id, rest, _ := strings.Cut(path, "/")
		return len(id) == 43 && made(id, base64URL) && staysBelow(rest)
	}
	path, ok := strings.CutPrefix(address, "ipfs://")
	cid, rest, _ := strings.Cut(strings.TrimPrefix(path, "ipfs/"), "/")
	return ok && isCID(cid) && staysBelow(rest)
}

// The characters of an id: Arweave's names have others, or another number of them.
const (
	lower       = "abcdefghijklmnopqrstuvwxyz"
	base32Lower = lower + "234567"
	base58      = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	base64URL   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + lower + "0123456789-_"
)

// made reports whether a text has no other characters than these.
func made(text, of string) bool { return strings.Trim(text, of) == "" }

// isCID reports whether a text is a CID of content: of version 0, or of version 1 in base32. One of a libp2p key is
// a name.
func isCID(text string) bool {
	if strings.HasPrefix(text, "Qm") {
		return len(text) == 46 && made(text, base58)
	}
	digits, ok := strings.CutPrefix(text, "b")
	b, err := base32.NewEncoding(base32Lower).WithPadding(base32.NoPadding).DecodeString(digits)
	if !ok || err != nil {
		return false
	}
	var fields [4]uint64 // version, codec, hash function, length
	for i := range fields {
		n := 0
		if fields[i], n = binary.Uvarint(b); n <= 0 {
			return false
		}
		b = b[n:]
	}
	const key, leastDigest = 0x72, 20
	return fields[0] == 1 && fields[1] != key && fields[3] == uint64(len(b)) && len(b) >= leastDigest
}

// staysBelow reports whether no part of a path leads above it. Browsers read %2e as a point and a backslash as
// a slash, and leave tabs and line ends out (WHATWG's URL standard); gateways may read %2f as a slash.
func staysBelow(path string) bool {
	if strings.ContainsFunc(path, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return false
	}
	plain := strings.NewReplacer("%2e", ".", "%2f", "/", "%5c", "/", "\\", "/").Replace(lowerHex(path))
	return !slices.Contains(strings.Split(plain, "/"), "..")
}

// lowerHex writes the escapes of points, slashes and backslashes in small letters.
func lowerHex(path string) string {
	return strings.NewReplacer("%2E", "%2e", "%2F", "%2f", "%5C", "%5c").Replace(path)
}
