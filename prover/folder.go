package prover

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
)

// What a job's folder holds besides what is published, see package bundle.
const (
	lockFile   = ".lock"    // held while a job works in the folder
	partialDir = ".partial" // files while they are written
)

// maxKept bounds what is read of a file that is there already, in bytes.
const maxKept = 1 << 20

// A folder is where a job's results go.
type folder struct{ dir string }

// isNew reports whether no job has worked in the folder yet.
func (f *folder) isNew() bool {
	_, err := os.Lstat(filepath.Join(f.dir, partialDir))
	return errors.Is(err, fs.ErrNotExist)
}

// lock keeps other jobs out of the folder, which it makes if need be.
func (f *folder) lock() (*files.Lock, error) {
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the output folder: %w", err)
	}
	lock, err := files.TryLock(filepath.Join(f.dir, lockFile))
	if err != nil {
		return nil, fmt.Errorf("locking the output folder %s: %w", f.dir, err)
	}
	return lock, nil
}

// ErrForeign says that a folder holds files of another drop or key.
var ErrForeign = errors.New("it was made from different drop files, with another key, or for another recipient: choose another folder with --out, or delete what is there")

// describe makes the folder and writes what is published once. A description of another drop
// is replaced as long as nothing was proven under it: while there is nothing in proofs.
func (f *folder) describe(proofs string, description, policy, key []byte) error {
	for _, sub := range []string{proofs, partialDir} {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	if err := f.sweep(); err != nil {
		return err
	}
	put := f.keep
	if there, err := os.ReadDir(filepath.Join(f.dir, proofs)); err != nil {
		return fmt.Errorf("output folder: %w", err)
	} else if !slices.ContainsFunc(there, func(e fs.DirEntry) bool { return !files.IsSystems(e.Name()) }) {
		put = f.write
	}
	for _, file := range []struct {
		name string
		data []byte
	}{{bundle.DescriptionFile, description}, {bundle.PolicyFile, policy}, {bundle.KeyFile, key}} {
		if err := put(file.name, file.data); err != nil {
			return err
		}
	}
	return nil
}

// keep writes a file of the drop, or sees that it is there as it should be.
func (f *folder) keep(name string, data []byte) error {
	old, err := files.Read(filepath.Join(f.dir, name), maxKept)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.write(name, data)
	case err != nil:
		return fmt.Errorf("output folder: %w", err)
	case !bytes.Equal(old, data):
		return fmt.Errorf("%s: %w", filepath.Join(f.dir, name), ErrForeign)
	}
	return nil
}

// write puts a file in place whole or not at all: what is there under its name is always
// complete, whatever happens to the machine.
func (f *folder) write(name string, data []byte) error {
	return files.WriteVia(filepath.Join(f.dir, partialDir), filepath.Join(f.dir, name), data, files.Public)
}

// sweep removes what killed processes left half-written: results in partialDir, CARs in the
// folder itself. The caller holds the lock.
func (f *folder) sweep() error {
	for _, half := range []struct{ dir, names string }{{partialDir, "*"}, {".", files.Temporary}} {
		entries, err := os.ReadDir(filepath.Join(f.dir, half.dir))
		if err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
		for _, entry := range entries {
			if ok, err := path.Match(half.names, entry.Name()); err != nil || !ok {
				continue
			}
			if err := os.Remove(filepath.Join(f.dir, half.dir, entry.Name())); err != nil {
				return fmt.Errorf("output folder: %w", err)
			}
		}
	}
	return nil
}
