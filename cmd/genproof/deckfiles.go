package main

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
)

// publicDeckFiles names what the output folder of a deck publishes, images aside: files of the
// names that a deck has, and no others.
func publicDeckFiles(folder *files.Folder, description []byte) ([]string, error) {
	d, err := bundle.UnmarshalDeck(description)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", bundle.DescriptionFile, err)
	}
	size, err := d.Size()
	if err != nil {
		return nil, err
	}
	names := []string{bundle.DescriptionFile, bundle.PolicyFile, bundle.KeyFile}
	there := map[string]bool{}
	for group := range d.Groups(size) {
		there, err = addNames(folder, there, path.Join(bundle.DocumentsDir, fmt.Sprint(group)))
		if err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{bundle.BatchesDir, bundle.CardsDir} {
		if there, err = addNames(folder, there, dir); err != nil {
			return nil, err
		}
	}
	for n := range d.Cards {
		batch := bundle.BatchPath(n / uint64(size.Cards))
		for _, name := range []string{batch, bundle.CardPath(n), bundle.CardDocumentPath(n, d.Cards, size.Cards)} {
			if there[name] {
				names = append(names, name)
				delete(there, name)
			}
		}
	}
	slices.Sort(names[3:])
	return names, nil
}

func addNames(folder *files.Folder, to map[string]bool, dir string) (map[string]bool, error) {
	entries, err := folder.Names(dir, maxDeckFiles)
	if errors.Is(err, files.ErrTooLarge) {
		return nil, fmt.Errorf("%s has more than %d files", dir, maxDeckFiles)
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		to[path.Join(dir, e)] = true
	}
	return to, nil
}

// maxDeckFiles bounds a folder of a deck's publication.
const maxDeckFiles = 1 << 20
