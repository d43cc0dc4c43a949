package ipfs

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/boxo/ipld/merkledag"
	"github.com/ipfs/boxo/ipld/unixfs"
	"github.com/ipfs/go-cid"
	ipld "github.com/ipfs/go-ipld-format"
	"github.com/multiformats/go-multihash"

	"github.com/genproof/genproof/ipfs/car"
)

// written writes files to a CAR and returns its path.
func written(t testing.TB, files []File) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.car")
	if _, err := WriteCAR(context.Background(), path, files); err != nil {
		t.Fatal(err)
	}
	return path
}

// A forgery is a CAR made block by block.
type forgery struct {
	blocks [][]byte // sections
	sizes  map[cid.Cid]uint64
}

func (f *forgery) put(n ipld.Node) ipld.Node {
	if f.sizes == nil {
		f.sizes = make(map[cid.Cid]uint64)
	}
	if _, there := f.sizes[n.Cid()]; !there {
		f.blocks = append(f.blocks, section(n.Cid(), n.RawData()))
		f.sizes[n.Cid()] = 1
	}
	return n
}

func section(c cid.Cid, content []byte) []byte {
	b := binary.AppendUvarint(nil, uint64(c.ByteLen()+len(content)))
	return append(append(b, c.Bytes()...), content...)
}

func (f *forgery) raw(content string) ipld.Node { return f.put(merkledag.NewRawNode([]byte(content))) }

// rightHash puts any bytes as a dag-pb block.
func (f *forgery) rightHash(content []byte) ipld.Node {
	hash, err := multihash.Sum(content, multihash.SHA2_256, -1)
	if err != nil {
		panic(err)
	}
	c := cid.NewCidV1(cid.DagProtobuf, hash)
	f.blocks = append(f.blocks, section(c, content))
	return made{cid: c}
}

type link struct {
	name string
	to   ipld.Node
}

func (f *forgery) node(data []byte, links ...link) ipld.Node {
	n := merkledag.NodeWithData(data)
	n.SetCidBuilder(builder)
	for _, l := range links {
		if err := n.AddRawLink(l.name, &ipld.Link{Cid: l.to.Cid(), Size: 1}); err != nil {
			panic(err)
		}
	}
	return f.put(n)
}

func (f *forgery) folder(links ...link) ipld.Node { return f.node(unixfs.FolderPBData(), links...) }

// file makes a node of a file that claims children of the given sizes.
func (f *forgery) file(claimed []uint64, children ...ipld.Node) ipld.Node {
	fs := unixfs.NewFSNode(unixfs.TFile)
	for _, n := range claimed {
		fs.AddBlockSize(n)
	}
	data, err := fs.GetBytes()
	if err != nil {
		panic(err)
	}
	var links []link
	for _, child := range children {
		links = append(links, link{"", child})
	}
	return f.node(data, links...)
}

// own is a CID as package car has it, whatever its bytes mean.
func own(c cid.Cid) car.CID { return car.CID(c.Bytes()) }

func header(c cid.Cid) []byte {
	return car.Header(own(c))
}

func (f *forgery) car(root ipld.Node) []byte {
	return slices.Concat(header(root.Cid()), bytes.Join(f.blocks, nil))
}

func assertRefused(t *testing.T, whole []byte, lim car.Limits, want string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hostile.car")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	a, err := car.Open(path, lim)
	if err == nil {
		a.Close()
		t.Fatalf("accepted, want an error with %q", want)
	}
	if !strings.Contains(err.Error(), want) {
		t.Errorf("got %q, want %q in it", err, want)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("refused after %v, want within a second", took)
	}
}

