package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml/parser"

	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/table"
)

// checkDeck sees that a folder that is not empty is a deck's, and that an import may write there.
func checkDeck(dir string) error {
	data, err := files.Read(filepath.Join(dir, DropFile), plainyaml.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the folder is not empty, and no deck's, as it has no %s: name another folder for the deck", DropFile)
	}
	if err != nil {
		return err
	}
	file, err := parser.ParseBytes(files.WithoutMark(data), 0)
	if err != nil || len(file.Docs) == 0 {
		if err := plainyaml.Decode(data, &deckFile{}, false); err != nil { // it says where
			return fmt.Errorf("reading %s: %w", DropFile, err)
		}
		return fmt.Errorf("reading %s: not YAML: mend it, or name another folder for the deck", DropFile)
	}
	has := func(key string) bool {
		line, _, _ := findKey(file.Docs[0].Body, key, 0)
		return line > 0
	}
	switch {
	case has("deck"):
		return checkForeign(dir)
	case has("supply"), has("traits"):
		return errors.New("this is a drawn drop's folder, and an import would replace its files: name another folder for the deck")
	}
	return fmt.Errorf("%s has no key deck, so this is no deck's folder: name another folder for the deck", DropFile)
}

// checkForeign sees that the folders that an import replaces hold nothing but what an import made.
func checkForeign(dir string) error {
	for folder, extensions := range map[string][]string{DocumentsDir: {".json"}, ImagesFolder: imageExtensions} {
		all, err := filesBelow(filepath.Join(dir, folder))
		if err != nil {
			return err
		}
		var foreign []string
		for name := range all {
			f, ok := parseNumbered(name)
			isOurs := ok && slices.Contains(extensions, f.extension) && name == strconv.FormatUint(f.n, 10)+f.extension
			if !isOurs && !files.IsSystems(name) {
				foreign = append(foreign, path.Join(folder, name))
			}
		}
		if len(foreign) > 0 {
			slices.Sort(foreign)
			return fmt.Errorf("an import made no such files, and would remove them: %s. Move them to another folder", listed10(foreign))
		}
	}
	return nil
}

// keepClaims refuses to replace a table of hidden attributes that is another one than the import's:
// somebody may have edited it. A deck has the only copy of it.
func (w *work) keepClaims(fresh []byte) error {
	have, err := files.Read(filepath.Join(w.To, ClaimsFile), table.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) || w.ReplaceHidden || w.stage.isNew {
		return nil
	}
	if err == nil && bytes.Equal(have, fresh) {
		return nil
	}
	return fmt.Errorf("importing into %s: %s there is not what %s gives, and may have been edited by hand: move it to another folder, or replace it with --replace-hidden", w.To, ClaimsFile, w.Hidden)
}
