package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/genproof/genproof/engine/layers"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/table"
)

// Bounds of a collection.
const (
	MaxCards    = 8 * 65536
	MaxDocument = 1<<18 - 1 // bytes: what a card's size can say
	MaxImage    = 256 << 20 // bytes of one file
)

// A Collection is what somebody made: documents in an order, and images of some. The caller
// closes it. It may be used by several goroutines at once.
type Collection struct {
	Shape   string   // what was found, for people
	FirstID uint64   // the first token's id, as names or tables have it
	IDs     string   // what has it, for people
	Ignored []string // names beside the documents that were not taken, sorted
	Notes   []string // what else a person should know

	n         int
	documents documents
	pictures  pictures
	looked    []string    // the folders in which pictures were looked for
	table     os.FileInfo // of a table's file; nil for others
	closers   []io.Closer
}

// documents are the bytes of each card's document, 0 <= i < n. An error names their file.
type documents interface{ document(i int) ([]byte, error) }

// pictures are the image files of cards.
type pictures interface {
	// extensions lists those of card i's files, in lower case with the dot, sorted.
	extensions(i int) []string
	write(i int, extension string, to io.Writer) error
}

// Len is the number of cards.
func (c *Collection) Len() int { return c.n }

// Document returns the exact bytes of card i's document, 0 <= i < Len. It need not be JSON.
func (c *Collection) Document(i int) ([]byte, error) {
	data, err := c.documents.document(i)
	if err == nil && len(data) == 0 {
		err = fmt.Errorf("%s: the document is empty", c.cardName(i))
	}
	if err == nil && len(data) > MaxDocument {
		err = fmt.Errorf("%s: the document: %w: it has %d bytes, at most %d can be proven", c.cardName(i), files.ErrTooLarge, len(data), MaxDocument)
	}
	return data, err
}

// Images lists the extensions of card i's images, such as ".png"; sorted.
func (c *Collection) Images(i int) []string {
	if c.pictures == nil {
		return nil
	}
	return c.pictures.extensions(i)
}

// WriteImage writes card i's image with an extension that [Collection.Images] lists.
func (c *Collection) WriteImage(i int, extension string, to io.Writer) error {
	return c.pictures.write(i, extension, to)
}

// Close closes files and folders.
func (c *Collection) Close() error {
	var err error
	for _, x := range c.closers {
		err = errors.Join(err, x.Close())
	}
	return err
}

// Open opens the collection at a path: a folder, a list of documents, or a table.
//
//	json/1.json, images/1.png                   HashLips, nftchef; also below build/, also metadata/
//	1.json, 1, 0001.json, 1.txt; 1.png          any folder of numbered files
//	assets/0.json, assets/0.png                 Metaplex
//	json/_metadata.json, _metadata.json, FILE   a list [{…}, {…}] of documents
//	FILE.csv, FILE.jsonl                        a table: a row a card, and a template
//	ONE.csv, images/NAME.png                    a folder of one table, and images that it names
//
// What it is, is seen from names in a folder and from the first byte of a file. template is the
// text of a table's documents, see [template]; without one they have OpenSea's shape.
func Open(name string, template []byte) (*Collection, error) {
	return open(name, template, nil)
}

// open opens a collection. firstID, unless nil, says that the order of a list or table counts where
// nothing in it gives ids, from that one on.
func open(name string, template []byte, firstID *uint64) (*Collection, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	var c *Collection
	if info.IsDir() {
		c, err = openFolder(name, template, firstID)
	} else {
		c, err = openFile(name, template, firstID)
	}
	if err != nil {
		return nil, fmt.Errorf("importing %s: %w", name, err)
	}
	if template != nil && c.Shape != shapeTable {
		return nil, errors.Join(fmt.Errorf("importing %s: a template is for tables, and this is %s", name, c.Shape), c.Close())
	}
	return c, nil
}

// What a collection may be, for people.
const (
	shapeEngine = "an art engine's output"
	shapeFolder = "a folder of documents"
	shapeList   = "a list of documents"
	shapeTable  = "a table"
	shapeLayers = "layers with weights"
)

func openFile(name string, template []byte, firstID *uint64) (*Collection, error) {
	f, info, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	c, err := fromFile(f, info, name, template, firstID)
	if err != nil || c.Shape != shapeList { // a list's documents are read from it later
		err = errors.Join(err, f.Close())
	}
	return c, err
}

func fromFile(f *os.File, info os.FileInfo, name string, template []byte, firstID *uint64) (*Collection, error) {
	first, err := firstByte(f)
	if err != nil {
		return nil, err
	}
	var c *Collection
	switch first {
	case '[':
		return openList(f, info, name, firstID)
	case '{':
		if c, err = fromLines(f, info, name, template, firstID); err != nil {
			if _, seekErr := f.Seek(0, io.SeekStart); seekErr == nil {
				if what := whatObject(f); what != nil {
					err = fmt.Errorf("%w: %w", err, what)
				}
			}
		}
	default:
		c, err = fromTable(f, name, template, firstID)
	}
	if err == nil {
		c.table = info
	}
	return c, err
}

// firstByte returns the first byte of a file that is no blank or byte order mark, 0 for none,
// and leaves the file at its beginning. A file that begins like something else is an error.
func firstByte(f io.ReadSeeker) (byte, error) {
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return 0, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	if what := table.Foreign(head[:n]); what != "" {
		return 0, errors.New(what)
	}
	text := strings.TrimLeft(string(files.WithoutMark(head[:n])), " \t\r\n")
	if text == "" {
		return 0, nil
	}
	return text[0], nil
}

