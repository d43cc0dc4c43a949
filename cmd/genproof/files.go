package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
)

const (
	publicMode = os.FileMode(0o644)
	secretMode = os.FileMode(0o600)
)

// writeFile writes a file whole or not at all and replaces one that is there.
func writeFile(path string, data []byte, mode os.FileMode) error {
	return place(path, data, mode, os.Rename)
}

// writeNew is writeFile for a file that must not exist: it may hold what cannot be made again.
func writeNew(path string, data []byte, mode os.FileMode) error {
	return place(path, data, mode, func(from, to string) error { return errors.Join(os.Link(from, to), os.Remove(from)) })
}

// mayReplace refuses a path at which there is a file that is not of the kind to be
// written: it may hold what cannot be made again.
func mayReplace(path, kind string, is func(path string) bool) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && is(path) {
		return nil
	}
	if err != nil {
		return err
	}
	return console.Hint(fmt.Errorf("%s is there and is no %s", path, kind), "name a new file")
}

// isDescription tells whether a file is a drop's description.
func isDescription(path string) bool {
	data, err := (&program{}).readFile(path, bundle.MaxBytes)
	if err != nil {
		return false
	}
	_, err = bundle.UnmarshalDescription(data)
	return err == nil
}

// isCAR tells whether a file starts as a CAR does: the length of a header, then a CBOR map
// of two keys of which the first is "roots".
func isCAR(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 10)
	n, _ := io.ReadFull(f, head)
	return bytes.Contains(head[:n], []byte("\xa2eroots"))
}

func place(path string, data []byte, mode os.FileMode, install func(from, to string) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".genproof-*") // mode 0600
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = install(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name()) // it is worth nothing, and the first error is the one to tell
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// readFile reads a file of at most limit bytes; "-" is stdin.
func (p *program) readFile(path string, limit int64) ([]byte, error) {
	from := p.Stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() && info.Mode().Type()&os.ModeNamedPipe == 0 {
			return nil, fmt.Errorf("reading %s: it is no file", path)
		}
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("reading %s: it has more than %d bytes", path, limit)
	}
	return data, nil
}
