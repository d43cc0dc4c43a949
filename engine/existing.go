package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/goccy/go-yaml/parser"

	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/files"
)

// checkDeck sees that a folder that is not empty is a deck's, and that an import may write there.
func checkDeck(dir string) error {
	data, err := files.Read(filepath.Join(dir, DropFile), plainyaml.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the folder is not empty, and no deck's: it has no %s", DropFile)
	}
	if err != nil {
		return err
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil || len(file.Docs) == 0 {
		return fmt.Errorf("reading %s: not YAML", DropFile)
	}
	has := func(key string) bool {
		line, _, _ := findKey(file.Docs[0].Body, key, 0)
		return line > 0
	}
	switch {
	case has("deck"):
		return nil
	case has("supply"), has("traits"):
		return errors.New("this is a drawn drop's folder, and an import would replace its files: name another folder for the deck")
	}
	return fmt.Errorf("%s has no key deck, so this is no deck's folder: name another folder for the deck", DropFile)
}
