package ipfs

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"

	"github.com/genproof/genproof/ipfs/car"
)

// boxoLinks is what boxo reads in a dag-pb block with UnixFS in it.
func boxoLinks(b []byte) ([]car.Link, bool) {
	n, err := merkledag.DecodeProtobuf(b)
	if err != nil {
		return nil, false
	}
	if _, err := unixfs.FSNodeFromBytes(n.Data()); err != nil {
		return nil, false
	}
	links := []car.Link{}
	for _, l := range n.Links() {
		c, err := car.ParseCID(l.Cid.Bytes())
		if err != nil {
			return nil, false
		}
		links = append(links, car.Link{Name: l.Name, CID: c})
	}
	return links, true
}

// TestLinks_AgreesWithBoxo: our decoder takes what boxo writes, and nothing that boxo does
// not read in the same way.
func TestLinks_AgreesWithBoxo(t *testing.T) {
	var f forgery
	x, y := f.raw("x"), f.raw("y")
	honest := [][]byte{
		f.folder().RawData(), f.folder(link{"a", x}, link{"ä", y}).RawData(), f.file([]uint64{1, 1}, x, y).RawData(),
		f.shard(map[byte]link{3: {"a", x}, 200: {"b", y}}).RawData(), f.file(nil).RawData(),
	}
	r := rand.New(rand.NewPCG(1, 2))
	taken := 0
	for range 60000 {
		b := slices.Clone(honest[r.IntN(len(honest))])
		for range r.IntN(3) {
			switch at := r.IntN(len(b) + 1); {
			case at == len(b) || r.IntN(4) == 0:
				b = slices.Insert(b, at, byte(r.IntN(256)))
			case r.IntN(4) == 0 && len(b) > 1:
				b = slices.Delete(b, at, at+1)
			default:
				b[at] ^= 1 << r.IntN(8)
			}
			if len(b) == 0 {
				break
			}
		}
		links, err := car.Links(b)
		if err != nil {
			continue
		}
		taken++
		theirs, ok := boxoLinks(b)
		if !ok || !slices.Equal(links, theirs) {
			t.Fatalf("%x: we read %v, boxo %v, %t", b, links, theirs, ok)
		}
	}
	if taken < 15000 {
		t.Errorf("%d of 60000 blocks are taken: a third is honest", taken)
	}
	for _, b := range honest {
		if _, err := car.Links(b); err != nil {
			t.Errorf("%x: %v", b, err)
		}
	}
}
