package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	from := p.stdin
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
