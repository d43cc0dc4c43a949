package ipfs

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/exchange/offline"
	"github.com/ipfs/boxo/gateway"
	"github.com/ipfs/boxo/ipld/merkledag"
	uio "github.com/ipfs/boxo/ipld/unixfs/io"
	"github.com/ipfs/go-cid"

	"github.com/genproof/genproof/bundle"
)

// cards are documents of consecutive cards, as a contract sees them.
type cards struct {
	documents [][]byte
	digests   [][32]byte
	sizes     []uint64
}

func (c *cards) add(document []byte) {
	c.documents, c.digests, c.sizes = append(c.documents, document), append(c.digests, sha256.Sum256(document)), append(c.sizes, uint64(len(document)))
}

func contentOf(t *testing.T, f File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// boxoDirectory is the CID that boxo gives a folder of the documents.
func (c *cards) boxoDirectory(t *testing.T, first, n uint64) string {
	t.Helper()
	dir, err := uio.NewDirectory(sink{}, uio.WithCidBuilder(builder))
	if err != nil {
		t.Fatal(err)
	}
	for i, document := range c.documents {
		node, err := merkledag.NewRawNodeWPrefix(document, cid.V1Builder{Codec: cid.Raw, MhType: builder.MhType})
		if err != nil {
			t.Fatal(err)
		}
		if err := dir.AddChild(t.Context(), bundle.CardName(first+uint64(i), n)+".json", node); err != nil {
			t.Fatal(err)
		}
	}
	node, err := dir.GetNode()
	if err != nil {
		t.Fatal(err)
	}
	return node.Cid().String()
}

// A contract's directory is boxo's, at every number of cards of a group, with numbers of all
// widths, and sizes about those at which a varint grows.
func TestDirectoryDigest_IsBoxos(t *testing.T) {
	edges := []int{1, 2, 127, 128, 129, 16383, 16384, 16385, 1<<18 - 1}
	for _, row := range []struct{ first, cards, n uint64 }{
		{0, 1, 1}, {0, 4, 4}, {0, 16, 16}, {0, 64, 64}, {0, 128, 128}, {0, 256, 256}, {0, 512, 512}, {0, 512, 10_000}, {512, 256, 768}, {9_728, 272, 10_000}, {1<<22 - 512, 512, 1 << 22}, {1024, 1, 1025},
	} {
		c := new(cards)
		for i := range int(row.cards) {
			size := 200 + i
			if i%7 == 0 && i < 7*len(edges) {
				size = edges[i/7]
			}
			c.add(stream(fmt.Sprintf("card %d", i), size))
		}
		got := bundle.DirectoryCID(bundle.DirectoryDigest(row.first, row.n, c.digests, c.sizes))
		if want := c.boxoDirectory(t, row.first, row.n); got != want {
			t.Errorf("cards %d to %d of %d: %s, boxo says %s", row.first, row.first+row.cards-1, row.n, got, want)
		}
	}
}

// The folders of groups in what kubo gives the CIDs of [TestRoot_IsKubos] are those that a
// contract computes.
func TestDirectoryDigest_IsKubos(t *testing.T) {
	for n, root := range map[int]string{
		1: "bafybeiaitz3pqpm3igufptsadhyrn7o5lxfxovfykbpk6ay5pv2dbth6sa", 12: "bafybeifo2bgcxbgzbnfg6kzc5yrheuxxryt42kyebjklbqyireh7774w34",
		1000: "bafybeiami67jnjlgdimdkxmiccvno4bvaolwep4wb46yatbov3fthrek5i", 10000: "bafybeifl6rinfsglnshk4m4bqw4tev3ojd4r7nns3iupoq77msvtahvmre",
	} {
		files := documentsOf(n)
		dag, top := imported(t, written(t, files))
		if top.Cid().String() != root {
			t.Fatalf("%d documents: %s is not kubo's", n, top.Cid())
		}
		dir, err := uio.NewDirectoryFromNode(dag, top)
		if err != nil {
			t.Fatal(err)
		}
		for first := 0; first < n; first += 512 {
			c := new(cards)
			for i := first; i < min(first+512, n); i++ {
				c.add(contentOf(t, files[i]))
			}
			folder, err := dir.Find(t.Context(), fmt.Sprint(first/512))
			if err != nil {
				t.Fatal(err)
			}
			if got := bundle.DirectoryCID(bundle.DirectoryDigest(uint64(first), uint64(n), c.digests, c.sizes)); got != folder.Cid().String() {
				t.Errorf("group %d of %d documents: %s, kubo says %s", first/512, n, got, folder.Cid())
			}
		}
	}
}

// A gateway serves a card's document at the directory that a contract computes: from the CAR of the
// whole publication, whose root is another.
func TestDirectoryCID_IsFetchedFromAGateway(t *testing.T) {
	const n = 600
	files := documentsOf(n)
	h := host(t, written(t, append(files, file("drop.json", []byte("{}")))))
	backend, err := gateway.NewBlocksBackend(blockservice.New(h.store, offline.Exchange(h.store)))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gateway.NewHandler(gateway.Config{DeserializedResponses: true}, backend))
	t.Cleanup(server.Close)
	var group cards
	for _, f := range files[512:] {
		group.add(contentOf(t, f))
	}
	directory := bundle.DirectoryCID(bundle.DirectoryDigest(512, n, group.digests, group.sizes))
	for path, want := range map[string][]byte{"/512.json": group.documents[0], "/599.json": group.documents[87], "/511.json": nil, "/0512.json": nil} {
		answer, err := http.Get(server.URL + "/ipfs/" + directory + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if found := answer.StatusCode == http.StatusOK; err != nil || found != (want != nil) || found && string(body) != string(want) {
			t.Errorf("%s: %s, %v", path, answer.Status, err)
		}
	}
}
