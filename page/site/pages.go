package site

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// perPage is the number of entries on a page of the gallery.
const perPage = 96

// A page is what every template gets.
type page struct {
	*Site
	Up             string // from the page to the site's folder
	VerifierDigest string // empty if the site holds none
}

func (w *writing) page(up string) page {
	p := page{Site: w.Site, Up: up}
	if w.verifier != nil {
		p.VerifierDigest = fmt.Sprintf("%x", sha256.Sum256(w.verifier))
	}
	return p
}

// Holds reports whether what was checked of the whole holds.
func (p page) Holds() bool { return p.Level.Holds() }

// A tile is an entry in the gallery.
type tile struct {
	*Entry
	What string
	Shot Shot
	Name []Piece
}

type galleryPage struct {
	page
	Tiles          []tile
	Number, Pages  int
	Before, Behind string // the pages beside
	Shards         []int
	First          bool
}

func galleryName(n int) string {
	if n == 1 {
		return indexFile
	}
	return fmt.Sprintf("%s/%d.html", pagesDir, n)
}

func (w *writing) writeGallery() error {
	pages := max(1, (len(w.Entries)+perPage-1)/perPage)
	for n := 1; n <= pages; n++ {
		up := "../"
		if n == 1 {
			up = ""
		}
		g := galleryPage{page: w.page(up), Number: n, Pages: pages, First: n == 1}
		for i := range w.Entries[(n-1)*perPage : min(n*perPage, len(w.Entries))] {
			e := &w.Entries[(n-1)*perPage+i]
			g.Tiles = append(g.Tiles, tile{e, w.What(), w.shotOf(e), plain(short(e.Name))})
		}
		if n > 1 {
			g.Before = up + galleryName(n-1)
		}
		if n < pages {
			g.Behind = up + galleryName(n+1)
		}
		if g.First {
			for i := range w.shards() {
				g.Shards = append(g.Shards, i)
			}
		}
		if err := w.render(galleryName(n), "gallery", g); err != nil {
			return err
		}
	}
	return nil
}

// shotOf is what is shown of an entry: nothing of one that is rejected.
func (w *writing) shotOf(e *Entry) Shot {
	if e.Level == verifier.Rejected {
		return Shot{Says: "Image: not shown: the " + strings.ToLower(w.What()) + " is rejected.", Mark: markNotShown}
	}
	return w.shots[e.Image().Address]
}

// An attributeRow is one row of a table: what it is worth, and how many others have it.
type attributeRow struct {
	Label, Value Foreign
	HasValue     bool
	Kind         string // a level, or words
	Note         string // what is said behind it
	Rarity       string
}

type tokenPage struct {
	page
	*Entry
	Shot           Shot
	Title          string
	Attributes     []attributeRow
	MoreWords      int
	Document       Foreign
	DocumentBytes  int
	NoDocument     string
	Before, Behind string
}

// maxRows bounds the author's words of one page.
const maxRows = 200

func tokenName(number uint64) string { return fmt.Sprintf("%s/%d.html", tokensDir, number) }

func (w *writing) writeTokens() error {
	for i := range w.Entries {
		e := &w.Entries[i]
		t := tokenPage{page: w.page("../"), Entry: e, Shot: w.shotOf(e), Title: fmt.Sprintf("%s %d", w.What(), e.Number)}
		if i > 0 {
			t.Before = fmt.Sprintf("%d.html", w.Entries[i-1].Number)
		}
		if i+1 < len(w.Entries) {
			t.Behind = fmt.Sprintf("%d.html", w.Entries[i+1].Number)
		}
		w.attributes(&t)
		w.document(&t)
		if err := w.render(tokenName(e.Number), "token", t); err != nil {
			return err
		}
	}
	return nil
}

// Kinds of attributes that are no level.
const (
	kindWords   = "the author’s words"
	kindHidden  = "hidden"
	kindPreview = "would be shown"
)

// noteVisible stands behind the mark hidden: verdict.HiddenMayBeVisible.
var noteVisible = strings.TrimPrefix(verdict.HiddenMayBeVisible, kindHidden)

