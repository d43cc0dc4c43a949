package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"filippo.io/age"

	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
)

// What is wrong with a backup, or with the place it is to go to.
var (
	ErrNotEmpty = errors.New("there is something already")
	ErrBroken   = errors.New("the backup is not whole")
	ErrIdentity = errors.New("the identity opens no such backup")
	ErrOlder    = errors.New("the backup is older than a head that you have")
)

// Options of [Restore].
type Options struct {
	File       string // the backup; its keys are in FILE.keys, if that is there
	Dir        string // where to: there must be nothing
	Identities []age.Identity
	Check      bool                   // only see that it would come out whole, and leave nothing
	Heads      []string               // SEQUENCE:HASH that somebody has of logs: each has to be in one of them
	Older      bool                   // take a backup that a head is not in
	Judge      func(dir string) error // sees that what came out is good, before it is at its place
}

// Restore puts a studio's folder back, whole or not at all, and returns what the backup says of itself. Every
// file is compared with the manifest, every log checked whole.
func Restore(ctx context.Context, o Options) (*Manifest, error) {
	if entries, err := os.ReadDir(o.Dir); err == nil && len(entries) > 0 {
		return nil, fmt.Errorf("restoring to %s: %w", o.Dir, ErrNotEmpty)
	}
	made, err := os.MkdirTemp(filepath.Dir(filepath.Clean(o.Dir)), ".genproof-restore-")
	if err != nil {
		return nil, fmt.Errorf("restoring to %s: %w", o.Dir, err)
	}
	defer os.RemoveAll(made)
	m, err := o.into(ctx, made)
	if err != nil {
		return nil, fmt.Errorf("restoring to %s: %w", o.Dir, err)
	}
	if o.Check {
		return m, nil
	}
	if err := files.SyncTree(made); err != nil {
		return nil, fmt.Errorf("restoring to %s: %w", o.Dir, err)
	}
	if err := os.Remove(o.Dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("restoring to %s: %w", o.Dir, err)
	}
	return m, files.Rename(made, o.Dir)
}

func (o *Options) into(ctx context.Context, dir string) (*Manifest, error) {
	m, err := o.unpack(ctx, o.File, dir, false)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(o.File + KeysSuffix); err == nil {
		if _, err := o.unpack(ctx, o.File+KeysSuffix, dir, true); err != nil {
			return nil, err
		}
	}
	states, err := m.logs(dir)
	if err != nil {
		return nil, err
	}
	if err := o.newEnough(states); err != nil {
		return nil, err
	}
	if o.Judge != nil {
		return m, o.Judge(dir)
	}
	return m, nil
}

// logs reads all of them.
func (m *Manifest) logs(dir string) (list []*log.State, err error) {
	for _, h := range m.Heads {
		folder, err := files.OpenFolder(filepath.Join(dir, filepath.FromSlash(h.Folder)))
		if err != nil {
			return nil, err
		}
		s, err := log.Read(folder)
		folder.Close()
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrBroken, h.Folder, err)
		}
		list = append(list, s)
	}
	return list, nil
}

// newEnough sees that every head that somebody has is in one of the logs.
func (o *Options) newEnough(states []*log.State) error {
	for _, head := range o.Heads {
		found := false
		for _, s := range states {
			for i, hash := range s.Hashes {
				found = found || fmt.Sprintf("%d:%s", i, hex.EncodeToString(hash[:])) == head
			}
		}
		if !found && !o.Older {
			return fmt.Errorf("%w: %.80s", ErrOlder, head)
		}
	}
	return nil
}

// unpack writes the files of one part below dir.
func (o *Options) unpack(ctx context.Context, file, dir string, keys bool) (*Manifest, error) {
	f, _, err := files.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	plain, err := age.Decrypt(f, o.Identities...)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, ErrIdentity
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	t := tar.NewReader(io.LimitReader(plain, maxBytes))
	m, err := readManifest(t, keys)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	for _, x := range m.Files {
		if err := errors.Join(ctx.Err(), unpackOne(t, dir, x)); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
	if _, err := t.Next(); err != io.EOF {
		return nil, fmt.Errorf("%w: something follows its last file", ErrBroken)
	}
	if _, err := io.Copy(io.Discard, plain); err != nil { // age holds the end together
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return m, nil
}

func readManifest(t *tar.Reader, keys bool) (*Manifest, error) {
	h, err := t.Next()
	if err != nil {
		return nil, err
	}
	if h.Name != manifestName || h.Size > maxManifest {
		return nil, errors.New("it does not begin with a manifest")
	}
	m := new(Manifest)
	if err := json.NewDecoder(t).Decode(m); err != nil {
		return nil, err
	}
	if m.Version != 1 || m.Keys != keys || len(m.Files) > maxFiles {
		return nil, errors.New("its manifest is of another kind")
	}
	return m, nil
}

func unpackOne(t *tar.Reader, dir string, x File) error {
	h, err := t.Next()
	if err != nil {
		return err
	}
	if h.Name != x.Name || h.Size != x.Size || h.Typeflag != tar.TypeReg || !fs.ValidPath(x.Name) || x.Name == "." {
		return fmt.Errorf("%.80q is not the file that its manifest names", h.Name)
	}
	path := filepath.Join(dir, filepath.FromSlash(x.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.New()
	_, err = io.Copy(io.MultiWriter(f, sum), t)
	if err = errors.Join(err, f.Close()); err == nil && hex.EncodeToString(sum.Sum(nil)) != x.SHA256 {
		err = fmt.Errorf("%s has another digest", x.Name)
	}
	return err
}
