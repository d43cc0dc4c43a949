package car

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/spaolacci/murmur3"
)

// A place is a file's in the tree: where it begins and how long it is.
type place struct {
	cid  CID
	size int64
}

// A walker visits the tree of a hostile CAR. Links cannot make a cycle, but they can name
// one block many times, on each of many levels; so every visit and every byte decoded is
// paid from a budget of twice what an honest tree needs.
type walker struct {
	*Archive
	lim     Limits
	visits  int
	decoded int64 // bytes of dag-pb
	seen    map[string]bool
	found   map[string]place
}

var errRepeats = errors.New("its links repeat more than a folder of files has a use for")

func walkTree(a *Archive, lim Limits, size int64) (map[string]place, error) {
	w := &walker{
		Archive: a, lim: lim, seen: make(map[string]bool), found: make(map[string]place),
		visits: 2*lim.Blocks + 1, decoded: 2*size + 1,
	}
	if err := w.visit("", a.root, 0); err != nil {
		return nil, err
	}
	return w.found, a.surplus()
}

// A Surplus is a CAR whose tree is whole, every block of it checked, and that holds more: what
// the tree does not link nobody has looked at. That is no forgery, and nothing to rely on.
type Surplus struct {
	Blocks int
	First  CID // in the order of the CAR
}

func (s *Surplus) Error() string {
	return fmt.Sprintf("it holds more than its folder: no file or folder has %s, the first of %d such blocks: pack the folder anew", s.First, s.Blocks)
}

// surplus finds the blocks that the tree does not have.
func (a *Archive) surplus() error {
	var s Surplus
	for c, b := range a.blocks {
		if b.used {
			continue
		}
		if s.Blocks++; s.Blocks == 1 || b.Offset < a.blocks[s.First].Offset {
			s.First = c
		}
	}
	if s.Blocks > 0 {
		return &s
	}
	return nil
}

// use pays for a visit and marks the block.
func (w *walker) use(c CID) (*Block, error) {
	b, ok := w.blocks[c]
	if !ok {
		return nil, fmt.Errorf("block %s is missing", c)
	}
	b.used = true
	if w.visits--; w.visits < 0 {
		return nil, errRepeats
	}
	return b, nil
}

func (w *walker) parse(c CID) (*node, error) {
	b, err := w.use(c)
	if err != nil {
		return nil, err
	}
	if w.decoded -= int64(b.Size); w.decoded < 0 {
		return nil, errRepeats
	}
	raw, err := w.block(c)
	if err != nil {
		return nil, err
	}
	p, err := parseNode(raw)
	if err != nil {
		return nil, fmt.Errorf("block %s: %w", c, err)
	}
	return p, nil
}

// visit walks what is at path: a folder or a file.
func (w *walker) visit(path string, c CID, depth int) error {
	err := w.enter(path, c, depth)
	var seen placed
	if err == nil || errors.As(err, &seen) {
		return err
	}
	return placed{path, err}
}

// placed says at which path something is wrong, once.
type placed struct {
	path string
	err  error
}

func (p placed) Error() string { return fmt.Sprintf("%q: %v", "/"+p.path, p.err) }
func (p placed) Unwrap() error { return p.err }

func (w *walker) enter(path string, c CID, depth int) error {
	if c.IsRaw() {
		return w.file(path, c, nil)
	}
	p, err := w.parse(c)
	if err != nil {
		return err
	}
	switch p.kind {
	case typeFile:
		return w.file(path, c, p)
	case typeDirectory:
		w.folders[c] = path
		return w.folder(path, p, depth)
	case typeShard:
		w.folders[c] = path
		return w.shard(path, p, depth, nil)
	}
	return fmt.Errorf("it is UnixFS of type %s, want a file or a folder", typeName(p.kind))
}

func (w *walker) folder(path string, p *node, depth int) error {
	if len(p.content) != 0 {
		return errors.New("a folder with content of its own")
	}
	for _, link := range p.links {
		if err := w.entry(path, link.Name, link.CID, depth); err != nil {
			return err
		}
	}
	return nil
}

// The one shape of sharded folders that there is: a name lies where the bytes of its hash
// say, one byte a level, and a bit field says which of the 256 places are taken.
const (
	shardWidth    = 256
	shardPrefix   = 2 // hex digits before each name
	shardHash     = 0x22
	maxShardDepth = 8 // bytes of the hash
)

