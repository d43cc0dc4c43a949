package engine

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/genproof/genproof/files"
)

// maxList bounds a file of all documents, in bytes.
const maxList = 4 << 30

// A listed document lies in a file with the others.
type listed struct {
	offset, size int64
	edition      uint64 // as it says itself
}

type listDocuments struct {
	file *os.File
	info os.FileInfo
	name string
	docs []listed
}

// openList reads where the documents of a JSON array are; their bytes are those in the file,
// from brace to brace. If all name an edition, that is their order and the first is the first id,
// else the first id is 1. The collection closes the file, unless there is an error.
func openList(f *os.File, info os.FileInfo, name string) (*Collection, error) {
	if info.Size() > maxList {
		return nil, fmt.Errorf("reading %s: %w: it has more than %d bytes", name, files.ErrTooLarge, int64(maxList))
	}
	l := &listDocuments{file: f, info: info, name: name}
	first, err := l.scan()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return &Collection{Shape: shapeList, FirstID: first, n: len(l.docs), documents: l, closers: []io.Closer{f}}, nil
}

func (l *listDocuments) scan() (first uint64, err error) {
	text, err := markBlanked(l.file)
	if err != nil {
		return 0, err
	}
	bounded := &roomReader{from: text, room: MaxDocument}
	dec := json.NewDecoder(bounded)
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return 0, errors.New("not a list of documents")
	}
	numbered := true
	for dec.More() {
		bounded.room = 2 * MaxDocument
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return 0, fmt.Errorf("document %d: %w", len(l.docs)+1, withoutSource(err))
		}
		if len(l.docs) == MaxCards {
			return 0, fmt.Errorf("more than %d documents", MaxCards)
		}
		edition, ok := editionOf(raw)
		numbered = numbered && ok
		l.docs = append(l.docs, listed{dec.InputOffset() - int64(len(raw)), int64(len(raw)), edition})
	}
	if _, err := dec.Token(); err != nil {
		return 0, withoutSource(err)
	}
	if len(l.docs) == 0 {
		return 0, errors.New("the list is empty")
	}
	if !numbered {
		return 1, nil
	}
	return l.order()
}

// order sorts by edition, which must have no gaps.
func (l *listDocuments) order() (first uint64, err error) {
	slices.SortStableFunc(l.docs, func(a, b listed) int { return cmp.Compare(a.edition, b.edition) })
	for i := 1; i < len(l.docs); i++ {
		if a, b := l.docs[i-1].edition, l.docs[i].edition; b != a+1 {
			return 0, fmt.Errorf("after edition %d comes edition %d", a, b)
		}
	}
	return l.docs[0].edition, nil
}

// editionOf returns the edition that a document names.
func editionOf(raw json.RawMessage) (uint64, bool) {
	var doc struct {
		Edition json.Number `json:"edition"`
	}
	if json.Unmarshal(raw, &doc) != nil {
		return 0, false
	}
	n, err := strconv.ParseUint(doc.Edition.String(), 10, 48)
	return n, err == nil
}

func (l *listDocuments) document(i int) ([]byte, error) {
	d := l.docs[i]
	if d.size > MaxDocument {
		return nil, fmt.Errorf("reading %s: the document of card %d: %w: it has %d bytes", l.name, i, files.ErrTooLarge, d.size)
	}
	data := make([]byte, d.size)
	_, err := l.file.ReadAt(data, d.offset)
	if err == nil || errors.Is(err, io.EOF) {
		err = unchanged(l.file, l.info, l.info.Size())
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", l.name, err)
	}
	return data, nil
}

// A roomReader reads no more than there is room for, so that what decodes it keeps no more.
type roomReader struct {
	from io.Reader
	room int64
}

var errRoom = errors.New("a document is too long")

func (r *roomReader) Read(b []byte) (int, error) {
	if r.room <= 0 {
		return 0, errRoom
	}
	n, err := r.from.Read(b[:min(int64(len(b)), r.room)])
	r.room -= int64(n)
	return n, err
}

// withoutSource leaves out of an error of encoding/json what it quotes.
func withoutSource(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("not JSON at byte %d", syntax.Offset)
	}
	if errors.Is(err, errRoom) || errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return errors.New("not JSON")
}
