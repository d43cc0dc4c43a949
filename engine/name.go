package engine

import (
	"path/filepath"
	"strings"

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
	n.prefix = n.prefix[:i]
}

func (n *commonName) common() string {
	return strings.TrimSpace(strings.TrimRight(strings.ToValidUTF8(n.prefix, ""), "0123456789#№-_/: "))
}
