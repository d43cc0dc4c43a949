// Package backup copies a studio's folder into one encrypted file, and puts it back.
//
//	FILE        everything but the keys of drops and what is made again; age, a tar inside
//	FILE.keys   the keys of drops that are not forgotten; age, a tar inside
//
// Files of older backups may be kept as long as one likes. That of the keys is replaced each time: once it is
// gone, what a drop that was forgotten has hidden cannot be read in any backup. The first entry of each is
// its manifest: every file with its size and SHA-256, and the head of every drop's log.
package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/vault"
)

// KeysSuffix is behind the name of the file with the keys of drops.
const KeysSuffix = ".keys"

// Bounds of a backup.
const (
	maxFiles    = 1 << 22
	maxManifest = 1 << 30 // bytes
	maxBytes    = 1 << 44
)

const manifestName = "MANIFEST.json"

// A Manifest says what is in a backup.
type Manifest struct {
	Version int       `json:"version"` // 1
	MadeAt  time.Time `json:"made_at"`
	Keys    bool      `json:"keys"` // it is the file with the keys
	Files   []File    `json:"files"`
	Heads   []Head    `json:"heads"` // of logs; whoever has newer ones knows that the backup is older
}

// A File is one of a backup.
type File struct {
	Name   string `json:"name"` // below the studio's folder
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// A Head is that of a drop's log.
type Head struct {
	Folder string `json:"folder"` // of the log
	Head   string `json:"head"`   // SEQUENCE:HASH; empty if nothing was written
}

// A Summary is what was backed up.
type Summary struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
	Logs  int   `json:"logs"` // of drops
}

// ErrRecipients says that whoever makes a backup has named too few who can open it.
var ErrRecipients = errors.New("a backup is for two recipients at least, one of whom is offline, or for one passphrase")

// Make writes the backup of a studio's folder. Programs may be at work in it: each file is copied whole.
func Make(ctx context.Context, dir, file string, to []age.Recipient) (*Summary, error) {
	if len(to) == 1 {
		if _, alone := to[0].(*age.ScryptRecipient); !alone {
			return nil, ErrRecipients
		}
	}
	if len(to) == 0 {
		return nil, ErrRecipients
	}
	names, err := list(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("backing up %s: %w", dir, err)
	}
	s := &Summary{}
	for _, keys := range []bool{false, true} {
		part := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return (path.Base(name) == vault.KeyFile) != keys })
		suffix := ""
		if keys {
			suffix = KeysSuffix
		}
		err := files.Stream(file+suffix, files.Secret, func(f *os.File) error { return write(ctx, f, dir, part, keys, to, s) })
		if err != nil {
			return nil, fmt.Errorf("backing up %s: %w", dir, err)
		}
	}
	return s, nil
}

// list names the files of a studio that are worth a copy: not its queue, which is made again, its locks, when
// tokens were used last, which changes all the time, and what was being written.
func list(ctx context.Context, dir string) (names []string, err error) {
	err = filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err = errors.Join(err, ctx.Err()); errors.Is(err, fs.ErrNotExist) {
			return nil // it was there a moment ago
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		temporary, _ := filepath.Match(files.Temporary, e.Name())
		switch name := filepath.ToSlash(rel); {
		case e.IsDir() && e.Name() == "queue" && strings.HasPrefix(path.Dir(name), "."):
			return fs.SkipDir
		case e.Name() == "used.json" && strings.HasPrefix(name, "."):
		case !e.Type().IsRegular() || temporary || e.Name() == ".lock" || e.Name() == ".change":
		case len(names) == maxFiles:
			return errors.New("it has too many files")
		default:
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// write encrypts a tar of the named files. Their digests stand before them, so each is read twice: of a file
// that has grown, as much as before; one that was replaced in between is told.
func write(ctx context.Context, f *os.File, dir string, names []string, keys bool, to []age.Recipient, s *Summary) error {
	out, err := age.Encrypt(f, to...)
	if err != nil {
		return err
	}
	m := &Manifest{Version: 1, MadeAt: time.Now().UTC().Truncate(time.Second), Keys: keys, Files: []File{}, Heads: []Head{}}
	for _, name := range names {
		x, err := look(ctx, dir, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		m.Files = append(m.Files, x)
		if path.Base(name) == log.HeadsFile {
			head, err := lastHead(dir, x)
			if err != nil {
				return err
			}
			m.Heads = append(m.Heads, Head{path.Dir(name), head})
		}
		s.Files, s.Bytes = s.Files+1, s.Bytes+x.Size
	}
	s.Logs += len(m.Heads)
	t := tar.NewWriter(out)
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := add(t, manifestName, int64(len(text)), bytes.NewReader(text)); err != nil {
		return err
	}
	for _, x := range m.Files {
		if err := copyInto(ctx, t, dir, x); err != nil {
			return err
		}
	}
	return errors.Join(t.Close(), out.Close())
}

// look digests a file.
func look(ctx context.Context, dir, name string) (x File, err error) {
	f, _, err := files.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return x, errors.Join(err, ctx.Err())
	}
	defer f.Close() // only read
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return File{name, n, hex.EncodeToString(sum.Sum(nil))}, err
}

func copyInto(ctx context.Context, t *tar.Writer, dir string, x File) error {
	f, _, err := files.Open(filepath.Join(dir, filepath.FromSlash(x.Name)))
	if err != nil {
		return errors.Join(err, ctx.Err())
	}
	defer f.Close() // only read
	sum := sha256.New()
	err = add(t, x.Name, x.Size, io.TeeReader(io.LimitReader(f, x.Size), sum))
	if errors.Is(err, io.ErrUnexpectedEOF) || err == nil && hex.EncodeToString(sum.Sum(nil)) != x.SHA256 {
		return fmt.Errorf("%s has changed while it was copied: run this again", x.Name)
	}
	return err
}

func add(t *tar.Writer, name string, size int64, from io.Reader) error {
	if err := t.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600}); err != nil {
		return err
	}
	n, err := io.Copy(t, from)
	if err == nil && n < size {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// lastHead is the last one of a file of heads, empty if there is none.
func lastHead(dir string, x File) (string, error) {
	data, err := files.Read(filepath.Join(dir, filepath.FromSlash(x.Name)), log.MaxBytes)
	if err != nil {
		return "", err
	}
	lines := bytes.Split(bytes.TrimSpace(data[:min(int64(len(data)), x.Size)]), []byte("\n"))
	h, err := log.ParseHead(lines[len(lines)-1])
	if err != nil {
		return "", nil // a process that died has cut it short
	}
	return h.String(), nil
}
