// Package car reads CARs from anybody: one tree of files, every block of which is checked.
//
// It knows what package ipfs writes, and what `ipfs dag export` does: version 1, one root,
// CIDv1 of SHA-256, UnixFS folders, sharded ones too, and files of raw leaves. It decodes
// them itself, in few lines, so that a reader in a browser links little.
package car

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/genproof/genproof/files"
)

// Limits bound what a CAR may cost its reader. They count what the CAR says, not what it
// turns out to be.
type Limits struct {
	Bytes     int64 // of the whole CAR
	Blocks    int
	Entries   int   // files and folders
	FileBytes int64 // of one file
}

// DefaultLimits have room for a drop of 100,000 tokens.
var DefaultLimits = Limits{Bytes: 4 << 30, Blocks: 1 << 19, Entries: 1 << 18, FileBytes: 4 << 20}

// An Archive is the checked content of a CAR: every block has its CID, the tree is whole,
// and there is nothing besides. A block may stand there several times.
type Archive struct {
	root   CID
	r      io.ReaderAt
	close  func() error
	blocks Index
	files  map[string]place
	// folders are the paths of folders by their CIDs: one of several with the same content.
	folders map[CID]string
}

// Open opens the CAR at path. It reads and checks all of it once and keeps only where things
// are; [Archive.ReadFile] reads one file. The caller closes the archive. A CAR that holds more
// than its tree is a *[Surplus].
func Open(path string, lim Limits) (*Archive, error) {
	f, info, err := files.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading CAR: %w", err)
	}
	a, err := New(f, info.Size(), lim)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("reading CAR %s: %w", path, err)
	}
	a.close = f.Close
	return a, nil
}

// New is [Open] of a CAR of size bytes that the caller has open.
func New(r io.ReaderAt, size int64, lim Limits) (*Archive, error) {
	if size > lim.Bytes {
		return nil, fmt.Errorf("it has %d bytes, want at most %d", size, lim.Bytes)
	}
	root, blocks, err := scan(io.NewSectionReader(r, 0, size), lim)
	if err != nil {
		return nil, err
	}
	a := &Archive{root: root, r: r, blocks: blocks, folders: map[CID]string{}}
	if a.files, err = walkTree(a, lim, size); err != nil {
		return nil, err
	}
	return a, nil
}

// Root returns the CID of the folder that holds everything.
func (a *Archive) Root() CID { return a.root }

// Paths returns the paths of all files, sorted.
func (a *Archive) Paths() []string { return slices.Sorted(maps.Keys(a.files)) }

// CID returns the CID of the file at path. A file of one block is [Raw] of its bytes.
func (a *Archive) CID(path string) (CID, error) {
	n, ok := a.files[path]
	if !ok {
		return CID{}, missing(path)
	}
	return n.cid, nil
}

// Folder returns the path of a folder with this CID, if there is one: "" is the root's.
func (a *Archive) Folder(c CID) (path string, ok bool) {
	path, ok = a.folders[c]
	return path, ok
}

// ReadFile returns the content of the file at path.
func (a *Archive) ReadFile(path string) ([]byte, error) {
	n, ok := a.files[path]
	if !ok {
		return nil, missing(path)
	}
	content := make([]byte, n.size)
	r, err := a.Open(path)
	if err == nil {
		_, err = io.ReadFull(r, content)
	}
	if err != nil {
		return nil, err
	}
	return content, nil
}

// Size returns the length of the file at path, 0 if there is none.
func (a *Archive) Size(path string) int64 { return a.files[path].size }

// Open returns a reader of the file at path, which holds one block at a time.
func (a *Archive) Open(path string) (io.Reader, error) {
	n, ok := a.files[path]
	if !ok {
		return nil, missing(path)
	}
	leaves, err := a.leaves(nil, n.cid)
	if err != nil {
		return nil, fmt.Errorf("reading %q from the CAR: %w", path, err)
	}
	return &leafReader{a: a, path: path, leaves: leaves}, nil
}

// leaves appends the raw blocks of a file's node.
func (a *Archive) leaves(to []CID, c CID) ([]CID, error) {
	if c.IsRaw() {
		return append(to, c), nil
	}
	b, err := a.block(c)
	if err != nil {
		return nil, err
	}
	file, err := parseNode(b)
	if err != nil {
		return nil, err
	}
	for _, link := range file.links {
		if to, err = a.leaves(to, link.CID); err != nil {
			return nil, err
		}
	}
	return to, nil
}

type leafReader struct {
	a      *Archive
	path   string
	leaves []CID
	rest   []byte // of the last leaf
}

func (r *leafReader) Read(b []byte) (int, error) {
	for len(r.rest) == 0 {
		if len(r.leaves) == 0 {
			return 0, io.EOF
		}
		var err error
		if r.rest, err = r.a.block(r.leaves[0]); err != nil {
			return 0, fmt.Errorf("reading %q from the CAR: %w", r.path, err)
		}
		r.leaves = r.leaves[1:]
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func missing(path string) error { return fmt.Errorf("no file %q in the CAR: %w", path, os.ErrNotExist) }

// block reads a block and checks it again: the file may have changed since.
func (a *Archive) block(c CID) ([]byte, error) {
	at, ok := a.blocks[c]
	if !ok {
		return nil, fmt.Errorf("block %s is missing", c)
	}
	b := make([]byte, at.Size)
	if _, err := a.r.ReadAt(b, at.Offset); err != nil && err != io.EOF {
		return nil, err
	}
	return b, c.Check(b)
}

// Close closes a CAR that [Open] opened. Its files cannot be read any more.
func (a *Archive) Close() error {
	if a.close == nil {
		return nil
	}
	return a.close()
}
