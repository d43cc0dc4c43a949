package prover

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/generation"
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

// A tokenFolder is the folder of a drawn drop.
type tokenFolder struct {
	folder
	prover *Prover
}

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

// open makes the folder and its public description.
func (f *tokenFolder) open() error {
	p := f.prover
	folders := []string{bundle.DocumentsDir}
	if p.drop.Circuit.Size.IsArt() {
		folders = append(folders, bundle.ImagesDir)
	}
	for _, sub := range folders {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	description, err := p.drop.Description(p.key).Marshal()
	if err != nil {
		return fmt.Errorf("describing the drop: %w", err)
	}
	return f.describe(bundle.BundlesDir, description, []byte(p.drop.Policy.Text), p.backend.verifying.Bytes())
}

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
	} else if len(there) == 0 {
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

// has reports whether the folder holds a token's bundle, and sees that its document and picture
// are there. A bundle of the same name that does not hold up is an error.
func (f *tokenFolder) has(r *generation.Result) (bool, error) {
	name := bundle.BundlePath(r.Statement.ID)
	data, err := files.Read(filepath.Join(f.dir, name), bundle.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("output folder: %w", err)
	}
	if err := f.checkBundle(data, r); err != nil {
		return false, fmt.Errorf("%s: %w", filepath.Join(f.dir, name), err)
	}
	return true, f.keepShown(r)
}

// keepShown sees that a proven token's document and picture are there.
func (f *tokenFolder) keepShown(r *generation.Result) error {
	if r.Image != nil {
		if err := f.keepNamed(bundle.PicturePath(document.CID(r.Image)), r.Image); err != nil {
			return err
		}
	}
	return f.keepNamed(bundle.DocumentPath(document.CID(r.Document)), r.Document)
}

// keepNamed keeps a file whose name stands for its bytes.
func (f *tokenFolder) keepNamed(name string, data []byte) error {
	for _, sub := range []string{partialDir, path.Dir(name)} {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	err := f.keep(name, data)
	if errors.Is(err, ErrForeign) {
		return fmt.Errorf("%s: its bytes are not those its name stands for: delete it to have it written again", filepath.Join(f.dir, name))
	}
	return err
}

// checkBundle compares a bundle found on disk with the one this token must have.
func (f *tokenFolder) checkBundle(data []byte, r *generation.Result) error {
	b, err := bundle.Unmarshal(data)
	if err != nil {
		return fmt.Errorf("%w; delete it to prove the token again", err)
	}
	if b.Statement != r.Statement || b.Key != f.prover.key || b.Document != string(r.Document) {
		return ErrForeign
	}
	inputs := b.Statement.Vector()
	if err := f.prover.backend.verifying.Check(inputs[:], b.Proof); err != nil {
		return fmt.Errorf("key %s: %w; delete it to prove the token again", keyName(b.Key), err)
	}
	return nil
}

// add writes a token's picture and document, then its bundle: a bundle is there only with them.
func (f *tokenFolder) add(b *Proven) error {
	data, err := b.Marshal()
	if err != nil {
		return fmt.Errorf("token %d: %w", b.Statement.ID, err)
	}
	if b.Picture != nil {
		if err := f.write(bundle.PicturePath(document.CID(b.Picture)), b.Picture); err != nil {
			return err
		}
	}
	if err := f.write(bundle.DocumentPath(b.CID), []byte(b.Document)); err != nil {
		return err
	}
	return f.write(bundle.BundlePath(b.Statement.ID), data)
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
