package engine

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/files"
)

// imageExtensions are those of files that documents point to and that are no documents.
var imageExtensions = slices.Concat(stills, clips)

// maxNames bounds the names in a folder: a document and three images a card.
const maxNames = 4*MaxCards + 1024

// A numberedFile is a file that is named by a number: 7.json, 0007, 7.png.
type numberedFile struct {
	n         uint64
	extension string // in lower case, with the dot; may be empty
	name      string // slash-separated, below the folder
}

// numbered is the collection of a place's numbered files, nil if there are no documents.
func numbered(dir *files.Folder, p place) (*Collection, error) {
	documents := p.documents
	all, ignored, err := list(dir, documents)
	if err != nil {
		return nil, err
	}
	docs := slices.DeleteFunc(slices.Clone(all), isImage)
	if len(docs) == 0 {
		return nil, nil
	}
	docs, ignored = jsonAlone(docs, ignored)
	if err := checkOthers(docs, ignored); err != nil {
		return nil, err
	}
	if err := consecutive(docs, documents); err != nil {
		return nil, err
	}
	ignored = slices.DeleteFunc(ignored, func(name string) bool { // what is not taken of them is told later
		_, ok := parsePicture("", name)
		return ok || slices.Contains(p.images, name)
	})
	c := &Collection{Shape: p.shape, FirstID: docs[0].n, IDs: "by the documents' names", n: len(docs), documents: &folderDocuments{dir, docs}, Ignored: ignored}
	if err := c.addPictures(dir, documents, p.images); err != nil {
		return nil, err
	}
	return c, nil
}

// jsonAlone takes JSON files for the documents where there are some: prompts and songs beside them
// have extensions of their own. A file without an extension may be a document beside them.
func jsonAlone(docs []numberedFile, others []string) ([]numberedFile, []string) {
	if !slices.ContainsFunc(docs, func(f numberedFile) bool { return f.extension == ".json" }) {
		return docs, others
	}
	return slices.DeleteFunc(docs, func(f numberedFile) bool {
		isOther := f.extension != ".json" && f.extension != ""
		if isOther {
			others = append(others, f.name)
		}
		return isOther
	}), others
}

func isImage(f numberedFile) bool { return slices.Contains(imageExtensions, f.extension) }

// list returns the numbered files of a folder in order, and the other names.
func list(dir *files.Folder, folder string) (numbered []numberedFile, others []string, err error) {
	entries, err := dir.Entries(folder, maxNames)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		name := e.Name()
		if f, ok := parseNumbered(name); ok && !(e.IsDir() && f.extension == "") {
			f.name = path.Join(folder, name)
			numbered = append(numbered, f)
		} else if !isPassedOver(name) {
			others = append(others, path.Join(folder, name))
		}
	}
	slices.SortFunc(numbered, func(a, b numberedFile) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.extension, b.extension), cmp.Compare(a.name, b.name))
	})
	return numbered, others, nil
}

// notDocuments are JSON files that tools put beside documents. Those that begin with _ are others.
var notDocuments = []string{"collection.json", "contract.json", "metadata.json", "package.json", "package-lock.json", "manifest.json", "config.json", "cache.json", "rarity.json"}

var hexDigits = regexp.MustCompile(`^(0[xX])?[0-9a-fA-F]+$`)

// checkOthers refuses names beside documents that may be documents themselves: they would be left out,
// and where numbers are hexadecimal the others would get wrong ids.
func checkOthers(docs []numberedFile, others []string) error {
	var odd []string
	for _, name := range others {
		base := path.Base(name)
		extension := strings.ToLower(path.Ext(base))
		hasDocuments := slices.ContainsFunc(docs, func(f numberedFile) bool { return f.extension == extension })
		isHex := hexDigits.MatchString(strings.TrimSuffix(base, path.Ext(base)))
		isDocument := extension == ".json" && !strings.HasPrefix(base, "_") && !slices.Contains(notDocuments, strings.ToLower(base))
		if isDocument || hasDocuments && isHex {
			odd = append(odd, name)
		}
	}
	if len(odd) == 0 {
		return nil
	}
	slices.Sort(odd)
	return fmt.Errorf("%s: %s. %s", counted(len(odd), "name beside documents is no number", "names beside documents are no numbers"), listed10(odd), howToName(odd))
}

// counted writes a number and a text for one or for several.
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// howToName says what names of documents are to be, where these are none.
func howToName(names []string) string {
	isHex := !slices.ContainsFunc(names, func(name string) bool {
		return !hexDigits.MatchString(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	})
	if isHex {
		return "They look hexadecimal, and documents are named by decimal numbers without a gap, such as 0.json and 1.json: rename all of them"
	}
	return "Documents are named by numbers alone, without a gap, such as 0.json and 1.json: rename these, or move them to another folder if they are none"
}

// isPassedOver reports whether a name is neither taken nor told: systems and engines write it.
func isPassedOver(name string) bool { return files.IsSystems(name) || name == "_metadata.json" }

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
