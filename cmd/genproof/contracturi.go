package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
)

// contractURIOf is the contract's URI where none is named: it says where the deck's publication is.
func contractURIOf(out string, d *bundle.Deck) (string, error) {
	root, err := rootOf(filepath.Join(out, bundle.CARFile))
	if err != nil {
		return "", err
	}
	uri, err := chain.ContractURI(d, root)
	if err != nil {
		err = console.Hint(err, "name another address with --contract-uri")
	}
	return uri, err
}

// rootOf returns the root that a CAR's header names, "" if there is no CAR.
func rootOf(path string) (string, error) {
	f, _, err := files.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer f.Close() // only read
	root, err := car.ReadHeader(f)
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return root.String(), nil
}
