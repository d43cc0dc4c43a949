package attest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"github.com/genproof/genproof/bundle/strictjson"
)

// MaxEntries bounds a list of licences.
const MaxEntries = 1 << 20

// An Entry is one line of a list of licences. Its salt keeps whoever has the root from guessing it.
type Entry struct {
	Salt      [32]byte `json:"salt"`
	Item      string   `json:"item"`      // what is licensed
	Licence   string   `json:"licence"`   // an SPDX id or LicenseRef-…
	Holder    string   `json:"holder"`    // who owns it
	Source    string   `json:"source"`    // where it is from
	Date      string   `json:"date"`      // 2026-01-31, or empty
	Scope     string   `json:"scope"`     // train, output, commercial: what it is for
	Territory string   `json:"territory"` // ISO 3166 codes, world, or empty
	OptOut    string   `json:"optOut"`    // what was looked at: TDM, robots, ai.txt
	Consent   string   `json:"consent"`   // SHA-256 over 32 random bytes and a consent, or empty
}

// check holds an entry's form.
func (e *Entry) check() error {
	if !isLicence(e.Licence) {
		return errors.New(".licence: want an SPDX id or LicenseRef-NAME") // what a list holds is not quoted
	}
	if err := digests(map[string]string{"consent": e.Consent}); err != nil {
		return err
	}
	return checkTexts([]text{{".item", &e.Item, true}, {".holder", &e.Holder, false}, {".source", &e.Source, false}, {".date", &e.Date, false},
		{".scope", &e.Scope, false}, {".territory", &e.Territory, false}, {".optOut", &e.OptOut, false}})
}

// isLicence reports whether s is spelled as SPDX ids are. The list of ids grows: it is not here.
func isLicence(s string) bool {
	return s != "" && len(s) <= 128 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+") == ""
}

// leaf is the hash of an entry: SHA-256 over 0 and its canonical form.
func (e *Entry) leaf() ([32]byte, error) {
	if err := e.check(); err != nil {
		return [32]byte{}, fmt.Errorf("entry%w", err)
	}
	data, err := strictjson.Marshal(e)
	if err != nil {
		return [32]byte{}, err
	}
	return Leaf(data), nil
}

// Leaf is the hash of a leaf of a tree of RFC 6962.
func Leaf(data []byte) [32]byte { return sha256.Sum256(append([]byte{0}, data...)) }

func node(l, r [32]byte) [32]byte { return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...)) }

// Root returns the Merkle root of leaves, RFC 6962 section 2.1.
func Root(leaves [][32]byte) [32]byte {
	switch n := len(leaves); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return leaves[0]
	default:
		k := split(n)
		return node(Root(leaves[:k]), Root(leaves[k:]))
	}
}

// split is the largest power of two below n.
func split(n int) int { return 1 << (bits.Len(uint(n-1)) - 1) }

// Path returns the audit path of leaf i, from the leaf up.
func Path(leaves [][32]byte, i int) [][32]byte {
	if len(leaves) < 2 {
		return nil
	}
	k := split(len(leaves))
	if i < k {
		return append(Path(leaves[:k], i), Root(leaves[k:]))
	}
	return append(Path(leaves[k:], i-k), Root(leaves[:k]))
}

// rootOf returns the root that a path leads to from leaf i of n.
func rootOf(leaf [32]byte, i, n int, path [][32]byte) ([32]byte, error) {
	if n == 1 {
		if len(path) != 0 {
			return leaf, errPath
		}
		return leaf, nil
	}
	if len(path) == 0 {
		return leaf, errPath
	}
	k, last := split(n), path[len(path)-1]
	if i < k {
		l, err := rootOf(leaf, i, k, path[:len(path)-1])
		return node(l, last), err
	}
	r, err := rootOf(leaf, i-k, n-k, path[:len(path)-1])
	return node(last, r), err
}

var errPath = errors.New("the path has another length than the list's size gives")

// InventoryRoot returns the root that a licence-inventory states of a list of entries.
func InventoryRoot(list []Entry) (leaves [][32]byte, root [32]byte, err error) {
	if len(list) == 0 || len(list) > MaxEntries {
		return nil, root, fmt.Errorf("a list of licences has 1 to %d entries, got %d", MaxEntries, len(list))
	}
	for i := range list {
		leaf, err := list[i].leaf()
		if err != nil {
			return nil, root, fmt.Errorf("%d: %w", i, err)
		}
		leaves = append(leaves, leaf)
	}
	return leaves, Root(leaves), nil
}

// KindLicence is the kind of a file that shows one entry.
const KindLicence = "licence"

// A ShownEntry opens one entry of a list of licences, and tells nothing of the others.
type ShownEntry struct {
	Version uint64     `json:"version"`
	Kind    string     `json:"kind"`
	Root    string     `json:"root"`
	Count   uint64     `json:"count"`
	Index   uint64     `json:"index"`
	Entry   Entry      `json:"entry"`
	Path    [][32]byte `json:"path"`
}

// ShowEntry opens entry i of a list.
func ShowEntry(list []Entry, i int) ([]byte, error) {
	leaves, root, err := InventoryRoot(list)
	if err != nil {
		return nil, err
	}
	if i < 0 || i >= len(list) {
		return nil, fmt.Errorf("the list has entries 0 to %d", len(list)-1)
	}
	return strictjson.Marshal(&ShownEntry{Version, KindLicence, hex.EncodeToString(root[:]), uint64(len(list)), uint64(i), list[i], Path(leaves, i)})
}

// ParseEntry reads an entry that is shown, and checks that it is of the list with its root.
func ParseEntry(data []byte) (*ShownEntry, error) {
	s := new(ShownEntry)
	if err := strictjson.Unmarshal(data, s, MaxBytes); err != nil {
		return nil, fmt.Errorf("reading a licence: %w", err)
	}
	if again, err := strictjson.Marshal(s); err != nil || !bytes.Equal(again, data) {
		return nil, errors.New("reading a licence: it is not in canonical form")
	}
	if s.Version != Version || s.Kind != KindLicence || s.Count > MaxEntries || s.Index >= s.Count {
		return nil, errors.New("reading a licence: its version, kind or number is none")
	}
	leaf, err := s.Entry.leaf()
	if err != nil {
		return nil, fmt.Errorf("reading a licence: %w", err)
	}
	root, err := rootOf(leaf, int(s.Index), int(s.Count), s.Path)
	if err == nil && hex.EncodeToString(root[:]) != s.Root {
		err = errors.New("it is not of the list with this root")
	}
	if err != nil {
		return nil, fmt.Errorf("reading a licence: %w", err)
	}
	return s, nil
}
