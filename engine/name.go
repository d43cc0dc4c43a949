package engine

import (
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/genproof/genproof/bundle/spelling"
)

func (w *work) deckName() string {
	for _, name := range []string{w.Name, w.names.common()} {
		if name == "" {
			continue
		}
		out := nameOf(name)
		if out != spelling.Normal(name) {
			w.note("the deck's name is %q: characters that names cannot have are left out, and at most %d bytes are taken. drop.yaml has it, and may have another", out, maxName)
		}
		return out
	}
	path, err := filepath.Abs(w.To)
	if err != nil {
		path = w.To
	}
	return nameOf(filepath.Base(path))
}

// A commonName is what the names of all documents begin with, such as Foxes of Foxes #17.
type commonName struct {
	prefix string
	some   bool
	inWord bool // a name goes on with a letter behind the prefix
}

func (n *commonName) add(name string) {
	if !n.some {
		n.prefix, n.some = name, true
		return
	}
	i := 0
	for i < len(n.prefix) && i < len(name) && n.prefix[i] == name[i] {
		i++
	}
	if i < len(n.prefix) {
		n.prefix, n.inWord = n.prefix[:i], beginsWithLetter(n.prefix[i:])
	}
	n.inWord = n.inWord || beginsWithLetter(name[i:])
}

// beginsWithLetter also reports true inside of a character, which only letters mostly have.
func beginsWithLetter(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && (r == utf8.RuneError || unicode.IsLetter(r))
}

// separatorsOfNumbers stand in names between what is common and a number.
const separatorsOfNumbers = "#№-_/: "

// common is the prefix without a number that is begun, and without a word that is.
func (n *commonName) common() string {
	name := strings.ToValidUTF8(n.prefix, "")
	if last, _ := utf8.DecodeLastRuneInString(name); n.inWord && (unicode.IsLetter(last) || len(name) < len(n.prefix)) {
		name = strings.ToValidUTF8(name[:strings.LastIndexAny(name, separatorsOfNumbers)+1], "")
	}
	return strings.TrimSpace(strings.TrimRight(strings.TrimRight(name, "0123456789"), separatorsOfNumbers))
}
