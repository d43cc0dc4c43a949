package verdict

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

func filesOf(t *testing.T, dir string) publication.Files {
	t.Helper()
	files := publication.Files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[path], err = os.ReadFile(filepath.Join(dir, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func opened(t *testing.T, files publication.Files) *publication.Publication {
	t.Helper()
	p, err := publication.Read(files, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A marketplace's document and image are judged, not the published ones, for exactly one token.
func TestJudgeToken_JudgesWhatIsShown(t *testing.T) {
	deck, drawn := filesOf(t, "../../testdata/deck"), filesOf(t, "../../testdata/published")
	b, err := bundle.Unmarshal(drawn["bundles/2.json"])
	if err != nil {
		t.Fatal(err)
	}
	contract := "0x" + strings.Repeat("12", 20)
	image := func(number string) []byte {
		for name, data := range deck {
			if strings.TrimSuffix(path.Base(name), path.Ext(name)) == number && strings.HasPrefix(name, "images/") {
				return data
			}
		}
		t.Fatal("no image")
		return nil
	}
	for name, row := range map[string]struct {
		files  publication.Files
		q      Question
		level  verifier.Level
		reason string // of a rejection, or of what is not judged
		image  string
	}{
		"drawn":                   {drawn, Question{Token: 2}, verifier.Amber, "", ""},
		"its document":            {drawn, Question{Token: 2, Document: []byte(b.Document)}, verifier.Amber, "", ""},
		"another document":        {drawn, Question{Token: 2, Document: []byte(b.Document + " ")}, verifier.Rejected, "other bytes", ""},
		"an empty document":       {drawn, Question{Token: 2, Document: []byte{}}, verifier.Rejected, "other bytes", ""},
		"any contract":            {drawn, Question{Token: 2, ChainID: 1, Contract: contract}, verifier.Amber, "", ""}, // its beacon is self-chosen
		"another URI":             {drawn, Question{Token: 2, URI: "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"}, verifier.Rejected, "the contract's tokenURI is", ""},
		"no token":                {drawn, Question{Token: 9}, "", "there is no bundle of token 9", ""},
		"deck":                    {deck, Question{Token: 4}, verifier.Amber, "", ""},
		"its image":               {deck, Question{Token: 4, Image: image("3")}, verifier.Amber, "", publication.ImageNamed},
		"another image":           {deck, Question{Token: 4, Image: image("4")}, verifier.Rejected, "the image is another one than the document names", publication.ImageOther},
		"another card's document": {deck, Question{Token: 4, Document: deck["documents/0/04.json"]}, verifier.Rejected, "document: its SHA-256 is not the proven one", ""},
		"another directory":       {deck, Question{Token: 4, URI: "ipfs://bafybeifx5g5dacuqg7t2iirolf6x7iayrr7aksxyw6aypgsvxeatp5kjum/03.json"}, "", "is in another directory", ""},
		"a placeholder":           {deck, Question{Token: 4, URI: "ipfs://placeholder"}, "", "is no address of a card of this deck", ""},
		"no card":                 {deck, Question{Token: 13}, "", "the deck has tokens 1 to 12", ""},
		"token 0":                 {deck, Question{Token: 0}, "", "the deck has tokens 1 to 12", ""},
	} {
		a, err := JudgeToken(t.Context(), opened(t, row.files), row.q)
		if err != nil {
			if row.level != "" || !strings.Contains(err.Error(), row.reason) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if a.Level != row.level || !strings.Contains(a.Reason, row.reason) || (a.Reason == "") != (row.reason == "") || a.Image != row.image {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// Of a permuted deck nothing but the contract tells which card a token shows.
func TestJudgeToken_OfAPermutedDeckNeedsItsContract(t *testing.T) {
	p, err := publication.Open("../../testdata/sold/drop.car", publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.Deck == nil || p.Deck.Assignment != bundle.Permuted {
		t.Fatal("the published sale is of no permuted deck")
	}
	_, err = JudgeToken(t.Context(), p, Question{Token: p.Deck.FirstID})
	if err == nil || !strings.Contains(err.Error(), publication.ErrUndrawn.Error()) {
		t.Errorf("got %v", err)
	}
}
