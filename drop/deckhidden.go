package drop

import (
	"context"
	"fmt"
)

// HiddenFiles are a deck's files that hold hidden values, by their names in its folder, for a folder in
// which they are not in the clear. They print as hidden.
type HiddenFiles map[string][]byte

func (h HiddenFiles) String() string               { return "hidden files" }
func (h HiddenFiles) GoString() string             { return h.String() }
func (h HiddenFiles) Format(s fmt.State, _ rune)   { fmt.Fprint(s, h.String()) }
func (h HiddenFiles) MarshalJSON() ([]byte, error) { return []byte(`"hidden files"`), nil }

// HiddenNames are the names that such files have.
func HiddenNames() []string { return []string{SecretsFile, ClaimsTableFile, FactsFile} }

// LoadSealedDeck is [LoadDeck] of a folder whose hidden files are given. One that is given counts, whatever
// is in the folder.
func LoadSealedDeck(ctx context.Context, dir string, hidden HiddenFiles, progress func(done, total int)) (*Deck, error) {
	return loadDeck(ctx, dir, hidden, progress)
}

// readHidden reads a file that holds hidden values.
func (d *Deck) readHidden(name string) ([]byte, error) {
	if data, given := d.hidden[name]; given {
		return data, nil
	}
	return readFile(d.dir, name)
}

// secrets reads the deck's own.
func (d *Deck) secrets() (*Secrets, error) {
	if data, given := d.hidden[SecretsFile]; given {
		return parseSecrets(SecretsFile, data, false)
	}
	return loadSecrets(d.dir, false)
}