func (w *writing) attributes(t *tokenPage) {
	e := t.Entry
	kind := string(e.Level)
	if w.Preview {
		kind = kindPreview
	}
	for _, a := range e.Shown {
		row := attributeRow{Label: short(a.Label), Value: value(a.Value), HasValue: true, Kind: kind}
		if w.RarityTold() {
			row.Rarity = fmt.Sprintf("%d of %d", w.rarity[[2]string{a.Label, a.Value}], len(w.Entries))
		}
		t.Attributes = append(t.Attributes, row)
	}
	if e.Picture != nil && e.Holds() {
		t.Attributes = append(t.Attributes, attributeRow{Label: short("image"), Value: value("ipfs://" + e.Picture.CID), HasValue: true, Kind: kind})
	}
	words := e.Words
	if len(words) > maxRows {
		words, t.MoreWords = words[:maxRows], len(words)-maxRows
	}
	for _, x := range words {
		t.Attributes = append(t.Attributes, attributeRow{Label: short(x), Kind: kindWords})
	}
	if e.Holds() || w.Preview {
		for _, x := range w.Hidden {
			row := attributeRow{Label: short(x), Kind: kindHidden}
			if slices.Contains(w.Visible(), x) {
				row.Note = noteVisible
			}
			t.Attributes = append(t.Attributes, row)
		}
	}
}

// document shows the exact bytes, if they are text.
func (w *writing) document(t *tokenPage) {
	if !t.Entry.Holds() && !w.Preview {
		t.NoDocument = "Not shown here: nothing about it holds."
		return
	}
	data, err := w.documentOf(t.Entry)
	switch {
	case err != nil:
		t.NoDocument = "Not here."
	case !utf8.Valid(data):
		t.NoDocument = fmt.Sprintf("%d bytes that are no text.", len(data))
	default:
		t.Document, t.DocumentBytes = lines(string(data)), len(data)
	}
}

type proofPage struct {
	page
	NotChecked      []string
	KeySaid         string
	ContactHref     string
	Shows, ShowsNot string
	HasPublication  bool
}

func (w *writing) writeProof() error {
	p := proofPage{page: w.page(""), NotChecked: w.notChecked(), HasPublication: len(w.publicationFile) > 0}
	p.Shows, p.ShowsNot, _ = strings.Cut(w.Meaning, "\n")
	if p.KeySaid = w.Key.Provenance; w.Key.Claimed {
		p.KeySaid = "said to be " + w.Key.Provenance
	}
	if p.ContactHref = w.Contact; strings.Contains(w.Contact, "@") && !strings.HasPrefix(w.Contact, "https:") {
		p.ContactHref = "mailto:" + w.Contact
	}
	return w.render(proofFile, "proof", p)
}

// notChecked is what nobody looked at. How far images were compared stands in the place of what the
// verdict says of them: it saw none.
func (w *writing) notChecked() []string {
	list := slices.DeleteFunc(slices.Clone(w.Site.NotChecked), func(x string) bool { return strings.HasPrefix(x, "the files of images: ") })
	addresses, found := 0, 0
	for address, shot := range w.shots {
		if address == "" {
			continue
		}
		if addresses++; shot.File != "" {
			found++
		}
	}
	const eyes = "whether a picture shows what its document says, nobody looked"
	if w.Pictures != nil && !w.Preview { // the verdict has counted them
		return append(list, eyes)
	}
	return append(list, fmt.Sprintf("images: of %s, %d had a file with their bytes when this page was made; %s", addressesOf(addresses), found, eyes))
}

// CheckContact holds that a contact is an address of e-mail or of https, in plain letters.
func CheckContact(text string) error {
	for _, r := range text {
		if r <= ' ' || r > '~' || strings.ContainsRune(`"<>\`, r) {
			return fmt.Errorf("the contact %.80q: write an address in ASCII", text)
		}
	}
	if strings.HasPrefix(text, "https://") {
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.User != nil {
			return fmt.Errorf("the contact %.80q is no https address", text)
		}
		return nil
	}
	name, host, found := strings.Cut(text, "@")
	if !found || name == "" || !strings.Contains(host, ".") || strings.ContainsAny(text, "/?:%") || strings.Contains(host, "@") {
		return fmt.Errorf("the contact %.80q is neither an address of e-mail nor of https", text)
	}
	return nil
}
