package publication_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
)

const soldDeck = "../testdata/deck/"

func archiveOf(t *testing.T) (*publication.Archive, []byte) {
	t.Helper()
	data, err := os.ReadFile(soldDeck + "drop.car")
	if err != nil {
		t.Fatal(err)
	}
	a, err := publication.NewArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return a, data
}

// A group's directory is the folder of its documents, as boxo has written it into the CAR.
func TestDirectory_IsTheFolderInTheCAR(t *testing.T) {
	a, _ := archiveOf(t)
	p, err := publication.Read(a, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	digest, err := p.Directory(0)
	if err != nil {
		t.Fatal(err)
	}
	c, err := car.DecodeCID(bundle.DirectoryCID(digest))
	if err != nil {
		t.Fatal(err)
	}
	if path, ok := a.Folder(c); !ok || path != "documents/0" {
		t.Errorf("%s is the folder %q, %t", c, path, ok)
	}
	if path, ok := a.Folder(a.Root()); !ok || path != "" || p.Root != a.Root().String() {
		t.Errorf("the root is the folder %q, %t, of the publication %s", path, ok, p.Root)
	}
	for _, group := range []uint64{1, 12, 1 << 60, 1<<64 - 1} {
		if _, err := p.Directory(group); err == nil {
			t.Errorf("the deck has a group %d", group)
		}
	}
	files := publication.Files{}
	for _, name := range []string{"drop.json", "verifying.key", "batches/0.json", "batches/2.json"} {
		if files[name], err = os.ReadFile(soldDeck + name); err != nil {
			t.Fatal(err)
		}
	}
	part, err := publication.Read(files, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Directory(0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a batch: %v", err)
	}
}

// What addresses name is found by CIDs that were checked: of files, and of folders with a path.
func TestImages_OfACARAreFoundByTheirCIDs(t *testing.T) {
	a, _ := archiveOf(t)
	root := "ipfs://" + a.Root().String()
	document, err := os.ReadFile(soldDeck + "documents/0/05.json")
	if err != nil {
		t.Fatal(err)
	}
	own := "ipfs://" + car.Raw(document).String()
	found := a.Images([]string{own, root + "/documents/0/05.json", root, root + "/", root + "/documents", root + "//drop.json", root + "/../drop.json", own + "/x", "ipfs://", "ipfs:///drop.json", own[7:], "https://example.org"})
	if len(found) != 2 || found[own].Path != "documents/0/05.json" || found[root+"/documents/0/05.json"].CID != car.Raw(document).String() {
		t.Errorf("found %+v", found)
	}
}

func TestTrust_DescribesEitherKind(t *testing.T) {
	a, _ := archiveOf(t)
	var trust publication.Trust
	if err := trust.DescribeFrom(a); err != nil || trust.Deck == nil || trust.Description != nil {
		t.Errorf("a deck: %+v, %v", trust, err)
	}
	data, err := os.ReadFile("../testdata/published/drop.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := trust.Describe(data); err != nil || trust.Deck != nil || trust.Description == nil {
		t.Errorf("a drawn drop in its place: %+v, %v", trust, err)
	}
	if err := trust.DescribeFrom(publication.Files{}); !errors.Is(err, publication.ErrNoDescription) {
		t.Errorf("nothing: %v", err)
	}
	if err := trust.Describe([]byte("{")); err == nil {
		t.Error("half a description is taken")
	}
}
