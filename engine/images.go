package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/ipfs"
)

// Images says what becomes of the addresses of images in documents.
type Images string

const (
	ImagesAuto Images = ""     // [ImagesDir] if all addresses are an engine's placeholder, else keep
	ImagesKeep Images = "keep" // documents stay as they are, byte for byte
	ImagesDir  Images = "dir"  // ipfs://CID/N.png, the CID of the folder of all images
	ImagesEach Images = "each" // ipfs://CID, of the card's image
)

// An address is where a document says that something is: the place of its JSON string.
type address struct {
	text       string
	start, end int // of the string with its quotes; 0, 0 if there is none
}

func (a address) isThere() bool { return a.end > a.start }

// addresses gathers those of all documents, to choose what becomes of them.
type addresses struct {
	some, placeholders int   // image members, and those that are placeholders
	filed              int   // cards with any file
	pictured           int   // cards with an image file, where the document has an image
	bare               []int // cards without one
	byName             told  // cards whose document names the file of another number
	lost               told  // those whose document names another number that no file has
	lostPlaceholder    bool  // one of the latter has a placeholder
	absent             told  // those whose document names a file that is not there, by no number
	otherKind          told  // those whose files have other extensions than the document's names
}

// A told is what is to be told of several cards, with the first as an example.
type told struct {
	cards   []int
	example string
}

func (t *told) add(card int, example string) {
	if len(t.cards) == 0 {
		t.example = example
	}
	t.cards = append(t.cards, card)
}

func (a *addresses) add(card int, name string, d *document, extensions []string, p pairing) {
	hasFile := len(extensions) > 0
	if hasFile {
		a.filed++
	}
	if d.image.isThere() {
		a.some++
		if isPlaceholder(d.image.text) {
			a.placeholders++
		}
		hasFile = pick(d.image.text, extensions, stills) != ""
	}
	if hasFile {
		a.pictured++
	} else {
		a.bare = append(a.bare, card)
	}
	if p.byName != "" {
		a.byName.add(card, name+" has "+p.byName)
	}
	if p.lost != "" {
		a.lost.add(card, fmt.Sprintf("%s says %.80q", name, p.lost))
		a.lostPlaceholder = a.lostPlaceholder || isPlaceholder(d.image.text) || isPlaceholder(d.animation.text) && d.animation.isThere()
	}
	if p.otherKind != "" {
		a.otherKind.add(card, fmt.Sprintf("%s says %.80q, and has only %s", name, p.otherKind, strings.Join(extensions, ", ")))
	}
	if p.absent != "" {
		a.absent.add(card, fmt.Sprintf("%s says %.80q", name, p.absent))
	}
}

// checkNames refuses images that would be replaced by others than the documents name. Where real
// addresses are kept, that is only told.
func (a *addresses) checkNames(mode Images) error {
	if len(a.lost.cards) == 0 || mode == ImagesKeep && !a.lostPlaceholder {
		return nil
	}
	return fmt.Errorf("documents name images that are not there, by other numbers than their own, and there are images of their own numbers (%s): %s. Add the images that are missing, or mend the documents",
		a.lost.example, firstOf(a.lost.cards))
}

// notes tells where cards' images are not those of their numbers.
func (a *addresses) notes() (list []string) {
	note := func(t told, text string) {
		if len(t.cards) > 0 {
			list = append(list, fmt.Sprintf(text, t.example, firstOf(t.cards)))
		}
	}
	note(a.byName, "images go by the names that documents have, and not by the card's number (%s): %s")
	note(a.lost, "documents name images that are not there, by other numbers than their own (%s); the deck has the images of their own numbers beside them: %s")
	note(a.otherKind, "images are of another kind than documents name (%s): %s")
	note(a.absent, "documents name images that are not there (%s); the images of the card's number are taken: %s")
	return list
}

// choose settles ImagesAuto, and says why in a sentence.
func (a *addresses) choose(asked Images, cards int) (Images, string) {
	all := a.some > 0 && a.placeholders == a.some
	switch {
	case asked == ImagesKeep:
		return ImagesKeep, "documents are kept byte for byte, as asked"
	case asked != ImagesAuto:
		return asked, "the addresses of images are replaced, as asked"
	case all && a.pictured == cards:
		return ImagesDir, "the addresses of images are placeholders: they are replaced by those of the folder of images (--images keep leaves them)"
	case all:
		return ImagesKeep, fmt.Sprintf("documents are kept byte for byte, though the addresses of images are placeholders: %d of %d cards have an image file", a.pictured, cards)
	}
	return ImagesKeep, "documents are kept byte for byte"
}

