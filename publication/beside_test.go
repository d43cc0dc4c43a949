package publication_test

import (
	"bytes"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// lone opens a token's bundle, of a drop and a key that are trusted.
func lone(t *testing.T) *publication.Publication {
	t.Helper()
	files := inMemory(t)
	d, err := bundle.UnmarshalDescription(files[bundle.DescriptionFile])
	if err != nil {
		t.Fatal(err)
	}
	key, err := verifier.ParseKey(files[bundle.KeyFile])
	if err != nil {
		t.Fatal(err)
	}
	p, err := publication.One("2.json", files["bundles/2.json"], publication.Trust{Description: d, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSetDocument_IsJudgedInsteadOfTheBundles(t *testing.T) {
	b, err := bundle.Unmarshal(inMemory(t)["bundles/2.json"])
	if err != nil {
		t.Fatal(err)
	}
	for document, reason := range map[string]string{
		b.Document:       "",
		b.Document + " ": "documents: the file of the token's document has other bytes",
		"":               "documents: the file of the token's document has other bytes",
	} {
		p := lone(t)
		if err := p.SetDocument([]byte(document)); err != nil {
			t.Fatal(err)
		}
		if r := judge(t, p, nil); r.Tokens[0].Reason != reason {
			t.Errorf("%.20q: got %q, want %q", document, r.Tokens[0].Reason, reason)
		}
	}
	whole, err := publication.Read(inMemory(t), trust)
	if err != nil {
		t.Fatal(err)
	}
	if whole.SetDocument([]byte(b.Document)) == nil {
		t.Error("a whole publication takes a document beside it")
	}
}

func TestSetDocument_OfACard(t *testing.T) {
	p, err := publication.Read(publishedDeck(t), publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.CardBundle(3)
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for reason, document := range map[string][]byte{
		"": c.Document, "document: its SHA-256 is not the proven one": bytes.ToUpper(c.Document),
	} {
		one, err := publication.One("card.json", data, publication.Trust{})
		if err != nil {
			t.Fatal(err)
		}
		if err := one.SetDocument(document); err != nil {
			t.Fatal(err)
		}
		if r, err := one.JudgeDeck(t.Context(), nil); err != nil || r.Cards[0].Reason != reason {
			t.Errorf("want %q: %+v, %v", reason, r, err)
		}
	}
}

func TestFindImages_LeavesOutWhatItCannotTell(t *testing.T) {
	files := publication.Files{"images/a.png": []byte("a"), "images/b.png": []byte("b"), "images/sub/c.png": []byte("c"), "a.png": []byte("d"),
		"images/.DS_Store": []byte("a system's"), "images/Thumbs.db": []byte("another's")}
	own := "ipfs://" + car.Raw([]byte("a")).String()
	var entries []car.Entry
	for _, name := range []string{"a", "b"} {
		e, _, err := car.MakeFile(name+".png", bytes.NewReader([]byte(name)))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	folder, _ := car.MakeFolder("", entries)
	inside := "ipfs://" + folder.CID.String() + "/b.png"
	addresses := []string{own, inside, own + "/", own + "/a.png", "ipfs://" + folder.CID.String(), inside + "x", folder.CID.String() + "/b.png", "ipfs://" + car.Raw([]byte("c")).String()}
	found, err := publication.FindImages(files, addresses)
	if err != nil || len(found) != 2 || found[own].Path != "images/a.png" || found[inside].Path != "images/b.png" || found[inside].CID != car.Raw([]byte("b")).String() {
		t.Errorf("found %v, %v", found, err)
	}
	files["images/c.png"] = make([]byte, publication.MaxImage+1)
	if found, err := publication.FindImages(files, addresses); err != nil || len(found) != 1 || found[own].Path != "images/a.png" {
		t.Errorf("beside a file that is too large: found %v, %v", found, err)
	}
}
