package publication_test

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
)

// directory is the CID of the folder of all documents of the published deck, from its batches.
func directory(t *testing.T, files publication.Files) string {
	t.Helper()
	p, err := publication.Read(files, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	var digests [][32]byte
	var sizes []uint64
	for n := range uint64(2) {
		b, err := p.Batch(n)
		if err != nil {
			t.Fatal(err)
		}
		digests, sizes = append(digests, b.Digests...), append(sizes, b.Sizes...)
	}
	return bundle.DirectoryCID(bundle.DirectoryDigest(0, 7, digests, sizes))
}

func TestBatch_TellsWhatIsNotPublished(t *testing.T) {
	files := publishedDeck(t)
	delete(files, bundle.BatchPath(1))
	p, err := publication.Read(files, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := p.Batch(0); err != nil || b.First != 0 || len(b.Digests) != 4 {
		t.Errorf("batch 0: %+v, %v", b, err)
	}
	for _, n := range []uint64{1, 2, 1 << 60} {
		if _, err := p.Batch(n); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("batch %d: %v", n, err)
		}
	}
	files[bundle.BatchPath(0)] = []byte("{}")
	if _, err := p.Batch(0); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a batch of another form: %v", err)
	}
}

// What a token's address names is found in the publication, and nothing else is taken for it.
func TestCardDocument_IsTheOneOfTheAddress(t *testing.T) {
	files := publishedDeck(t)
	at := "ipfs://" + directory(t, files)
	find := func(files publication.Files, uri string) ([]byte, error) {
		p, err := publication.Read(files, publication.Trust{})
		if err != nil {
			t.Fatal(err)
		}
		return p.CardDocument(uri)
	}
	for card, name := range []string{"/0.json", "/1.json", "/2.json", "/3.json", "/4.json", "/5.json", "/6.json"} {
		document, err := find(files, at+name)
		if want := files[bundle.CardDocumentPath(uint64(card), 7, 4)]; err != nil || !bytes.Equal(document, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, uri := range []string{
		at + "/7.json", at + "/00.json", at + "/+1.json", at + "/1", at + "/1.json.json", at + "/1.json/", at + "/-1.json", at, at + "/", "",
		strings.TrimPrefix(at, "ipfs://") + "/1.json", "https://" + strings.TrimPrefix(at, "ipfs://") + "/1.json", at + "/18446744073709551616.json", "ipfs:///1.json", strings.ToUpper(at) + "/1.json",
	} {
		if _, err := find(files, uri); err == nil {
			t.Errorf("%q is an address of the deck", uri)
		}
	}
	if _, err := find(files, "ipfs://bafybeidsjnuk2t7qmkwe463v22aasbuhqn4n6ca6wb5h43h4rjth535mue/1.json"); err == nil || !strings.Contains(err.Error(), "another directory") {
		t.Errorf("another directory: %v", err)
	}
	path := bundle.CardDocumentPath(2, 7, 4)
	files[path] = append(bytes.Clone(files[path]), ' ')
	if _, err := find(files, at+"/2.json"); err == nil || !strings.Contains(err.Error(), "another than its batch has the digest of") {
		t.Errorf("another document: %v", err)
	}
	delete(files, path)
	if _, err := find(files, at+"/2.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a document that is not published: %v", err)
	}
	files[bundle.BatchPath(1)], files[bundle.BatchPath(0)] = files[bundle.BatchPath(0)], files[bundle.BatchPath(1)]
	if _, err := find(files, at+"/1.json"); err == nil || !strings.Contains(err.Error(), "another batch's file") {
		t.Errorf("batches that have changed places: %v", err)
	}
	drawn, err := publication.Open("../testdata/published", publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	defer drawn.Close()
	if _, err := drawn.CardDocument(at + "/1.json"); !errors.Is(err, publication.ErrNoDeck) {
		t.Errorf("a drawn drop: %v", err)
	}
}
