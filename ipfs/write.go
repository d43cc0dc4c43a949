package ipfs

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/go-cid"
	gocar "github.com/ipld/go-car/v2"
	"github.com/ipld/go-car/v2/storage"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// WriteCAR writes one CAR of all files, whole or not at all, and returns the CID of the
// folder they make. The same files give the same bytes. Memory grows with the number of
// files, not with their size. An existing file at path is replaced.
func WriteCAR(ctx context.Context, path string, list []File) (car.CID, error) {
	root, err := writeCAR(ctx, path, list)
	if err != nil {
		return car.CID{}, fmt.Errorf("writing CAR %s: %w", path, err)
	}
	return car.ParseCID(root.Bytes())
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
		return gocar.ReplaceRootsInFile(f.Name(), []cid.Cid{root})
	})
	return root, err
}

// writeBlocks writes the CAR with a root that is not the tree's, of the same length.
func writeBlocks(ctx context.Context, w io.Writer, list []File) (cid.Cid, error) {
	buffered := bufio.NewWriterSize(w, 1<<20)
	standIn := merkledag.NewRawNode(nil).Cid()
	out, err := storage.NewWritable(buffered, []cid.Cid{standIn}, gocar.WriteAsCarV1(true), gocar.UseWholeCIDs(true))
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
	for _, file := range list {
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
func inOrder(list []File) ([]File, error) {
	if len(list) == 0 {
		return nil, errors.New("no files")
	}
	sorted := slices.SortedFunc(slices.Values(list), func(a, b File) int {
		return slices.Compare(strings.Split(a.Path, "/"), strings.Split(b.Path, "/"))
	})
	for i, file := range sorted {
		if !car.ValidPath(file.Path) {
			return nil, fmt.Errorf("path %.200q: want slash-separated names as in io/fs, at most %d deep and %d bytes", file.Path, car.MaxDepth, car.MaxPath)
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
