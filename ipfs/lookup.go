package ipfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ipfs/go-cid"

	"github.com/genproof/genproof/ipfs/car"
)

// ErrNoEntry says that a folder has nothing of a name.
var ErrNoEntry = errors.New("there is no such entry")

// ErrForm says that a CID or a block is of a form that is not read here, such as links of version 0.
var ErrForm = errors.New("it is of a form that is not read here")

// DecodeCID reads a CID in any base, of version 0 too: of a raw or a dag-pb block, with its SHA-256.
// Of others the error is [ErrForm].
func DecodeCID(s string) (car.CID, error) {
	c, err := cid.Decode(s)
	if err != nil {
		return car.CID{}, fmt.Errorf("%.100q: %w", s, ErrForm)
	}
	if c.Version() == 0 {
		c = cid.NewCidV1(cid.DagProtobuf, c.Hash())
	}
	out, err := car.ParseCID(c.Bytes())
	if err != nil || len(c.Bytes()) != car.Bytes {
		return car.CID{}, fmt.Errorf("%.100q: %w", s, ErrForm)
	}
	return out, nil
}

// A Tree reads files below CIDs, block by block, and remembers folders. Sharded folders have no
// entries here.
type Tree struct {
	From    *Source
	folders map[car.CID]map[string]car.CID
}

// maxFolders bounds what a Tree remembers.
const maxFolders = 64

// Find returns the CID of what is at names below a folder.
func (t *Tree) Find(ctx context.Context, c car.CID, names ...string) (car.CID, error) {
	for _, name := range names {
		entries, err := t.folder(ctx, c)
		if err != nil {
			return c, err
		}
		next, there := entries[name]
		if !there {
			return c, fmt.Errorf("%s/%.100s: %w", c, name, ErrNoEntry)
		}
		c = next
	}
	return c, nil
}

func (t *Tree) folder(ctx context.Context, c car.CID) (map[string]car.CID, error) {
	if entries, known := t.folders[c]; known {
		return entries, nil
	}
	if c.IsRaw() {
		return nil, fmt.Errorf("%s: %w: it is a file", c, ErrNoEntry)
	}
	block, err := t.From.Block(ctx, c)
	if err != nil {
		return nil, err
	}
	links, err := car.Links(block)
	if err != nil {
		return nil, fmt.Errorf("block %s: %w: %w", c, ErrForm, err)
	}
	entries := make(map[string]car.CID, len(links))
	for _, l := range links {
		entries[l.Name] = l.CID
	}
	if len(t.folders) == maxFolders || t.folders == nil {
		t.folders = map[car.CID]map[string]car.CID{}
	}
	t.folders[c] = entries
	return entries, nil
}

// Holds reports whether the file of a CID has this content. It stops at the first difference.
func (t *Tree) Holds(ctx context.Context, c car.CID, content []byte) (bool, error) {
	budget := 2 + len(content)/(8<<10) // smaller chunks than 8 KiB are nobody's
	rest := content
	same, err := t.holds(ctx, c, &rest, &budget, maxFileLevels)
	return same && len(rest) == 0, err
}

// maxFileLevels of nodes are above a file's bytes.
const maxFileLevels = 4

func (t *Tree) holds(ctx context.Context, c car.CID, rest *[]byte, budget *int, levels int) (bool, error) {
	if *budget--; *budget < 0 || levels < 0 {
		return false, nil
	}
	b, err := t.From.Block(ctx, c)
	if err != nil {
		return false, err
	}
	if c.IsRaw() {
		same := bytes.HasPrefix(*rest, b)
		if same {
			*rest = (*rest)[len(b):]
		}
		return same, nil
	}
	links, err := car.Links(b)
	if err != nil {
		return false, fmt.Errorf("block %s: %w: %w", c, ErrForm, err)
	}
	for _, l := range links {
		if same, err := t.holds(ctx, l.CID, rest, budget, levels-1); !same || err != nil {
			return false, err
		}
	}
	return len(links) > 0, nil
}