// stills and clips are the extensions that image and animation_url lead to, the likelier first.
var (
	stills = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".apng", ".tif", ".tiff", ".heic"}
	clips  = []string{".mp4", ".webm", ".mov", ".m4v", ".ogv", ".glb", ".gltf", ".vrm", ".usdz", ".html", ".mp3", ".m4a", ".aac", ".wav", ".ogg", ".flac", ".gif", ".pdf"}
)

// pick returns the extension that an address leads to: its own, if there is such a file.
func pick(address string, have, likely []string) string {
	if own := strings.ToLower(filepath.Ext(address)); own != "" && slices.Contains(have, own) {
		return own
	}
	for _, e := range likely {
		if slices.Contains(have, e) {
			return e
		}
	}
	return ""
}

// A rewriter replaces addresses by those of files in a folder of images.
type rewriter struct {
	images string // the folder of all cards' images
	mode   Images
	folder string // its CID, for ImagesDir
}

func newRewriter(ctx context.Context, images string, mode Images) (*rewriter, error) {
	r := &rewriter{images: images, mode: mode}
	if mode != ImagesDir {
		return r, nil
	}
	list, err := ipfs.FilesOf(os.DirFS(images), ".")
	if err != nil {
		return nil, err
	}
	root, err := ipfs.Root(ctx, list)
	if err != nil {
		return nil, err
	}
	r.folder = root.String()
	return r, nil
}

// rewrite returns the bytes of card i's document with other addresses: of its image, and of its
// animation where that is a placeholder too. Where the document says the same addresses again, as
// Metaplex's list of files does, they are replaced there. Nothing else changes.
func (r *rewriter) rewrite(ctx context.Context, i int, name string, data []byte, d *document, have []string) ([]byte, error) {
	if !d.image.isThere() {
		return data, nil
	}
	type change struct {
		address
		to string
	}
	still := pick(d.image.text, have, stills)
	if still == "" {
		return nil, noImage(name, d.image.text, have)
	}
	to, err := r.address(ctx, i, still)
	if err != nil {
		return nil, err
	}
	changes := []change{{d.image, to}}
	if a := d.animation; a.isThere() && isPlaceholder(a.text) {
		if clip := pick(a.text, have, clips); clip != "" {
			if to, err = r.address(ctx, i, clip); err != nil {
				return nil, err
			}
			changes = append(changes, change{a, to})
		}
	}
	for s := range stringsOf(data) {
		for _, c := range changes {
			if s.text == c.text && s.start != c.start && s.text != "" && addressKey.MatchString(s.key) {
				changes = append(changes, change{s.address, c.to})
				break
			}
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return b.start - a.start }) // from the end
	changes = slices.CompactFunc(changes, func(a, b change) bool { return a.start == b.start })
	out := slices.Clone(data)
	for _, c := range changes {
		out = slices.Replace(out, c.start, c.end, []byte(quote(c.to))...)
	}
	if len(out) > MaxDocument {
		return nil, fmt.Errorf("card %d: with the address of its image the document has more than %d bytes", i, MaxDocument)
	}
	return out, nil
}

// noImage says that a card has no image file, and what it has.
func noImage(name, address string, have []string) error {
	what := ""
	if len(have) > 0 {
		what = fmt.Sprintf(", only %s", strings.Join(have, ", "))
	}
	if base := address[strings.LastIndex(address, "/")+1:]; base != "" {
		what = fmt.Sprintf(" for %.80q%s", base, what)
	}
	return fmt.Errorf("%s has no image file%s: add one, or leave addresses as they are with --images keep", name, what)
}

func (r *rewriter) address(ctx context.Context, i int, extension string) (string, error) {
	name := imageName(i, extension)
	if r.mode == ImagesDir {
		return "ipfs://" + r.folder + "/" + name, nil
	}
	f, err := os.Open(filepath.Join(r.images, name))
	if err != nil {
		return "", err
	}
	c, err := ipfs.FileCID(ctx, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	return "ipfs://" + c.String(), nil
}

func imageName(i int, extension string) string { return strconv.Itoa(i) + extension }

// writeImages copies or composes the images of all cards into a folder. A card's images are
// written one after the other, several cards at once.
func writeImages(ctx context.Context, c *Collection, dir string, done func(n int)) error {
	return each(ctx, c.Len(), done, func(i int) error {
		for _, extension := range c.Images(i) {
			if err := writeImage(c, i, extension, filepath.Join(dir, imageName(i, extension))); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeImage(c *Collection, i int, extension, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(c.WriteImage(i, extension, io.Writer(f)), f.Close())
}
