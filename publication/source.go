package publication

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// A Source is where published files are. Names are slash-separated paths below its root.
type Source interface {
	// Names returns the names in a folder, at most limit: more are an error. A folder that
	// is not there has none.
	Names(folder string, limit int) ([]string, error)
	// Read returns a file of at most limit bytes. One that is not there is [fs.ErrNotExist].
	Read(name string, limit int64) ([]byte, error)
	Close() error
}

// A Damage is a CAR of which nothing can be believed: its content is not what its CIDs say,
// or it is not one tree of files. That is an answer about it, not a failure to read. A CAR that
// holds more than its tree is none, see carFault.
type Damage struct{ Err error }

func (d *Damage) Error() string { return "the CAR is damaged: " + d.Err.Error() }

func (d *Damage) Unwrap() error { return d.Err }

// Open opens what is published at a path: a folder, a CAR, or a bundle's file, for which t
// must have description and key. The caller closes it.
func Open(where string, t Trust) (*Publication, error) {
	info, err := os.Stat(where)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		folder, err := files.OpenFolder(where)
		if err != nil {
			return nil, err
		}
		return read(folder, t)
	}
	head, err := headOf(where)
	if err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("{")):
		data, err := files.Read(where, bundle.MaxCardBundle)
		if err != nil {
			return nil, err
		}
		return One(filepath.Base(where), data, t)
	case !car.IsHeader(head):
		return nil, fmt.Errorf("%s: %w", where, ErrUnknown)
	}
	return openCAR(where, t)
}

// read closes a source that nothing could be read from.
func read(from Source, t Trust) (*Publication, error) {
	p, err := Read(from, t)
	if err != nil {
		return nil, errors.Join(err, from.Close())
	}
	return p, nil
}

// headOf returns a file's first bytes.
func headOf(where string) ([]byte, error) {
	f, _, err := files.Open(where)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = nil
	}
	return head[:n], err
}

// carLimits have room for the largest deck, and for images that somebody has packed along, of
// which nothing is read here: what is read of any other file has a limit of its own, see
// carSource.
func carLimits() car.Limits {
	return car.Limits{Bytes: 16 << 30, Blocks: 1 << 21, Entries: 1 << 21, FileBytes: 1 << 30}
}

func openCAR(where string, t Trust) (*Publication, error) {
	archive, err := car.Open(where, carLimits())
	var unreadable *fs.PathError
	switch {
	case errors.As(err, &unreadable):
		return nil, err
	case err != nil:
		return nil, carFault(err)
	}
	return read(&Archive{archive}, t)
}

// carFault tells a CAR with more in it than its tree from a damaged one: other tools pack files
// along. It is not judged either, as nobody would know what was.
func carFault(err error) error {
	var more *car.Surplus
	if errors.As(err, &more) {
		return fmt.Errorf("the CAR holds more than the drop: %w", err)
	}
	return &Damage{err}
}

// ReadCAR is [Read] of a CAR in memory, or of one that the caller has open.
func ReadCAR(r io.ReaderAt, size int64, t Trust) (*Publication, error) {
	archive, err := NewArchive(r, size)
	if err != nil {
		return nil, err
	}
	return Read(archive, t)
}

// Files is a source in memory: paths and what the files hold.
type Files map[string][]byte

// Names implements [Source].
func (f Files) Names(folder string, limit int) ([]string, error) {
	var paths []string
	for name := range maps.Keys(f) {
		paths = append(paths, name)
	}
	return namesBelow(folder, paths, limit)
}

// Read implements [Source].
func (f Files) Read(name string, limit int64) ([]byte, error) {
	data, there := f[name]
	if !there {
		return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
	}
	return files.ReadFrom(bytes.NewReader(data), name, limit)
}

// Close does nothing.
func (f Files) Close() error { return nil }

// namesBelow returns the files of a folder among paths.
func namesBelow(folder string, paths []string, limit int) (names []string, err error) {
	for _, p := range paths {
		name, below := strings.CutPrefix(p, folder+"/")
		if !below || strings.Contains(name, "/") {
			continue
		}
		if names = append(names, name); len(names) > limit {
			return nil, fmt.Errorf("%s: %w: it has more than %d files", folder, files.ErrTooLarge, limit)
		}
	}
	return names, nil
}
