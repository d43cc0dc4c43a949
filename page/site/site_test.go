package site

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

const (
	published = "../../testdata/published"
	deck      = "../../testdata/deck"
)

// memory is a site's files in memory.
type memory map[string][]byte

func (m memory) write(name string, data []byte) error { m[name] = bytes.Clone(data); return nil }

func (m memory) Names() (names []string, err error) {
	for name := range m {
		names = append(names, name)
	}
	return names, nil
}

func (m memory) Read(name string, limit int64) ([]byte, error) {
	return publication.Files(m).Read(name, limit)
}

// sourceOf reads a folder into memory, with changes.
func sourceOf(t *testing.T, dir string, change map[string]func([]byte) []byte) publication.Files {
	t.Helper()
	files := publication.Files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[name], err = os.ReadFile(filepath.Join(dir, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range change {
		changed := f(bytes.Clone(files[name]))
		if bytes.Equal(changed, files[name]) {
			t.Fatalf("%s is not changed", name)
		}
		files[name] = changed
	}
	return files
}

// judged is the site of what a folder holds.
func judged(t *testing.T, from publication.Files, trust publication.Trust, chain *Chain) *Site {
	t.Helper()
	p, err := publication.Read(from, trust)
	if err != nil {
		t.Fatal(err)
	}
	var s *Site
	if p.Deck != nil {
		r, err := p.JudgeDeck(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		s, err = OfDeck(p, verdict.OfDeck(p, r, verdict.KeyAlong), chain)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	r, err := p.Judge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s, err = OfDrop(p, verdict.OfDrop(p, r, verdict.KeyAlong), chain); err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t *testing.T, s *Site, images publication.Source, verifier []byte) memory {
	t.Helper()
	m := memory{}
	if err := s.Write(images, verifier, m.write); err != nil {
		t.Fatal(err)
	}
	return m
}

// pinned is trust in the key of a folder, as a release would have it.
func pinned(t *testing.T, from publication.Files, circuit string) publication.Trust {
	t.Helper()
	key, err := verifier.ParseKey(from["verifying.key"])
	if err != nil {
		t.Fatal(err)
	}
	return publication.Trust{Pinned: []circuits.KeyPin{{Circuit: circuit, Key: key.Digest()}}}
}

func flip(b []byte) []byte { b[len(b)/2] ^= 1; return b }

var (
	bdi  = regexp.MustCompile(`(?s)<bdi>.*?</bdi>`)
	tags = regexp.MustCompile(`<[^>]*>`)
)

// says is the text of a page as people read it.
func says(page []byte) string {
	return strings.Join(strings.Fields(strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&", "&#43;", "+").Replace(tags.ReplaceAllString(string(page), " "))), " ")
}

func TestSite_OfADeckUnderAKeyThatIsNotPinned(t *testing.T) {
	from := sourceOf(t, deck, nil)
	s := judged(t, from, publication.Trust{}, nil)
	m := written(t, s, from, []byte("the verifier"))
	index, card, proof := says(m["index.html"]), says(m["tokens/5.html"]), says(m["proof.html"])
	for _, row := range []struct{ page, want string }{
		{index, "Lantern Moths"}, {index, "12 cards"}, {index, "Card 11, token 12"}, {index, "No rarity is told here"}, {index, "image: not checked yet"},
		{index, "Checked by this page, which its publisher wrote: holds only if the maker of this key was honest (4 reservations): 12 cards"},
		{card, "Wings Moss amber"}, {card, "dna – the author’s words"}, {card, "licence – hidden"}, {card, "Committed Date unknown"}, {card, "Attested By nobody but the author"},
		{card, "Admitted Not known here"}, {card, "Beacon None is needed"}, {card, "fixed by the document; not a link, not loaded"}, {card, "Its exact text"},
		{proof, "claim.safety >= 0.80"}, {proof, "It does not say that it is true"}, {proof, "unsafe-development"}, {proof, "genproof verify publication"},
		{proof, "told of no other contract"}, {proof, fmt.Sprintf("%x", sha256.Sum256([]byte("the verifier")))},
	} {
		if !strings.Contains(row.page, row.want) {
			t.Errorf("the page does not say %q:\n%s", row.want, row.page)
		}
	}
	for name, page := range m {
		if strings.HasSuffix(name, ".html") && name != "proof.html" && bytes.Contains(page, []byte(`data-level="proven"`)) {
			t.Errorf("%s has something green", name)
		}
	}
	for _, name := range []string{"drop.json", "verifying.key", "policy.cel", "batches/2.json", "cards/11.json", "documents/0/11.json"} {
		if !bytes.Equal(m["publication/"+name], from[name]) {
			t.Errorf("publication/%s is not the file that was judged", name)
		}
	}
	images := 0
	for name, data := range m {
		if strings.HasPrefix(name, "images/") {
			images++
			if !slices.ContainsFunc([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}, func(n string) bool { return bytes.Equal(from["images/"+n+".png"], data) }) {
				t.Errorf("%s is no image of the deck", name)
			}
		}
	}
	if images == 0 {
		t.Error("there are no images")
	}
}

func TestSite_PassesItsOwnCheck(t *testing.T) {
	for _, dir := range []string{deck, published} {
		from := sourceOf(t, dir, nil)
		m := written(t, judged(t, from, publication.Trust{}, nil), from, []byte("the verifier"))
		r, err := Check(m, []byte("the verifier"))
		if err != nil || len(r.Faults) > 0 || r.Files != len(m) {
			t.Errorf("%s: %+v of %d files (%v)", dir, r, len(m), err)
		}
	}
}