func TestReadCAR_ReturnsWhatWasWritten(t *testing.T) {
	files := append(numbered("documents", 6000, 40), sized(map[string]int{
		"drop.json": 300, "empty": 0, "a/b/c/deep": 10, "a/b/x": 11, "a.b": 12, "long": 3<<20 + 5, "same/1": 7,
	})...)
	files = append(files, file("same/2", stream("same/1", 7)))
	path := written(t, files)
	a, err := car.Open(path, car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if got := a.Paths(); len(got) != len(files) {
		t.Fatalf("%d files, want %d", len(got), len(files))
	}
	for _, f := range files {
		r, _ := f.Open()
		want, _ := io.ReadAll(r)
		got, err := a.ReadFile(f.Path)
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%s: %d bytes, %v, want %d bytes", f.Path, len(got), err, len(want))
		}
		c, err := a.CID(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if name := car.Raw(want); len(want) <= chunkBytes && name != c {
			t.Fatalf("%s: CID %s, as a document %s", f.Path, c, name)
		}
	}
	if _, err := a.ReadFile("documents"); err == nil {
		t.Error("a folder was read as a file")
	}
}

func TestReadCAR_RefusesDamage(t *testing.T) {
	whole, err := os.ReadFile(written(t, numbered("documents", 3, 50)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		assertRefused(t, whole[:n], car.DefaultLimits, "reading CAR")
	}
	for i := range whole {
		flipped := slices.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		assertRefused(t, flipped, car.DefaultLimits, "reading CAR")
	}
}

func TestReadCAR_RefusesForgeries(t *testing.T) {
	identity, err := multihash.Sum([]byte("hidden"), multihash.IDENTITY, -1)
	if err != nil {
		t.Fatal(err)
	}
	blake, err := multihash.Sum([]byte("x"), multihash.BLAKE3, 32)
	if err != nil {
		t.Fatal(err)
	}
	var f forgery
	x := f.raw("x")
	good := f.folder(link{"a", x})
	whole := f.car(good)
	absent, other := merkledag.NewRawNode([]byte("absent")), merkledag.NewRawNode([]byte("other"))
	length := func(n uint64) []byte { return binary.AppendUvarint(nil, n) }

	folder := func(links ...link) []byte {
		var f forgery
		f.raw("x")
		return f.car(f.folder(links...))
	}
	forged := func(make func(f *forgery) ipld.Node) []byte {
		var f forgery
		return f.car(make(&f))
	}
	small := car.DefaultLimits
	small.Bytes, small.FileBytes, small.Blocks, small.Entries = 4096, 3, 3, 2

	for _, tc := range []struct {
		name string
		car  []byte
		lim  car.Limits
		want string
	}{
		{"empty", nil, car.DefaultLimits, "too short"},
		{"version 2", append([]byte("\x0a\xa1gversion\x02"), make([]byte, 100)...), car.DefaultLimits, "version 2"},
		{"header of the longest length", append(length(1<<63), whole...), car.DefaultLimits, "not a CAR"},
		{"two roots", bytes.Replace(whole, []byte("roots\x81"), []byte("roots\x82"), 1), car.DefaultLimits, "one root"},
		{"identity root", car.Header(car.CID{}), car.DefaultLimits, "want version 1"},
		{"trailing zero", append(slices.Clone(whole), 0), car.DefaultLimits, "not a block"},
		{"trailing text", append(slices.Clone(whole), "hello"...), car.DefaultLimits, "claims 104 bytes"},
		{"section of the longest length", append(slices.Clone(whole), length(1<<63)...), car.DefaultLimits, "claims 9223372036854775808 bytes, want at most"},
		{"length that never ends", append(slices.Clone(whole), bytes.Repeat([]byte{0xff}, 64)...), car.DefaultLimits, "not a number"},
		{"section past the end", append(slices.Clone(whole), length(1<<20)...), car.DefaultLimits, "the file ends before"},
		{"wrong hash", append(slices.Clone(whole), section(x.Cid(), []byte("y"))...), car.DefaultLimits, "is not that of " + x.Cid().String()},
		{"identity CID", append(slices.Clone(whole), section(cid.NewCidV1(cid.Raw, identity), bytes.Repeat([]byte("hidden"), 9))...), car.DefaultLimits, "CID 01550006"},
		{"another hash", append(slices.Clone(whole), section(cid.NewCidV1(cid.Raw, blake), []byte("x"))...), car.DefaultLimits, "want version 1"},
		{"block twice, the second of other bytes", append(slices.Clone(whole), section(x.Cid(), []byte("y"))...), car.DefaultLimits, "is not that of " + x.Cid().String()},
		{"block twice, the first of other bytes", slices.Concat(header(good.Cid()), section(x.Cid(), []byte("y")), bytes.Join(f.blocks, nil)), car.DefaultLimits, "is not that of " + x.Cid().String()},
		{"block twice, the second cut", append(slices.Clone(whole), section(x.Cid(), []byte("x"))[:36]...), car.DefaultLimits, "the file ends before"},
		{"missing file and a block of none", slices.Concat(folder(link{"a", x}, link{"b", absent}), section(other.Cid(), other.RawData())), car.DefaultLimits, "block " + absent.Cid().String() + " is missing"},
		{"missing root", header(good.Cid()), car.DefaultLimits, good.Cid().String() + " is missing"},
		{"missing file", folder(link{"a", x}, link{"b", absent}), car.DefaultLimits, `"/b": block ` + absent.Cid().String() + " is missing"},
		{"root is raw", forged(func(f *forgery) ipld.Node { return f.raw("x") }), car.DefaultLimits, "root is a file"},
		{"root is a file", forged(func(f *forgery) ipld.Node { return f.file([]uint64{1}, f.raw("x")) }), car.DefaultLimits, "root is a file"},
		{"entry twice", folder(link{"a", x}, link{"a", x}), car.DefaultLimits, "twice"},
		{"entry twice, of two files", func() []byte {
			var f forgery
			return f.car(f.folder(link{"a", f.raw("x")}, link{"a", f.raw("y")}))
		}(), car.DefaultLimits, "twice"},
		{"entry without name", folder(link{"", x}), car.DefaultLimits, "portable"},
		{"entry upwards", folder(link{"..", x}), car.DefaultLimits, "portable"},
		{"entry with slash", folder(link{"a/b", x}), car.DefaultLimits, "portable"},
		{"entry with escape", folder(link{"\x1b[2J", x}), car.DefaultLimits, "portable"},
		{"long name", folder(link{strings.Repeat("a", 256), x}), car.DefaultLimits, "portable"},
		{"symbolic link", forged(func(f *forgery) ipld.Node {
			data, _ := unixfs.SymlinkData("/etc/passwd")
			return f.folder(link{"a", f.node(data)})
		}), car.DefaultLimits, "Symlink"},
		{"no UnixFS", forged(func(f *forgery) ipld.Node { return f.node([]byte("\xff\xff")) }), car.DefaultLimits, "not UnixFS"},
		{"no dag-pb", forged(func(f *forgery) ipld.Node { return f.rightHash([]byte("\xff")) }), car.DefaultLimits, "not dag-pb"},
		{"file that lies about a block", forged(func(f *forgery) ipld.Node {
			return f.folder(link{"a", f.file([]uint64{2}, f.raw("x"))})
		}), car.DefaultLimits, "it says that"},
		{"file with a claim too many", forged(func(f *forgery) ipld.Node {
			return f.folder(link{"a", f.file([]uint64{1, 1}, f.raw("x"))})
		}), car.DefaultLimits, "not a node of a file"},
		{"file within its content", forged(func(f *forgery) ipld.Node {
			return f.folder(link{"a", f.node(unixfs.FilePBData([]byte("inline"), 6))})
		}), car.DefaultLimits, "not a node of a file"},
		{"folder as part of a file", forged(func(f *forgery) ipld.Node {
			return f.folder(link{"a", f.file([]uint64{0}, f.folder())})
		}), car.DefaultLimits, "not a node of a file"},
		{"longer than allowed", make([]byte, 5000), small, "want at most 4096"},
		{"file longer than allowed", forged(func(f *forgery) ipld.Node {
			return f.folder(link{"a", f.raw("abcd")})
		}), small, "longer than 3 bytes"},
		{"more blocks than allowed", forged(func(f *forgery) ipld.Node {
			return f.folder(link{"a", f.raw("a")}, link{"b", f.raw("b")}, link{"c", f.raw("c")})
		}), small, "more than 3 blocks"},
		{"more files than allowed", folder(link{"a", x}, link{"b", x}, link{"c", x}), small, "more than 2 files"},
	} {
		t.Run(tc.name, func(t *testing.T) { assertRefused(t, tc.car, tc.lim, tc.want) })
	}
}

// Gateways and exporters write a block as often as it is linked: the same bytes, as its hash says.
func TestReadCAR_TakesABlockThatStandsThereAgain(t *testing.T) {
	whole, err := os.ReadFile(written(t, append(numbered("documents", 300, 50), sized(map[string]int{"long": 3<<20 + 5})...)))
	if err != nil {
		t.Fatal(err)
	}
	want := readBytes(t, whole)
	blocks := whole[len(car.Header(want.Root())):]
	first, err := want.ReadFile(want.Paths()[0])
	if err != nil {
		t.Fatal(err)
	}
	often := bytes.Repeat(car.Section(car.Raw(first), first), 400)
	small := car.DefaultLimits
	small.Blocks = 310 // those of the tree, counted once
	for name, twice := range map[string][]byte{"all of them": append(slices.Clone(whole), blocks...), "often": append(slices.Clone(whole), often...)} {
		path := filepath.Join(t.TempDir(), "twice.car")
		if err := os.WriteFile(path, twice, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := car.Open(path, small)
		if err != nil {
			t.Fatal(name, err)
		}
		if got.Root() != want.Root() || !slices.Equal(got.Paths(), want.Paths()) {
			t.Errorf("%s: another tree", name)
		}
		for _, p := range want.Paths() {
			a, errA := want.ReadFile(p)
			b, errB := got.ReadFile(p)
			if errA != nil || errB != nil || !bytes.Equal(a, b) {
				t.Errorf("%s: %s: %v %v", name, p, errA, errB)
			}
		}
		got.Close()
	}
}

// What a file says where its blocks were found is checked again whenever it is read: of a block
// that stands there twice, whichever is changed later.
func TestReadFile_ChecksABlockThatStandsThereAgain(t *testing.T) {
	var f forgery
	x := f.raw("x")
	whole := append(f.car(f.folder(link{"a", x})), section(x.Cid(), []byte("x"))...)
	path := filepath.Join(t.TempDir(), "twice.car")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := car.Open(path, car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for i := range whole[58:] {
		changed := slices.Clone(whole)
		changed[58+i] ^= 1
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := a.ReadFile("a"); err == nil && string(got) != "x" {
			t.Fatalf("with byte %d changed it reads %q", i, got)
		}
	}
}

// A tree that is whole, and more: another answer than damage, by what stands there first.
func TestReadCAR_TellsBlocksOfNoFile(t *testing.T) {
	var f forgery
	x := f.raw("x")
	root := f.folder(link{"a", x})
	one, two := merkledag.NewRawNode([]byte("one")), merkledag.NewRawNode([]byte("two"))
	whole := slices.Concat(header(root.Cid()), section(two.Cid(), two.RawData()), bytes.Join(f.blocks, nil), section(one.Cid(), one.RawData()), section(two.Cid(), two.RawData()))
	for range 20 { // whatever the order of a map
		_, err := car.New(bytes.NewReader(whole), int64(len(whole)), car.DefaultLimits)
		var more *car.Surplus
		if !errors.As(err, &more) || more.Blocks != 2 || more.First != own(two.Cid()) {
			t.Fatalf("got %v", err)
		}
	}
	damaged := slices.Clone(whole)
	damaged[len(damaged)-1] ^= 1
	var more *car.Surplus
	if _, err := car.New(bytes.NewReader(damaged), int64(len(damaged)), car.DefaultLimits); err == nil || errors.As(err, &more) {
		t.Errorf("a wrong hash among them: %v", err)
	}
}

func TestReadCAR_RefusesBombs(t *testing.T) {
	deep := func(levels, width int) []byte { // width^levels files in a few kilobytes
		var f forgery
		var n = f.raw("x")
		for range levels {
			var links []link
			for i := range width {
				links = append(links, link{string(rune('a' + i)), n})
			}
			n = f.folder(links...)
		}
		return f.car(n)
	}
	zeros := func() []byte { // a file of 40000^4 empty blocks
		var f forgery
		var n = f.raw("")
		for range 4 {
			children := slices.Repeat([]ipld.Node{n}, 10000)
			n = f.file(make([]uint64, len(children)), children...)
		}
		return f.car(f.folder(link{"a", n}))
	}
	padded := func() []byte { // folders that cost much to decode and have no entry
		var f forgery
		n := f.node(shardData(make([]byte, 1<<20), shardWidth, shardHash))
		var links []link
		for i := range 20000 {
			links = append(links, link{string(rune(0x4e00 + i)), n})
		}
		return f.car(f.folder(links...))
	}
	shards := func() []byte { // shards in shards
		var f forgery
		data := shardData(bytes.Repeat([]byte{0xff}, 32), shardWidth, shardHash)
		n := f.node(shardData(nil, shardWidth, shardHash))
		for range maxShardDepth - 1 {
			var links []link
			for i := range shardWidth {
				links = append(links, link{fmt.Sprintf("%02X", i), n})
			}
			n = f.node(data, links...)
		}
		return f.car(n)
	}
	for _, tc := range []struct {
		name string
		car  []byte
		want string
	}{
		{"wide and deep", deep(car.MaxDepth, 20), "repeat"},
		{"too deep", deep(car.MaxDepth+1, 1), "deeper"},
		{"empty blocks", zeros(), "repeat"},
		{"costly folders", padded(), "repeat"},
		{"shards", shards(), "repeat"},
	} {
		t.Run(tc.name, func(t *testing.T) { assertRefused(t, tc.car, car.DefaultLimits, tc.want) })
	}
}

func readBytes(t *testing.T, whole []byte) *car.Archive {
	t.Helper()
	path := filepath.Join(t.TempDir(), "good.car")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := car.Open(path, car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}
