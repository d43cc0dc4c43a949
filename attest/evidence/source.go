package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// A Source is where a pack's files are.
type Source interface {
	Paths() ([]string, error) // slash-separated, in any order, at most maxFiles
	Size(path string) int64
	Open(path string) (io.ReadCloser, error) // one that is not there is [fs.ErrNotExist]
}

// CAR is a pack in a CAR.
type CAR struct{ *car.Archive }

// Paths implements [Source].
func (c CAR) Paths() ([]string, error) { return c.Archive.Paths(), nil }

// Open implements [Source].
func (c CAR) Open(name string) (io.ReadCloser, error) {
	r, err := c.Archive.Open(name)
	if err != nil {
		return nil, err
	}
	return io.NopCloser(r), nil
}

// FS is a pack in a folder or a zip: an fs.FS whose files are regular.
type FS struct{ fs.FS }

// Paths implements [Source]. What is no regular file is an error: a link could lead anywhere.
func (f FS) Paths() (list []string, err error) {
	err = fs.WalkDir(f.FS, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return fmt.Errorf("%s: %w", p, files.ErrNotRegular)
		case len(list) >= maxFiles:
			return fmt.Errorf("%w: more than %d files", files.ErrTooLarge, maxFiles)
		}
		list = append(list, p)
		return nil
	})
	return list, err
}

// Size implements [Source].
func (f FS) Size(name string) int64 {
	info, err := fs.Stat(f.FS, name)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Open implements [Source].
func (f FS) Open(name string) (io.ReadCloser, error) { return f.FS.Open(name) }

// Items is a pack in memory: paths and what the files hold.
type Items map[string][]byte

// Paths implements [Source].
func (m Items) Paths() (list []string, _ error) {
	for name := range m {
		list = append(list, name)
	}
	return list, nil
}

// Size implements [Source].
func (m Items) Size(name string) int64 { return int64(len(m[name])) }

// Open implements [Source].
func (m Items) Open(name string) (io.ReadCloser, error) {
	data, there := m[name]
	if !there {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return io.NopCloser(strings.NewReader(string(data))), nil
}

// readAll reads a file of a pack, of at most limit bytes.
func readAll(from Source, name string, limit int64) ([]byte, error) {
	if n := from.Size(name); n > limit {
		return nil, fmt.Errorf("%s: %w: %d bytes, at most %d", name, files.ErrTooLarge, n, limit)
	}
	r, err := from.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	if err != nil {
		return nil, err
	}
	defer r.Close() // only read
	return files.ReadFrom(r, name, limit)
}

// A part is a folder of a pack, as other packages read one.
type part struct {
	from  Source
	dir   string
	names map[string][]string // of each folder
}

// partOf returns a folder of a pack.
func partOf(from Source, dir string, paths []string) part {
	p := part{from, dir, map[string][]string{}}
	for _, full := range paths {
		if name, below := strings.CutPrefix(full, dir+"/"); below {
			folder := path.Dir(name)
			p.names[folder] = append(p.names[folder], path.Base(name))
		}
	}
	return p
}

// Names returns the names in a folder, at most limit.
func (p part) Names(folder string, limit int) ([]string, error) {
	if names := p.names[folder]; len(names) <= limit {
		return names, nil
	}
	return nil, fmt.Errorf("%s: %w: it has more than %d files", folder, files.ErrTooLarge, limit)
}

// Read returns a file of at most limit bytes.
func (p part) Read(name string, limit int64) ([]byte, error) {
	return readAll(p.from, path.Join(p.dir, name), limit)
}

// Close does nothing: the pack is its opener's.
func (p part) Close() error { return nil }

func parseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || attest.FormatTime(t) != s {
		return t, fmt.Errorf("%.40q is no time as 2026-01-31T23:59:59Z", s)
	}
	return t, nil
}
