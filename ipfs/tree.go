package ipfs

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"strings"

	chunker "github.com/ipfs/boxo/chunker"
	"github.com/ipfs/boxo/ipld/unixfs/importer/balanced"
	"github.com/ipfs/boxo/ipld/unixfs/importer/helpers"
	uio "github.com/ipfs/boxo/ipld/unixfs/io"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"
)

// A File is a file to publish. Open is called once, when the file's turn comes.
type File struct {
	Path string // slash-separated, as in io/fs: "documents/1.json"
	Open func() (io.ReadCloser, error)
}

// FilesOf returns the regular files of fsys below the given folders or files, in order.
// Anything else there, such as a link to elsewhere, is an error.
func FilesOf(fsys fs.FS, roots ...string) ([]File, error) {
	var files []File
	for _, root := range roots {
		err := fs.WalkDir(fsys, root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if !d.Type().IsRegular() {
				return fmt.Errorf("%s: not a regular file", path)
			}
			files = append(files, File{path, func() (io.ReadCloser, error) { return fsys.Open(path) }})
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("listing files to publish: %w", err)
		}
	}
	return files, nil
}

// A made is a node whose block is written already: its parent needs no more of it.
type made struct {
	ipld.Node // nil: what builds a folder asks for no more than these two
	cid       cid.Cid
	size      uint64 // of the node and all below it
}

func (m made) Cid() cid.Cid          { return m.cid }
func (m made) Size() (uint64, error) { return m.size, nil }

// A sink is a DAG service that only takes: blocks go out as they come, and nothing is kept.
type sink struct {
	ipld.DAGService // nil: builders of new nodes never read
	put             func(ctx context.Context, c cid.Cid, block []byte) error
}

func (s sink) Add(ctx context.Context, node ipld.Node) error {
	if _, ok := node.(made); ok {
		return nil
	}
	return s.put(ctx, node.Cid(), node.RawData())
}

func (s sink) AddMany(ctx context.Context, nodes []ipld.Node) error {
	for _, node := range nodes {
		if err := s.Add(ctx, node); err != nil {
			return err
		}
	}
	return nil
}

// addFile writes the blocks of one file.
func (s sink) addFile(ctx context.Context, r io.Reader) (made, error) {
	params := helpers.DagBuilderParams{
		Maxlinks: helpers.DefaultLinksPerBlock, RawLeaves: true, CidBuilder: builder, Dagserv: s,
	}
	helper, err := params.New(chunker.NewSizeSplitter(stopping{ctx, r}, chunkBytes))
	if err != nil {
		return made{}, err
	}
	node, err := balanced.Layout(helper)
	if err != nil {
		return made{}, err
	}
	return keep(node)
}

func keep(node ipld.Node) (made, error) {
	size, err := node.Size()
	return made{cid: node.Cid(), size: size}, err
}

// stopping is a reader that ends when its context does.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s stopping) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(b)
}

// An open folder, and its name in the one above.
type folder struct {
	name string
	uio.Directory
}

// A tree builds folders while files come in the order of their paths: only the folders
// above the last file are open.
type tree struct {
	sink
	open []folder // the root first
}

func newTree(s sink) (*tree, error) {
	t := &tree{sink: s}
	return t, t.enter("")
}

func (t *tree) enter(name string) error {
	dir, err := uio.NewDirectory(t.sink, uio.WithCidBuilder(builder))
	if err != nil {
		return err
	}
	t.open = append(t.open, folder{name, dir})
	return nil
}

// leave writes the innermost folder and links it into the one above, if there is one.
func (t *tree) leave(ctx context.Context) (made, error) {
	last := t.open[len(t.open)-1]
	t.open = t.open[:len(t.open)-1]
	node, err := last.GetNode()
	if err != nil {
		return made{}, err
	}
	if err := t.Add(ctx, node); err != nil {
		return made{}, err
	}
	m, err := keep(node)
	if err != nil || len(t.open) == 0 {
		return m, err
	}
	return m, t.open[len(t.open)-1].AddChild(ctx, last.name, m)
}

// add links a file into its folder.
func (t *tree) add(ctx context.Context, path string, file made) error {
	names := strings.Split(path, "/")
	folders, name := names[:len(names)-1], names[len(names)-1]
	same := 0
	for same < len(folders) && same+1 < len(t.open) && t.open[same+1].name == folders[same] {
		same++
	}
	for len(t.open) > same+1 {
		if _, err := t.leave(ctx); err != nil {
			return err
		}
	}
	for _, folder := range folders[same:] {
		if err := t.enter(folder); err != nil {
			return err
		}
	}
	return t.open[len(t.open)-1].AddChild(ctx, name, file)
}

// finish closes all folders and returns the root.
func (t *tree) finish(ctx context.Context) (root made, err error) {
	for len(t.open) > 0 && err == nil {
		root, err = t.leave(ctx)
	}
	return root, err
}
