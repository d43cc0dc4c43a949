package publication

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// MaxImage is the most bytes of an image that [FindImages] looks at.
const MaxImage = 20 << 20

// An Image is a file that has the bytes of an address.
type Image struct {
	Path string `json:"path"`
	CID  string `json:"cid"` // of the file, also where the address is of its folder
}

// FindImages returns, by address, the files among a source's images whose bytes an address
// names: ipfs://CID of a file, or ipfs://CID/NAME if the files together make the folder of that
// CID. Other addresses are left out, and so are folders that are sharded or have a file of more
// than MaxImage bytes.
func FindImages(from Source, addresses []string) (map[string]Image, error) {
	names, err := from.Names(bundle.ImagesDir, maxFiles)
	if err != nil {
		return nil, err
	}
	byCID, byName := map[string]Image{}, map[string]Image{}
	entries, whole := []car.Entry{}, true
	for _, name := range slices.DeleteFunc(names, files.IsSystems) {
		where := path.Join(bundle.ImagesDir, name)
		data, err := from.Read(where, MaxImage)
		if errors.Is(err, files.ErrTooLarge) {
			whole = false
			continue
		}
		if err != nil {
			return nil, err
		}
		e, _, err := car.MakeFile(name, bytes.NewReader(data)) // so short a file always has a CID
		if err != nil {
			return nil, err
		}
		x := Image{where, e.CID.String()}
		byCID[x.CID], byName[name], entries = x, x, append(entries, e)
	}
	folder, ok := car.MakeFolder("", entries)
	found := map[string]Image{}
	for _, a := range addresses {
		cid, name, below := strings.Cut(strings.TrimPrefix(a, "ipfs://"), "/")
		x, there := byCID[cid]
		if below {
			x, there = byName[name]
			there = there && ok && whole && cid == folder.CID.String()
		}
		if there && strings.HasPrefix(a, "ipfs://") {
			found[a] = x
		}
	}
	return found, nil
}
