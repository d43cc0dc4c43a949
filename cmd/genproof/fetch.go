package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
)

// ipfsScheme is before the CID of what is to be fetched.
const ipfsScheme = "ipfs://"

// fetchLimits have room for a large deck with its images.
var fetchLimits = car.Limits{Bytes: 8 << 30, Blocks: 1 << 20}

// fetchFlags are those of verbs that take a publication by its CID.
func fetchFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringFlag{Name: "gateway", Usage: "the `URL` of a trustless IPFS gateway to fetch ipfs://CID from: every block is checked"},
		&cli.StringFlag{Name: "save", Usage: "keep what was fetched in this new `FILE`, a CAR"},
	}, ipfsNodeFlags()...)
}

// isFetching reports whether the options name a place to fetch from.
func isFetching(c *cli.Context) bool {
	return c.String("gateway") != "" || c.String("api") != "" || c.String("api-file") != ""
}

// blockSource is the one gateway or node that the options name.
func (p *program) blockSource(c *cli.Context) (*ipfs.Source, error) {
	gateway := c.String("gateway")
	api, err := p.nodeURL(c)
	switch {
	case err != nil:
		return nil, err
	case (gateway == "") == (api == ""):
		return nil, console.Hint(errors.New("the CID needs one place to fetch it from"), "add --gateway URL, or --api URL of an IPFS node")
	case gateway != "":
		return ipfs.Gateway(gateway)
	}
	return ipfs.Node(api)
}

// A fetched publication is a CAR that is whole.
type fetched struct {
	path string
	keep bool // the user named the file
	lock *files.Lock
}

// fetch downloads the tree with the CID root. What was fetched before an interruption is kept, in
// the user's cache or beside the file of --save, and a tree that is no publication is given up
// after its description.
func (p *program) fetch(c *cli.Context, root string) (*fetched, error) {
	from, err := p.blockSource(c)
	if err != nil {
		return nil, err
	}
	// The CID in its one spelling names a file: nothing else of the address does.
	id, err := car.DecodeCID(root)
	if err != nil || id.IsRaw() {
		return nil, console.Hint(fmt.Errorf("%.100q is no CID of a folder", ipfsScheme+root), "write ipfs:// and the CID of what genproof publish made, which begins with bafybei")
	}
	f := &fetched{path: c.String("save"), keep: c.IsSet("save")}
	cache, err := fetchDir()
	if err != nil {
		return nil, err
	}
	part := filepath.Join(cache, id.String()+".car")
	if f.keep {
		if part = f.path + ".part"; absent(f.path) != nil {
			return nil, absent(f.path)
		}
	}
	if f.lock, err = files.TryLock(filepath.Join(cache, id.String()+".lock")); err != nil {
		return nil, console.Hint(fmt.Errorf("fetching %s: %w", root, err), "wait for the other run, which fetches the same")
	}
	if err = p.download(c, id.String(), from, part); err == nil && f.keep {
		err = files.Rename(part, f.path)
	}
	if err != nil {
		f.lock.Unlock()
		return nil, err
	}
	if !f.keep {
		f.path = part
	}
	return f, nil
}

func (p *program) download(c *cli.Context, root string, from *ipfs.Source, part string) error {
	meter := p.Bars.Spin("fetching")
	d := &ipfs.Download{Root: root, From: from, Limits: fetchLimits, First: bundle.DescriptionFile, Check: acceptDescription, Progress: meter.Set}
	got, err := d.Run(c.Context, part)
	meter.End()
	if errors.Is(err, errNoPublication) {
		return errors.Join(err, os.Remove(part))
	}
	if err != nil {
		return console.Hint(err, "run the same again: what was fetched is kept")
	}
	p.Log.Info().Str("root", root).Str("from", from.Name()).Int("fetched", got.Blocks).Int("kept", got.Kept).Msg("fetched")
	return nil
}

// fetchDir is where trees are kept while they are fetched.
func fetchDir() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", console.Hint(err, "set XDG_CACHE_HOME to a folder")
	}
	dir := filepath.Join(cache, "genproof", "fetched")
	return dir, os.MkdirAll(dir, 0o700)
}

// done removes what nobody asked to keep.
func (f *fetched) done() error {
	defer f.lock.Unlock()
	if f.keep {
		return nil
	}
	return os.Remove(f.path)
}

var errNoPublication = errors.New("this is no publication")

// acceptDescription refuses what is not a drop's or a deck's description.
func acceptDescription(data []byte) error {
	var err error
	if len(data) > bundle.MaxBytes {
		err = fmt.Errorf("more than %d bytes", bundle.MaxBytes)
	} else if bundle.IsDeck(data) {
		_, err = bundle.UnmarshalDeck(data)
	} else {
		_, err = bundle.UnmarshalDescription(data)
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errNoPublication, bundle.DescriptionFile, err)
	}
	return nil
}

// openWhere is [program.openAny] of a path, or of ipfs://CID. The caller calls done when it has
// closed the publication.
func (p *program) openWhere(c *cli.Context, where string) (s *publication.Publication, done func() error, err error) {
	done = func() error { return nil }
	root, remote := strings.CutPrefix(where, ipfsScheme)
	if !remote {
		for _, name := range []string{"gateway", "api", "api-file", "save"} {
			if c.IsSet(name) && !onChain(c) {
				return nil, done, fmt.Errorf("--%s is for ipfs://CID, and %s is on this machine", name, where)
			}
		}
		s, err = p.openAny(c, where, c.String("drop"), c.String("key"))
		return s, done, err
	}
	f, err := p.fetch(c, root)
	if err != nil {
		return nil, done, err
	}
	if s, err = p.openAny(c, f.path, c.String("drop"), c.String("key")); err != nil {
		return nil, done, errors.Join(err, f.done())
	}
	return s, f.done, nil
}