// markBlanked reads a file from its beginning, with blanks in the place of a byte order mark, so
// that whatever is found stands where it does in the file.
func markBlanked(f io.Reader) (io.Reader, error) {
	head := make([]byte, len(files.Mark))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if head = head[:n]; string(head) == files.Mark {
		head = []byte("   ")
	}
	return io.MultiReader(bytes.NewReader(head), f), nil
}

// A place is where documents and images of a folder may be.
type place struct {
	documents string
	images    []string // what is in the first counts; the one above documents only if no other has any
	shape     string
}

// places are looked at in this order, and the first that has documents counts.
var places = []place{
	{"json", []string{"images", "json", "gifs", "."}, shapeEngine},
	{"metadata", []string{"images", "metadata", "gifs", "."}, shapeEngine},
	{"build/json", []string{"build/images", "build/json", "build/gifs", "build"}, shapeEngine},
	{"build/metadata", []string{"build/images", "build/metadata", "build/gifs", "build"}, shapeEngine},
	{".", []string{".", "images"}, shapeFolder},
	{"assets", []string{"assets", "images"}, shapeEngine},
}

// lists are where an art engine puts all documents in one.
var lists = []struct{ file, images string }{
	{"json/_metadata.json", "images"}, {"_metadata.json", "images"},
	{"build/json/_metadata.json", "build/images"}, {"build/_metadata.json", "build/images"},
}

func openFolder(name string, template []byte, firstID *uint64) (*Collection, error) {
	dir, err := files.OpenFolder(name)
	if err != nil {
		return nil, err
	}
	c, err := fromFolder(dir, template, firstID)
	if err != nil {
		return nil, errors.Join(err, dir.Close())
	}
	c.closers = append(c.closers, dir)
	return c, nil
}

func fromFolder(dir *files.Folder, template []byte, firstID *uint64) (*Collection, error) {
	rooms := newRooms(dir)
	for _, p := range places {
		p, ok, err := rooms.resolve(p)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		c, err := numbered(dir, p)
		if err != nil || c != nil {
			return c, err
		}
	}
	for _, l := range lists {
		p, ok, err := rooms.resolve(place{documents: path.Dir(l.file), images: []string{l.images, path.Dir(l.file)}})
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		f, info, err := dir.Open(path.Join(p.documents, path.Base(l.file)))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		c, err := openList(f, info, l.file, firstID)
		if err == nil {
			err = c.addPictures(dir, p.documents, p.images)
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return c, nil
	}
	if c, err := oneTable(rooms, template, firstID); c != nil || err != nil {
		return c, err
	}
	return nil, noCollection(dir)
}

// oneTable is the collection of a folder that has one table and no documents, nil if it has not. The
// table names images: another one may be of hidden attributes, which no document is to show.
func oneTable(rooms *rooms, template []byte, firstID *uint64) (*Collection, error) {
	dir := rooms.dir
	names, err := dir.Names(".", maxNames)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !strings.EqualFold(path.Ext(name), ".csv") || isPassedOver(name) })
	if len(names) != 1 || strings.EqualFold(names[0], ClaimsFile) {
		return nil, nil
	}
	f, info, err := dir.Open(names[0])
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	if _, err := firstByte(f); err != nil {
		return nil, fmt.Errorf("reading %s: %w", names[0], err)
	}
	c, err := fromTable(f, names[0], template, firstID)
	if err != nil {
		return nil, err
	}
	if !c.documents.(*rows).hasImages() {
		return nil, nil
	}
	images, err := rooms.findAll([]string{".", "images", "media", "assets"})
	if err != nil {
		return nil, err
	}
	c.table = info
	return c, c.addPictures(dir, ".", images)
}

// FromDeck is a collection of the cards that engine/layers drew.
func FromDeck(d *layers.Deck, c *layers.Config) *Collection {
	drawn := &drawnDeck{d, c}
	return &Collection{Shape: shapeLayers, FirstID: c.FirstID, IDs: "by " + LayersFile, n: len(d.Cards), documents: drawn, pictures: drawn}
}

type drawnDeck struct {
	deck   *layers.Deck
	config *layers.Config
}

// document writes what art engines write, with their placeholder for the image's address.
func (d *drawnDeck) document(i int) ([]byte, error) {
	card := &d.deck.Cards[i]
	r := record{
		{"name", quote(card.Name)},
		{"description", quote(d.config.Description)},
		{"image", quote(fmt.Sprintf("ipfs://NewUriToReplace/%d.png", d.config.FirstID+uint64(i)))},
	}
	var shown []string
	for _, a := range card.Attributes {
		shown = append(shown, attributeText(a.Trait, quote(a.Value)))
	}
	text, err := composed(r.text(shown))
	return []byte(text), err
}

func (d *drawnDeck) extensions(int) []string { return []string{".png"} }

func (d *drawnDeck) write(i int, _ string, to io.Writer) error { return d.deck.Compose(i, to) }

// sortIgnored ends the reading of names.
func (c *Collection) sortIgnored() {
	slices.Sort(c.Ignored)
	c.Ignored = slices.Compact(c.Ignored)
}
