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
	return judgedAsking(t, from, trust, Asked{Chain: chain})
}

func judgedAsking(t *testing.T, from publication.Files, trust publication.Trust, asked Asked) *Site {
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
		s, err = OfDeck(p, verdict.OfDeck(p, r, verdict.KeyAlong), asked)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	r, err := p.Judge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s, err = OfDrop(p, verdict.OfDrop(p, r, verdict.KeyAlong), asked); err != nil {
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
	system, known := circuits.Digest(circuit)
	if !known {
		t.Fatal(circuit)
	}
	return publication.Trust{Pinned: []circuits.KeyPin{{Circuit: circuit, System: system, Key: key.Digest()}}}
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
		{proof, "told of no other contract"}, {proof, "of 12 addresses, 12 had a file with their bytes when this page was made"}, {proof, fmt.Sprintf("%x", sha256.Sum256([]byte("the verifier")))},
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

// A drawn drop's documents have nothing but what is proven of them.
func TestSite_OfADrawnDrop(t *testing.T) {
	from := sourceOf(t, published, nil)
	m := written(t, judged(t, from, publication.Trust{}, nil), from, nil)
	card, proof := says(m["tokens/2.html"]), says(m["proof.html"])
	for _, row := range []struct{ page, want string }{
		{card, "Round amber"}, {card, "license – hidden"}, {card, "Admitted No step of its own"}, {card, "Beacon No chain drew it"}, {card, "The drop's own key signed the claims"},
		{proof, "3 of 10000 tokens are here, 3 hold."}, {proof, "This site has no copy."}, {proof, "It does not say that the claims are true"}, {proof, "; of the whole set: "},
	} {
		if !strings.Contains(row.page, row.want) {
			t.Errorf("the page does not say %q:\n%s", row.want, row.page)
		}
	}
	if m[VerifierFile] != nil || m["publication/bundles/2.json"] == nil {
		t.Error("the site has a verifier that nobody gave it, or lacks a bundle")
	}
}

// Rarity is told of complete sets whose attributes are proven, and of nothing else.
func TestSite_TellsRarityOfProvenCompleteSetsAlone(t *testing.T) {
	from := sourceOf(t, deck, nil)
	trust := pinned(t, from, "deck/small")
	m := written(t, judged(t, from, trust, nil), from, nil)
	count := 0
	for n := range 12 {
		if bytes.Contains(from[fmt.Sprintf("documents/0/%02d.json", n)], []byte(`"Moss"`)) {
			count++
		}
	}
	if card := says(m["tokens/5.html"]); count == 0 || !strings.Contains(card, fmt.Sprintf("Wings Moss %d of 12 proven", count)) || strings.Contains(card, "No rarity") {
		t.Errorf("of the %d of 12 with moss the page says %s", count, card)
	}
	incomplete := sourceOf(t, deck, nil)
	delete(incomplete, "batches/2.json")
	other := pinned(t, from, "deck/standard")
	for what, s := range map[string]*Site{
		"a key that is not pinned":        judged(t, from, publication.Trust{}, nil),
		"one that is for another circuit": judged(t, from, other, nil),
		"a batch that is not there":       judged(t, incomplete, trust, nil),
		"a card that is rejected":         judged(t, sourceOf(t, deck, map[string]func([]byte) []byte{"cards/5.json": flip}), trust, nil),
	} {
		if m := written(t, s, nil, nil); s.RarityTold() || strings.Contains(says(m["tokens/0.html"]), "of 12 ") && strings.Contains(says(m["tokens/0.html"]), "Have it") {
			t.Errorf("%s: rarity is told", what)
		}
	}
}

// What is rejected shows its reason, and neither attribute nor image.
func TestSite_ShowsNothingOfWhatIsRejected(t *testing.T) {
	from := sourceOf(t, deck, map[string]func([]byte) []byte{"documents/0/05.json": flip})
	delete(from, "batches/2.json")
	m := written(t, judged(t, from, publication.Trust{}, nil), from, nil)
	card, index := says(m["tokens/5.html"]), says(m["index.html"])
	for _, row := range []struct{ page, want string }{
		{card, "Rejected. document: its SHA-256 is not the proven one"}, {card, "Image: not shown: the card is rejected."}, {card, "nothing about it holds"},
		{index, "Card 5, token 6 rejected"}, {index, "rejected: 1 of 12 cards are"}, {index, "Card 11, token 12 not checked"}, {says(m["tokens/11.html"]), "Not checked. its batch is not published"},
	} {
		if !strings.Contains(row.page, row.want) {
			t.Errorf("the page does not say %q:\n%s", row.want, row.page)
		}
	}
	if bytes.Contains(m["tokens/5.html"], []byte("<img")) || strings.Contains(card, "Moss") || strings.Contains(card, "hidden") {
		t.Errorf("something of a rejected card is shown: %s", card)
	}
	if proof := says(m["proof.html"]); strings.Contains(proof, "What a proof shows, and what not") {
		t.Error("a rejected deck is said to show something")
	}
}

// An image is shown if its bytes were hashed, and else said why not.
func TestSite_ShowsHashedImagesAlone(t *testing.T) {
	from := sourceOf(t, deck, nil)
	s := judged(t, from, publication.Trust{}, nil)
	with := written(t, s, from, nil)
	swapped := sourceOf(t, deck, map[string]func([]byte) []byte{"images/5.png": func([]byte) []byte { return from["images/6.png"] }})
	for what, images := range map[string]publication.Source{"no images": nil, "a swapped one": swapped} {
		m := written(t, s, images, nil)
		if card := says(m["tokens/5.html"]); !strings.Contains(card, "not checked yet. No file with its bytes was there") || bytes.Contains(m["tokens/5.html"], []byte("<img")) {
			t.Errorf("%s: the page says %s", what, card)
		}
	}
	// The addresses are within one folder: with one image swapped the folder is another.
	if proof := says(written(t, s, swapped, nil)["proof.html"]); !strings.Contains(proof, "of 12 addresses, 0 had a file") || strings.Contains(proof, "nobody compared them") {
		t.Errorf("of a swapped image the page says %s", proof)
	}
	name := fmt.Sprintf("images/%x.png", sha256.Sum256(from["images/5.png"]))
	if !bytes.Equal(with[name], from["images/5.png"]) || !bytes.Contains(with["tokens/5.html"], []byte(`<noscript><img src="../`+name)) {
		t.Errorf("the card's own image is not shown")
	}
	for i := range s.Entries {
		for j := range s.Entries[i].Addresses {
			s.Entries[i].Addresses[j] = verdict.Address{Member: "image", Address: "https://example.org/5.png"}
		}
	}
	if m := written(t, s, from, nil); !strings.Contains(says(m["tokens/5.html"]), "Image: can change. Its address does not say what the bytes are.") || bytes.Contains(m["tokens/5.html"], []byte(`href="https://example`)) {
		t.Error("an address that can change is not marked, or can be followed")
	}
}

func TestSite_TellsWhatAContractSays(t *testing.T) {
	from := sourceOf(t, deck, nil)
	chain := &Chain{
		Source: "according to example.org at block 9 of chain 1", Committed: "In block 4.", Admitted: "1 of 1 group.", Minted: "2 of 12 tokens.",
		Entries: map[uint64]ChainEntry{5: {Token: "token 6", Minted: "Yes"}},
	}
	s := judged(t, from, publication.Trust{}, chain)
	s.Also, s.Contact = []string{"0x00000000219ab540356cBB839Cbe05303d7705Fa"}, "https://example.org/notices"
	m := written(t, s, nil, nil)
	card, other, proof := says(m["tokens/5.html"]), says(m["tokens/4.html"]), says(m["proof.html"])
	for _, row := range []struct{ page, want string }{
		{card, "Committed In block 4."}, {card, "Admitted 1 of 1 group."}, {card, "This Card is minted Yes, according to example.org at block 9 of chain 1"}, {other, "This Card is minted Not known here."},
		{proof, "is told according to example.org at block 9 of chain 1, and is no part of the proofs"}, {proof, "0x00000000219ab540356cBB839Cbe05303d7705Fa"}, {proof, "https://example.org/notices (the publisher’s)"},
	} {
		if !strings.Contains(row.page, row.want) {
			t.Errorf("the page does not say %q:\n%s", row.want, row.page)
		}
	}
	if !bytes.Contains(m["proof.html"], []byte(`rel="noopener noreferrer nofollow" href="https://example.org/notices"`)) {
		t.Error("the contact cannot be followed")
	}
}

// forbidden are words that no page says of itself.
var forbidden = regexp.MustCompile(`(?i)\b(verified|safe|authentic|trusted)\b`)

func TestSite_NeverVouchesForItsPublisher(t *testing.T) {
	for _, dir := range []string{"templates", "script"} {
		list, err := fs.ReadDir(sources, dir)
		if err != nil || len(list) == 0 {
			t.Fatal(err)
		}
		for _, e := range list {
			data, err := sources.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			if found := forbidden.Find(bytes.ReplaceAll(data, []byte("trusted-types"), nil)); found != nil {
				t.Errorf("%s says %q", e.Name(), found)
			}
		}
	}
	drawn, whole := sourceOf(t, published, nil), sourceOf(t, deck, nil)
	mine := pinned(t, whole, "deck/small")
	mine.Pinned, mine.Verified = []circuits.KeyPin{}, mine.Pinned
	for what, s := range map[string]*Site{
		"a deck": judged(t, whole, publication.Trust{}, nil), "a drop": judged(t, drawn, publication.Trust{}, nil), "a pinned key": judged(t, whole, pinned(t, whole, "deck/small"), nil),
		"a key of one's own": judged(t, whole, mine, nil), "a rejected deck": judged(t, sourceOf(t, deck, map[string]func([]byte) []byte{"cards/5.json": flip}), publication.Trust{}, nil),
	} {
		for name, page := range written(t, s, nil, nil) {
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			text := bdi.ReplaceAll(bytes.TrimPrefix(page, start), nil) // without its policy, and foreign texts, in which such words stand in boxes
			if found := forbidden.Find(text); found != nil {
				t.Errorf("%s, %s: it says %q", what, name, found)
			}
			if !bytes.Contains(page, []byte(admission)) || !bytes.Contains(page, []byte("which its publisher wrote")) {
				t.Errorf("%s, %s: it does not say who wrote it", what, name)
			}
		}
	}
	if s := judged(t, whole, mine, nil); s.Level != verifier.Proven || !strings.Contains(s.Line, "proven under a key whose ceremony the maker of this page has checked") {
		t.Errorf("of a key that its maker checked the page says %s", s.Line)
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
