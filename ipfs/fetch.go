package ipfs

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/ipfs/go-cid"

	"github.com/genproof/genproof/ipfs/car"
)

// A Download is a tree that is fetched, block by block, into a CAR.
type Download struct {
	Root   string // the tree's CID
	From   *Source
	Limits car.Limits
	// First names a file of one block in the root folder that is fetched before all others
	// and given to Check: so that a tree that is not wanted costs little. Optional.
	First string
	Check func(content []byte) error
	// Progress, if not nil, is told the bytes that are there; nobody knows how many there
	// will be.
	Progress func(done int64)
}

// A Fetched download tells what was fetched and what was there already.
type Fetched struct{ Blocks, Kept int }

// Run fetches what the CAR at path lacks of the tree. Blocks that are there, of a run
// that was interrupted, are checked again and kept; what a crash cut off, and all from
// the first damage on, is fetched anew. After an error the blocks so far stay. When it
// returns nil the CAR holds every block of the tree; [car.Open] checks the tree itself.
//
// One block at a time: so memory is bounded, every block is checked before it is kept,
// and any gateway or node will do.
func (d *Download) Run(ctx context.Context, path string) (*Fetched, error) {
	root, err := decodeRoot(d.Root)
	if err != nil || root.IsRaw() {
		return nil, fmt.Errorf("fetching %.80q: want the CID of a folder: version 1, dag-pb, SHA-256", d.Root)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("fetching %s: %w", root, err)
	}
	p := &partial{Download: d, f: f, root: root}
	err = p.open()
	if err == nil {
		p.fetched.Kept = len(p.blocks)
		err = p.tree(ctx)
	}
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return nil, fmt.Errorf("fetching %s: %w", root, err)
	}
	return &p.fetched, nil
}

// decodeRoot reads a CID in any base.
func decodeRoot(s string) (car.CID, error) {
	c, err := cid.Decode(s)
	if err != nil {
		return car.CID{}, err
	}
	return car.ParseCID(c.Bytes())
}

// partial is a CAR that grows.
type partial struct {
	*Download
	f       *os.File
	root    car.CID
	blocks  car.Index
	end     int64
	fetched Fetched
}

// open finds the good blocks of an earlier run and cuts off what follows them.
func (p *partial) open() error {
	root, blocks, end, err := car.Scan(p.f, p.Limits)
	if blocks == nil || root != p.root { // nothing there, or another tree's
		header := car.Header(p.root)
		blocks, end = make(car.Index), int64(len(header))
		if err := errors.Join(p.f.Truncate(0), writeAt(p.f, header, 0)); err != nil {
			return err
		}
	} else if err != nil {
		if err := p.f.Truncate(end); err != nil {
			return err
		}
	}
	p.blocks, p.end = blocks, end
	return nil
}

func writeAt(f *os.File, b []byte, at int64) error {
	_, err := f.WriteAt(b, at)
	return err
}

// tree gets every block below the root, each once. Links are followed as they are found,
// in the order of the tree; their number is bounded, before any is fetched.
func (p *partial) tree(ctx context.Context) error {
	if err := p.first(ctx); err != nil {
		return err
	}
	seen := map[car.CID]bool{p.root: true}
	for open := []car.CID{p.root}; len(open) > 0; {
		c := open[len(open)-1]
		open = open[:len(open)-1]
		links, err := p.links(ctx, c)
		if err != nil {
			return err
		}
		for i := len(links) - 1; i >= 0; i-- {
			if !seen[links[i].CID] {
				seen[links[i].CID] = true
				open = append(open, links[i].CID)
			}
		}
		if len(seen) > p.Limits.Blocks {
			return fmt.Errorf("the tree has more than %d blocks", p.Limits.Blocks)
		}
	}
	return nil
}

// links gets a block and returns those it names. A raw block is got unless it is there.
func (p *partial) links(ctx context.Context, c car.CID) ([]car.Link, error) {
	if c.IsRaw() && p.blocks[c] != nil {
		return nil, nil
	}
	b, err := p.get(ctx, c)
	if err != nil || c.IsRaw() {
		return nil, err
	}
	links, err := car.Links(b)
	if err != nil {
		return nil, fmt.Errorf("block %s: %w", c, err)
	}
	return links, nil
}

// first gets and checks the file that decides whether the others are wanted.
func (p *partial) first(ctx context.Context) error {
	if p.First == "" {
		return nil
	}
	links, err := p.links(ctx, p.root)
	if err != nil {
		return err
	}
	for _, link := range links {
		if link.Name != p.First || !link.CID.IsRaw() {
			continue
		}
		b, err := p.get(ctx, link.CID)
		if err != nil {
			return err
		}
		return p.Check(b)
	}
	return fmt.Errorf("its folder has no %s of one block", p.First)
}

// get returns a block, from the CAR or else from the source, and then keeps it.
func (p *partial) get(ctx context.Context, c car.CID) ([]byte, error) {
	if at := p.blocks[c]; at != nil {
		b := make([]byte, at.Size)
		if _, err := p.f.ReadAt(b, at.Offset); err != nil {
			return nil, err
		}
		return b, c.Check(b)
	}
	b, err := p.From.Block(ctx, c)
	if err != nil {
		return nil, err
	}
	p.fetched.Blocks++
	return b, p.keep(c, b)
}

// keep appends a block.
func (p *partial) keep(c car.CID, b []byte) error {
	section := car.Section(c, b)
	if p.end+int64(len(section)) > p.Limits.Bytes {
		return fmt.Errorf("the tree has more than %d bytes", p.Limits.Bytes)
	}
	if err := writeAt(p.f, section, p.end); err != nil {
		return err
	}
	p.end += int64(len(section))
	p.blocks[c] = &car.Block{Offset: p.end - int64(len(b)), Size: len(b)}
	if p.Progress != nil {
		p.Progress(p.end)
	}
	return nil
}
