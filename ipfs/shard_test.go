package ipfs

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"testing"

	"github.com/ipfs/boxo/ipld/unixfs"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/spaolacci/murmur3"

	"github.com/genproof/genproof/ipfs/car"
)

// The kind of sharded folders that kubo writes.
const (
	shardWidth    = 256
	shardHash     = 0x22 // murmur3
	maxShardDepth = 8    // bytes of the hash
)

func shardData(bits []byte, width, hash uint64) []byte {
	data, err := unixfs.HAMTShardData(bits, width, hash)
	if err != nil {
		panic(err)
	}
	return data
}

// bits is the bit field of the given places.
func bits(places ...byte) []byte {
	n := new(big.Int)
	for _, p := range places {
		n.SetBit(n, int(p), 1)
	}
	return n.Bytes()
}

// shard makes a part of a sharded folder with a right bit field.
func (f *forgery) shard(links map[byte]link) ipld.Node {
	var places []byte
	var named []link
	for place, l := range links {
		places = append(places, place)
		named = append(named, link{fmt.Sprintf("%02X%s", place, l.name), l.to})
	}
	return f.node(shardData(bits(places...), shardWidth, shardHash), named...)
}

func TestReadCAR_RefusesForgedShards(t *testing.T) {
	hash := binary.BigEndian.AppendUint64(nil, murmur3.Sum64([]byte("a")))
	first, second := hash[0], hash[1]
	at := func(place byte) string { return fmt.Sprintf("%02X", place) }
	for _, tc := range []struct {
		name string
		make func(f *forgery, x ipld.Node) ipld.Node
		want string // empty: accepted
	}{
		{"one part", func(f *forgery, x ipld.Node) ipld.Node {
			return f.shard(map[byte]link{first: {"a", x}})
		}, ""},
		{"part in a part", func(f *forgery, x ipld.Node) ipld.Node {
			return f.shard(map[byte]link{first: {"", f.shard(map[byte]link{second: {"a", x}})}})
		}, ""},
		{"wrong place", func(f *forgery, x ipld.Node) ipld.Node {
			return f.shard(map[byte]link{first ^ 1: {"a", x}})
		}, `"a" is in the wrong part`},
		{"wrong place in a part", func(f *forgery, x ipld.Node) ipld.Node {
			return f.shard(map[byte]link{first: {"", f.shard(map[byte]link{second ^ 1: {"a", x}})}})
		}, `"a" is in the wrong part`},
		{"part in the wrong place", func(f *forgery, x ipld.Node) ipld.Node {
			return f.shard(map[byte]link{first ^ 1: {"", f.shard(map[byte]link{second: {"a", x}})}})
		}, `"a" is in the wrong part`},
		{"no bit of a link", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(nil, shardWidth, shardHash), link{at(first) + "a", x})
		}, "bit field"},
		{"a bit of no link", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(bits(first, first^1), shardWidth, shardHash), link{at(first) + "a", x})
		}, "bit field"},
		{"two links in a place", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(bits(first), shardWidth, shardHash), link{at(first) + "a", x}, link{at(first), f.shard(nil)})
		}, "two links at " + at(first)},
		{"small letters", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(bits(0xab), shardWidth, shardHash), link{"aba", x})
		}, `a link "aba"`},
		{"no place", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(nil, shardWidth, shardHash), link{"a", x})
		}, `a link "a"`},
		{"another width", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(bits(first), 16, shardHash), link{at(first) + "a", x})
		}, "nobody writes"},
		{"another hash", func(f *forgery, x ipld.Node) ipld.Node {
			return f.node(shardData(bits(first), shardWidth, 0x12), link{at(first) + "a", x})
		}, "nobody writes"},
		{"a folder as part", func(f *forgery, x ipld.Node) ipld.Node {
			return f.shard(map[byte]link{first: {"", f.folder(link{"a", x})}})
		}, "want a part"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var f forgery
			whole := f.car(tc.make(&f, f.raw("x")))
			if tc.want != "" {
				assertRefused(t, whole, car.DefaultLimits, tc.want)
				return
			}
			if got := readBytes(t, whole).Paths(); len(got) != 1 || got[0] != "a" {
				t.Errorf("paths %q, want a", got)
			}
		})
	}
}
