package publication

import (
	"fmt"
	"io"
	"strings"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// An Archive is a CAR as a source.
type Archive struct{ *car.Archive }

// NewArchive reads a CAR of size bytes and checks all of its blocks. An error is a [Damage], or a
// [car.Surplus].
func NewArchive(r io.ReaderAt, size int64) (*Archive, error) {
	archive, err := car.New(r, size, carLimits())
	if err != nil {
		return nil, carFault(err)
	}
	return &Archive{archive}, nil
}

// Names implements [Source].
func (a *Archive) Names(folder string, limit int) ([]string, error) {
	return namesBelow(folder, a.Paths(), limit)
}

// Read implements [Source].
func (a *Archive) Read(name string, limit int64) ([]byte, error) {
	if a.Size(name) > limit {
		return nil, fmt.Errorf("%s: %w: it has more than %d bytes", name, files.ErrTooLarge, limit)
	}
	return a.ReadFile(name)
}

// Images returns, by address, the files of the CAR that addresses name: ipfs://CID of a file, or
// of a folder with a path below it. Other addresses are left out, and so are files of more than
// MaxImage bytes. Nothing is read: all CIDs were checked when the CAR was.
func (a *Archive) Images(addresses []string) map[string]Image {
	paths := map[string]string{} // by CID
	for _, p := range a.Paths() {
		if c, err := a.CID(p); err == nil {
			paths[c.String()] = p
		}
	}
	found := map[string]Image{}
	for _, address := range addresses {
		address, isIPFS := strings.CutPrefix(address, "ipfs://")
		cid, below, isBelow := strings.Cut(address, "/")
		where, there := paths[cid]
		if isBelow {
			where, there = a.below(cid, below)
		}
		if !isIPFS || !there || a.Size(where) > MaxImage {
			continue
		}
		if c, err := a.CID(where); err == nil {
			found["ipfs://"+address] = Image{where, c.String()}
		}
	}
	return found
}

// below returns the path of a file below the folder with a CID.
func (a *Archive) below(folder, name string) (where string, there bool) {
	c, err := car.DecodeCID(folder)
	if err != nil || name == "" {
		return "", false
	}
	at, there := a.Folder(c)
	if !there {
		return "", false
	}
	where = strings.TrimPrefix(at+"/"+name, "/")
	_, err = a.CID(where)
	return where, err == nil
}
