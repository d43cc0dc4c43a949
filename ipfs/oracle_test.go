package ipfs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/exchange/offline"
	"github.com/ipfs/boxo/ipld/merkledag"
	uio "github.com/ipfs/boxo/ipld/unixfs/io"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	ipld "github.com/ipfs/go-ipld-format"
	gocar "github.com/ipld/go-car/v2"

	"github.com/genproof/genproof/ipfs/car"
)

// imported reads a CAR as a node does: go-car's reader into a block store, and boxo's own
// files and folders over it.
func imported(t *testing.T, path string) (ipld.DAGService, ipld.Node) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gocar.NewBlockReader(f)
	if err != nil {
		t.Fatal(err)
	}
	store := blockstore.NewBlockstore(dssync.MutexWrap(datastore.NewMapDatastore()))
	for {
		block, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Put(context.Background(), block); err != nil {
			t.Fatal(err)
		}
	}
	dag := merkledag.NewDAGService(blockservice.New(store, offline.Exchange(store)))
	root, err := dag.Get(context.Background(), r.Roots[0])
	if err != nil {
		t.Fatal(err)
	}
	return dag, root
}

// list collects the files below a folder by boxo's readers.
func list(t *testing.T, dag ipld.DAGService, at string, node ipld.Node, into map[string][]byte) {
	t.Helper()
	ctx := context.Background()
	dir, err := uio.NewDirectoryFromNode(dag, node)
	if err == uio.ErrNotADir {
		r, err := uio.NewDagReader(ctx, node, dag)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		into[at] = content
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	links, err := dir.Links(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		child, err := link.GetNode(ctx, dag)
		if err != nil {
			t.Fatal(err)
		}
		list(t, dag, path.Join(at, link.Name), child, into)
	}
}

func TestWriteCAR_NodesReadEveryFile(t *testing.T) {
	files := append(numbered("documents", 6000, 40), sized(map[string]int{"drop.json": 300, "a/b/c": 5, "long": 2<<20 + 5})...)
	carPath := written(t, files)
	dag, root := imported(t, carPath)
	theirs := make(map[string][]byte)
	list(t, dag, "", root, theirs)
	if len(theirs) != len(files) {
		t.Fatalf("%d files, want %d", len(theirs), len(files))
	}
	for _, f := range files {
		r, _ := f.Open()
		if want, _ := io.ReadAll(r); !bytes.Equal(theirs[f.Path], want) {
			t.Fatalf("%s: other content", f.Path)
		}
	}
	a, err := car.Open(carPath, car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if a.Root() != own(root.Cid()) {
		t.Errorf("root %s, a node reads %s", a.Root(), root.Cid())
	}
}

// A sharded folder finds a name by its hash, which is how gateways look it up.
func TestWriteCAR_ShardedNamesAreFound(t *testing.T) {
	dag, root := imported(t, written(t, numbered("documents", 6000, 40)))
	dir, err := uio.NewDirectoryFromNode(dag, root)
	if err != nil {
		t.Fatal(err)
	}
	documents, err := dir.Find(context.Background(), "documents")
	if err != nil {
		t.Fatal(err)
	}
	sharded, err := uio.NewDirectoryFromNode(dag, documents)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{1, 2999, 6000} {
		name := fmt.Sprintf("%05d.json", i)
		node, err := sharded.Find(context.Background(), name)
		if err != nil {
			t.Fatal(err)
		}
		if want := stream("documents/"+name, 40); !bytes.Equal(node.RawData(), want) {
			t.Errorf("%s: other content", name)
		}
	}
}

func TestRaw_IsTheBase32OfTheHash(t *testing.T) {
	for document, want := range map[string]string{ // as everybody knows them
		"":            "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
		"hello world": "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
	} {
		if got := car.Raw([]byte(document)).String(); got != want {
			t.Errorf("%q: %s, want %s", document, got, want)
		}
	}
	for n := range 200 {
		document := stream("document", n)
		if got := car.Raw(document).String(); got != handMade(document) {
			t.Fatalf("%d bytes: %s, want %s", n, got, handMade(document))
		}
	}
}

// TestDecodeCID_TakesOneSpelling: a CID in a file must not have two.
func TestDecodeCID_TakesOneSpelling(t *testing.T) {
	c := car.Raw([]byte("hello world"))
	if got, err := car.DecodeCID(c.String()); err != nil || got != c {
		t.Errorf("%s, %v", got, err)
	}
	oracle, err := cid.Decode(c.String())
	if err != nil || !bytes.Equal(oracle.Bytes(), c[:]) || oracle.Prefix().Codec != cid.Raw {
		t.Errorf("go-cid reads %v, %v", oracle, err)
	}
	last := c.String()[:58] // the last digit holds 2 bits of no byte
	for _, s := range []string{"", "b", strings.ToUpper(c.String()), c.String()[1:], c.String() + "a", last + "f", "z" + c.String()[1:], "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n"} {
		if got, err := car.DecodeCID(s); err == nil {
			t.Errorf("%q is taken for %s", s, got)
		}
	}
}

func TestWriteCAR_SameFilesSameBytes(t *testing.T) {
	files := append(numbered("documents", 6000, 40), numbered("bundles", 20, 50)...)
	first, err := os.ReadFile(written(t, files))
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(files)
	second, err := os.ReadFile(written(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("other bytes for the same files in another order")
	}
}
