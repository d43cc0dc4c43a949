package ipfs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/ipfs/go-cid"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// WriteCAR writes one CAR of all files, whole or not at all, and returns the CID of the
// folder they make. The same files give the same bytes. Memory grows with the number of
// files, not with their size. An existing file at path is replaced.
func WriteCAR(ctx context.Context, path string, list []File) (root car.CID, err error) {
	sorted, err := inOrder(list)
	if err == nil {
		err = files.Stream(path, files.Public, func(f *os.File) (err error) {
			root, err = writeBlocks(ctx, f, sorted)
			return err
		})
	}
	if err != nil {
		return car.CID{}, fmt.Errorf("writing CAR %s: %w", path, err)
	}
	return root, nil
}

// WriteCARs writes the CARs of all files into as many files as it takes, path(1), path(2) and
// so on: each ends with the file that takes it to size bytes of blocks or more. All name the
// folder's CID as their root, so a node that has imported each has the folder; the last one
// holds the folder itself. It returns how many there are. Each is written whole or not at all.
func WriteCARs(ctx context.Context, path func(n int) string, list []File, size int64) (root car.CID, n int, err error) {
	sorted, err := inOrder(list)
	if err != nil {
		return car.CID{}, 0, fmt.Errorf("writing CARs: %w", err)
	}
	if root, err = Root(ctx, sorted); err != nil {
		return car.CID{}, 0, err
	}
	var out *car.Writer
	t, err := newTree(sink{put: func(ctx context.Context, c cid.Cid, block []byte) error { return putInto(ctx, out, c, block) }})
	for next := 0; err == nil && (n == 0 || next < len(sorted)); {
		n++
		err = files.Stream(path(n), files.Public, func(f *os.File) (err error) {
			if out, err = car.NewWriter(f); err != nil {
				return err
			}
			for next < len(sorted) && out.Written() < size {
				if err := t.publish(ctx, sorted[next]); err != nil {
					return fmt.Errorf("%s: %w", sorted[next].Path, err)
				}
				next++
			}
			if next == len(sorted) {
				if err := t.finishAs(ctx, root); err != nil {
					return err
				}
			}
			return out.FinishPart(root)
		})
	}
	if err != nil {
		return car.CID{}, 0, fmt.Errorf("writing CARs: %w", err)
	}
	return root, n, nil
}

// finishAs ends the tree and holds its root to one that was computed before.
func (t *tree) finishAs(ctx context.Context, root car.CID) error {
	made, err := t.finish(ctx)
	if err != nil {
		return err
	}
	got, err := car.ParseCID(made.cid.Bytes())
	if err == nil && got != root {
		err = errors.New("a file has changed while it was read: run this again")
	}
	return err
}

func putInto(ctx context.Context, out *car.Writer, c cid.Cid, block []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	own, err := car.ParseCID(c.Bytes())
	if err != nil {
		return err
	}
	return out.Put(own, block)
}

func writeBlocks(ctx context.Context, f *os.File, list []File) (car.CID, error) {
	out, err := car.NewWriter(f)
	if err != nil {
		return car.CID{}, err
	}
	t, err := newTree(sink{put: func(ctx context.Context, c cid.Cid, block []byte) error { return putInto(ctx, out, c, block) }})
	if err != nil {
		return car.CID{}, err
	}
	for _, file := range list {
		if err := t.publish(ctx, file); err != nil {
			return car.CID{}, fmt.Errorf("%s: %w", file.Path, err)
		}
	}
	made, err := t.finish(ctx)
	if err != nil {
		return car.CID{}, err
	}
	root, err := car.ParseCID(made.cid.Bytes())
	if err != nil {
		return car.CID{}, err
	}
	return root, out.Finish(root)
}

// Root returns the CID of the folder that the files make, as [WriteCAR] does, and writes nothing.
func Root(ctx context.Context, list []File) (car.CID, error) {
	sorted, err := inOrder(list)
	if err != nil {
		return car.CID{}, fmt.Errorf("computing a folder's CID: %w", err)
	}
	t, err := newTree(nowhere)
	if err != nil {
		return car.CID{}, err
	}
	for _, file := range sorted {
		if err := t.publish(ctx, file); err != nil {
			return car.CID{}, fmt.Errorf("computing a folder's CID: %s: %w", file.Path, err)
		}
	}
	made, err := t.finish(ctx)
	if err != nil {
		return car.CID{}, fmt.Errorf("computing a folder's CID: %w", err)
	}
	return car.ParseCID(made.cid.Bytes())
}

// FileCID returns the CID of a file of any length.
func FileCID(ctx context.Context, r io.Reader) (car.CID, error) {
	made, err := nowhere.addFile(ctx, r)
	if err != nil {
		return car.CID{}, fmt.Errorf("computing a file's CID: %w", err)
	}
	return car.ParseCID(made.cid.Bytes())
}

// nowhere takes blocks and keeps none.
var nowhere = sink{put: func(ctx context.Context, _ cid.Cid, _ []byte) error { return ctx.Err() }}

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
// other, and refuses a set that is not a tree.
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
