package car

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds of the paths in a CAR.
const (
	MaxDepth = 16  // folders in folders
	maxName  = 255 // bytes of a name
	MaxPath  = 512 // bytes of a path: a reader keeps them all
)

// ValidPath reports whether a path of a file is one that a CAR may have: slash-separated, of
// portable names, at most 512 bytes and 16 folders deep.
func ValidPath(path string) bool {
	names := strings.Split(path, "/")
	return fs.ValidPath(path) && len(path) <= MaxPath && len(names) <= MaxDepth && !slices.ContainsFunc(names, func(n string) bool { return !validName(n) })
}

// validName takes the names that mean the same on every system and in every terminal.
func validName(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) <= maxName && utf8.ValidString(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '/' || r == '\\' || r == 0x7f })
}