// shard walks a part of a sharded folder, for names whose hashes begin with at. A name
// elsewhere is found by a walk alone, and no gateway serves it: such a folder is refused.
func (w *walker) shard(path string, p *node, depth int, at []byte) error {
	if p.fanout != shardWidth || p.hashType != shardHash || len(at) == maxShardDepth {
		return errors.New("a sharded folder of a kind that nobody writes")
	}
	places := new(big.Int)
	for _, link := range p.links {
		place, name, err := shardName(link.Name)
		if err != nil {
			return err
		}
		if places.Bit(int(place)) == 1 {
			return fmt.Errorf("a sharded folder with two links at %02X", place)
		}
		places.SetBit(places, int(place), 1)
		if err := w.shardLink(path, name, link.CID, depth, append(at[:len(at):len(at)], place)); err != nil {
			return err
		}
	}
	if !bytes.Equal(bytes.TrimLeft(p.content, "\x00"), places.Bytes()) {
		return errors.New("a sharded folder whose bit field is not that of its links")
	}
	return nil
}

// shardName splits a link's name in its place and the entry's name, which is empty for a
// part of the folder.
func shardName(link string) (place byte, name string, err error) {
	if len(link) >= shardPrefix {
		prefix := link[:shardPrefix]
		n, err := strconv.ParseUint(prefix, 16, 8)
		if err == nil && prefix == fmt.Sprintf("%02X", n) {
			return byte(n), link[shardPrefix:], nil
		}
	}
	return 0, "", fmt.Errorf("a sharded folder with a link %.20q", link)
}

// shardLink walks an entry or a part of a sharded folder, at its place.
func (w *walker) shardLink(path, name string, c CID, depth int, at []byte) error {
	if name != "" {
		hash := binary.BigEndian.AppendUint64(nil, murmur3.Sum64([]byte(name)))
		if !bytes.HasPrefix(hash, at) {
			return fmt.Errorf("entry %.40q is in the wrong part of its sharded folder", name)
		}
		return w.entry(path, name, c, depth)
	}
	part, err := w.parse(c)
	if err != nil {
		return err
	}
	if part.kind != typeShard {
		return fmt.Errorf("block %s: want a part of a sharded folder", c)
	}
	return w.shard(path, part, depth, at)
}

// entry walks one entry of a folder.
func (w *walker) entry(path, name string, c CID, depth int) error {
	if !validName(name) {
		return fmt.Errorf("entry %.40q: not a portable name", name)
	}
	if depth == MaxDepth {
		return fmt.Errorf("folders deeper than %d", MaxDepth)
	}
	if len(w.seen) == w.lim.Entries {
		return fmt.Errorf("more than %d files and folders", w.lim.Entries)
	}
	path = strings.TrimPrefix(path+"/"+name, "/")
	if w.seen[path] || len(path) > MaxPath {
		return fmt.Errorf("entry %.40q: there twice, or a path of more than %d bytes", name, MaxPath)
	}
	w.seen[path] = true
	return w.visit(path, c, depth+1)
}

func (w *walker) file(path string, c CID, p *node) error {
	if path == "" {
		return errors.New("the root is a file, want a folder")
	}
	size, err := w.size(c, p, 0)
	if err != nil {
		return err
	}
	w.found[path] = place{c, size}
	return nil
}

// maxFileDepth is more than a file of 174 links a node can need.
const maxFileDepth = 4

// size returns the length of a file's node and checks it against what each node on the way
// says. p is the parsed node of c, or nil when nobody has parsed it.
func (w *walker) size(c CID, p *node, level int) (total int64, err error) {
	if c.IsRaw() {
		b, err := w.use(c)
		if err != nil {
			return 0, err
		}
		return int64(b.Size), w.fits(int64(b.Size))
	}
	if p == nil {
		if p, err = w.parse(c); err != nil {
			return 0, err
		}
	}
	if p.kind != typeFile || len(p.content) != 0 || len(p.sizes) != len(p.links) || level == maxFileDepth {
		return 0, fmt.Errorf("block %s: not a node of a file with raw leaves", c)
	}
	for i, link := range p.links {
		n, err := w.size(link.CID, nil, level+1)
		if err != nil {
			return 0, err
		}
		if uint64(n) != p.sizes[i] {
			return 0, fmt.Errorf("block %s: it says that %s has %d bytes, it has %d", c, link.CID, p.sizes[i], n)
		}
		total += n
		if err := w.fits(total); err != nil {
			return 0, err
		}
	}
	if uint64(total) != p.size {
		return 0, fmt.Errorf("block %s: it says that it has %d bytes, it has %d", c, p.size, total)
	}
	return total, nil
}

func (w *walker) fits(n int64) error {
	if n > w.lim.FileBytes {
		return fmt.Errorf("longer than %d bytes", w.lim.FileBytes)
	}
	return nil
}
