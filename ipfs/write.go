package ipfs

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/go-cid"
	"github.com/ipld/go-car/v2"
	"github.com/ipld/go-car/v2/storage"

	"github.com/genproof/genproof/files"
)

// WriteCAR writes one CAR of all files, whole or not at all, and returns the CID of the
// folder they make. The same files give the same bytes. Memory grows with the number of
// files, not with their size. An existing file at path is replaced.
func WriteCAR(ctx context.Context, path string, list []File) (cid.Cid, error) {
	root, err := writeCAR(ctx, path, list)
	if err != nil {
		return cid.Undef, fmt.Errorf("writing CAR %s: %w", path, err)
	}
	return root, nil
}

func writeCAR(ctx context.Context, path string, list []File) (root cid.Cid, err error) {
	sorted, err := inOrder(list)
	if err != nil {
		return cid.Undef, err
	}
	err = files.Stream(path, files.Public, func(f *os.File) error {
		var err error
		if root, err = writeBlocks(ctx, f, sorted); err != nil {
			return err
		}
		// A CAR begins with its root, which is known last.
		return car.ReplaceRootsInFile(f.Name(), []cid.Cid{root})
	})
	return root, err
}

// writeBlocks writes the CAR with a root that is not the tree's, of the same length.
func writeBlocks(ctx context.Context, w io.Writer, files []File) (cid.Cid, error) {
	buffered := bufio.NewWriterSize(w, 1<<20)
	standIn := merkledag.NewRawNode(nil).Cid()
	out, err := storage.NewWritable(buffered, []cid.Cid{standIn}, car.WriteAsCarV1(true), car.UseWholeCIDs(true))
	if err != nil {
		return cid.Undef, err
	}
	t, err := newTree(sink{put: func(ctx context.Context, c cid.Cid, block []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.Put(ctx, c.KeyString(), block) // once, however often it comes
	}})
	if err != nil {
		return cid.Undef, err
	}
	for _, file := range files {
		if err := t.publish(ctx, file); err != nil {
			return cid.Undef, fmt.Errorf("%s: %w", file.Path, err)
		}
	}
	root, err := t.finish(ctx)
	if err != nil {
		return cid.Undef, err
	}
	return root.cid, buffered.Flush()
}

func (t *tree) publish(ctx context.Context, file File) error {
	r, err := file.Open()
	if err != nil {
		return err
	}
	defer r.Close() // read only
	node, err := t.addFile(ctx, r)
	if err != nil {
		return err
	}
	return t.add(ctx, file.Path, node)
}

// inOrder sorts files by the names on their paths, so that a folder's files follow each
// other, and refuses a set that is no tree.
func inOrder(files []File) ([]File, error) {
	if len(files) == 0 {
		return nil, errors.New("no files")
	}
	sorted := slices.SortedFunc(slices.Values(files), func(a, b File) int {
		return slices.Compare(strings.Split(a.Path, "/"), strings.Split(b.Path, "/"))
	})
	for i, file := range sorted {
		if !validPath(file.Path) {
			return nil, fmt.Errorf("path %.200q: want slash-separated names as in io/fs, at most %d deep and %d bytes", file.Path, maxDepth, maxPath)
		}
		if i == 0 {
			continue
		}
		switch before := sorted[i-1].Path; {
		case before == file.Path:
			return nil, fmt.Errorf("path %q: given twice", file.Path)
		case strings.HasPrefix(file.Path, before+"/"):
			return nil, fmt.Errorf("path %q: both a file and a folder", before)
		}
	}
	return sorted, nil
}

const (
	maxDepth = 16  // folders in folders
	maxName  = 255 // bytes of a name
	maxPath  = 512 // bytes of a path: a reader keeps them all
)

func validPath(path string) bool {
	names := strings.Split(path, "/")
	return fs.ValidPath(path) && len(path) <= maxPath && len(names) <= maxDepth && !slices.ContainsFunc(names, func(n string) bool { return !validName(n) })
}

// validName takes the names that mean the same on every system and in every terminal.
func validName(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) <= maxName && utf8.ValidString(name) &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '/' || r == '\\' || r == 0x7f })
}
