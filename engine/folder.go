package engine

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/files"
)

// imageExtensions are those of files that documents point to and that are no documents.
var imageExtensions = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp",
	".mp4", ".webm", ".mov", ".mp3", ".wav", ".ogg", ".glb", ".gltf", ".html", ".pdf"}

// maxNames bounds the names in a folder: a document and three images a card.
const maxNames = 4*MaxCards + 1024

// A numberedFile is a file that is named by a number: 7.json, 0007, 7.png.
type numberedFile struct {
	n         uint64
	extension string // in lower case, with the dot; may be empty
	name      string // slash-separated, below the folder
}

// numbered is the collection of a folder's numbered files, nil if there are no documents.
func numbered(dir *files.Folder, documents, images, shape string) (*Collection, error) {
	all, ignored, err := list(dir, documents)
	if err != nil {
		return nil, err
	}
	docs := slices.DeleteFunc(slices.Clone(all), isImage)
	if len(docs) == 0 {
		return nil, nil
	}
	if err := consecutive(docs, documents); err != nil {
		return nil, err
	}
	c := &Collection{Shape: shape, FirstID: docs[0].n, n: len(docs), documents: &folderDocuments{dir, docs}, Ignored: ignored}
	if err := c.addPictures(dir, images); err != nil {
		return nil, err
	}
	return c, nil
}

func isImage(f numberedFile) bool { return slices.Contains(imageExtensions, f.extension) }

// list returns the numbered files of a folder in order, and the other names.
func list(dir *files.Folder, folder string) (numbered []numberedFile, others []string, err error) {
	names, err := dir.Names(folder, maxNames)
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		if f, ok := parseNumbered(name); ok {
			f.name = path.Join(folder, name)
			numbered = append(numbered, f)
		} else if !strings.HasPrefix(name, ".") && name != "_metadata.json" {
			others = append(others, path.Join(folder, name))
		}
	}
	slices.SortFunc(numbered, func(a, b numberedFile) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.extension, b.extension), cmp.Compare(a.name, b.name))
	})
	return numbered, others, nil
}

// parseNumbered reads a name of at most 15 digits and an extension of letters and digits.
func parseNumbered(name string) (numberedFile, bool) {
	extension := path.Ext(name)
	digits := strings.TrimSuffix(name, extension)
	n, err := strconv.ParseUint(digits, 10, 64)
	ok := err == nil && len(digits) <= 15 && len(extension) != 1 && len(extension) <= 9 &&
		strings.Trim(strings.ToLower(extension), ".abcdefghijklmnopqrstuvwxyz0123456789") == ""
	return numberedFile{n: n, extension: strings.ToLower(extension)}, ok
}

// consecutive sees that documents are numbered without gaps, each once. They are in order.
func consecutive(docs []numberedFile, folder string) error {
	if len(docs) > MaxCards {
		return fmt.Errorf("%s: more than %d documents", folder, MaxCards)
	}
	for i := 1; i < len(docs); i++ {
		a, b := docs[i-1], docs[i]
		switch {
		case a.n == b.n:
			return fmt.Errorf("%s and %s have one number: keep one of them", a.name, b.name)
		case a.n+1 != b.n:
			return fmt.Errorf("there is no document with number %d: after %s comes %s", a.n+1, a.name, b.name)
		}
	}
	return nil
}

// folderDocuments are the documents in a folder.
type folderDocuments struct {
	dir  *files.Folder
	docs []numberedFile
}

func (d *folderDocuments) document(i int) ([]byte, error) {
	return d.dir.Read(d.docs[i].name, MaxDocument)
}

// addPictures adds the images of a folder that have a card's number.
func (c *Collection) addPictures(dir *files.Folder, folder string) error {
	all, others, err := list(dir, folder)
	if err != nil {
		return err
	}
	p := &folderPictures{dir: dir, of: map[int][]numberedFile{}}
	for _, f := range all {
		if !isImage(f) {
			if folder != "." {
				others = append(others, f.name)
			}
			continue
		}
		if f.n < c.FirstID || f.n-c.FirstID >= uint64(c.n) {
			others = append(others, f.name)
			continue
		}
		i := int(f.n - c.FirstID)
		if have := p.of[i]; len(have) > 0 && have[len(have)-1].extension == f.extension {
			return fmt.Errorf("%s and %s have one number: keep one of them", have[len(have)-1].name, f.name)
		}
		p.of[i] = append(p.of[i], f)
	}
	if len(p.of) > 0 {
		c.pictures = p
	}
	if folder != "." {
		c.Ignored = append(c.Ignored, others...)
	}
	c.sortIgnored()
	return nil
}

// folderPictures are the images in a folder.
type folderPictures struct {
	dir *files.Folder
	of  map[int][]numberedFile // by card, sorted by extension
}

func (p *folderPictures) extensions(i int) []string {
	var all []string
	for _, f := range p.of[i] {
		all = append(all, f.extension)
	}
	return all
}

func (p *folderPictures) write(i int, extension string, to io.Writer) error {
	at := slices.IndexFunc(p.of[i], func(f numberedFile) bool { return f.extension == extension })
	if at < 0 {
		panic("engine: an image that is not listed")
	}
	name := p.of[i][at].name
	f, info, err := p.dir.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // only read
	if info.Size() > MaxImage {
		return fmt.Errorf("reading %s: %w: it has more than %d bytes", p.dir.Path(name), files.ErrTooLarge, MaxImage)
	}
	n, err := io.Copy(to, io.LimitReader(f, MaxImage+1))
	if err == nil {
		err = unchanged(f, info, n)
	}
	if err != nil {
		return fmt.Errorf("reading %s: %w", p.dir.Path(name), err)
	}
	return nil
}

var errChanged = errors.New("the file has changed while it was read: import again")

// unchanged sees that n bytes are what the file had when it was opened, and has now.
func unchanged(f *os.File, was os.FileInfo, n int64) error {
	now, err := f.Stat()
	if err != nil {
		return err
	}
	if n != was.Size() || now.Size() != was.Size() || !now.ModTime().Equal(was.ModTime()) {
		return errChanged
	}
	return nil
}
