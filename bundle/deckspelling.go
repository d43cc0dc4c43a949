package bundle

import (
	"fmt"

	"github.com/genproof/genproof/bundle/spelling"
)

// Misspelled returns the place of the first attribute of a strict deck whose name, label or words
// have what nobody sees, or whose name looks like another one's of its section, with the reason.
// FORMAT.md, section 11. A deck that is spelled as published has none: its reports say so.
func (d *Deck) Misspelled() (attribute int, err error) {
	if d.Spelling != Strict {
		return -1, nil
	}
	seen := map[string]string{}
	for i, a := range d.Attributes {
		for _, text := range append([]string{a.Name, a.Label}, a.Words...) {
			if err := spelling.Check(text); err != nil {
				return i, fmt.Errorf("a name, label or word of %q: %w", a.Name, err)
			}
		}
		skeleton := a.Section + " " + spelling.Skeleton(a.Name)
		if other, ok := seen[skeleton]; ok {
			return i, fmt.Errorf("the name %q looks like %q", a.Name, other)
		}
		seen[skeleton] = a.Name
	}
	return -1, nil
}
