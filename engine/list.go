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
	"strings"

	"github.com/genproof/genproof/files"
)

// maxList bounds a file of all documents, in bytes.
const maxList = 4 << 30

// A listed document lies in a file with the others.
type listed struct {
	offset, size int64
	edition      uint64 // as it says itself
	saysEdition  bool   // it has one, and that is a whole number
}

type listDocuments struct {
	file *os.File
	info os.FileInfo
	name string
	docs []listed
}

// openList reads where the documents of a JSON array are; their bytes are those in the file,
// from brace to brace. If all name an edition, that is their order and the first is the first id; if
// none does, the first id is 1. Anything between is an error, unless asListed says that the file's
// order counts then. The collection closes the file, unless there is an error.
func openList(f *os.File, info os.FileInfo, name string, asListed bool) (*Collection, error) {
	if info.Size() > maxList {
		return nil, fmt.Errorf("reading %s: %w: it has more than %d bytes", name, files.ErrTooLarge, int64(maxList))
	}
	l := &listDocuments{file: f, info: info, name: name}
	c := &Collection{Shape: shapeList, FirstID: 1, documents: l, closers: []io.Closer{f}}
	odd, err := l.scan()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	c.n, c.IDs = len(l.docs), "counted from 1 in the order of the list, as no document has an edition"
	if slices.ContainsFunc(l.docs, func(d listed) bool { return d.saysEdition }) || odd > 0 {
		c.IDs = "by the documents' editions"
		if c.FirstID, err = l.order(odd); err != nil && !asListed {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if err != nil {
			c.FirstID = 1
		}
	}
	return c, nil
}

// scan finds the documents, and the number of the first whose edition is no whole number, from 1.
func (l *listDocuments) scan() (odd int, err error) {
	text, err := markBlanked(l.file)
	if err != nil {
		return 0, err
	}
	bounded := &roomReader{from: text, room: MaxDocument}
	dec := json.NewDecoder(bounded)
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return 0, errors.New("not a list of documents")
	}
	for dec.More() {
		bounded.room = 2 * MaxDocument
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return 0, fmt.Errorf("document %d: %w", len(l.docs)+1, withoutSource(err))
		}
		if len(l.docs) == MaxCards {
			return 0, fmt.Errorf("more than %d documents", MaxCards)
		}
		edition, has, ok := editionOf(raw)
		l.docs = append(l.docs, listed{dec.InputOffset() - int64(len(raw)), int64(len(raw)), edition, ok})
		if has && !ok && odd == 0 {
			odd = len(l.docs)
		}
	}
	if _, err := dec.Token(); err != nil {
		return 0, withoutSource(err)
	}
	if len(l.docs) == 0 {
		return 0, errors.New("the list is empty")
	}
	return odd, nil
}

// asListedHint is what to do where ids cannot be told from a list.
const asListedHint = "or name the first token's id with --first-id, and the order of the list counts"

// order sorts by edition, which each must have, without gaps. odd is the first document whose edition
// is no whole number, 0 if there is none.
func (l *listDocuments) order(odd int) (first uint64, err error) {
	if odd > 0 {
		return 0, fmt.Errorf("the edition of document %d is no whole number, so ids are not known: write one, %s", odd, asListedHint)
	}
	without := slices.IndexFunc(l.docs, func(d listed) bool { return !d.saysEdition })
	if without >= 0 {
		with := slices.IndexFunc(l.docs, func(d listed) bool { return d.saysEdition })
		return 0, fmt.Errorf("document %d has no edition and document %d has, so ids are not known: give each one, %s", without+1, with+1, asListedHint)
	}
	places := make([]int, len(l.docs))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(l.docs[a].edition, l.docs[b].edition) })
	sorted := make([]listed, len(l.docs))
	for i, at := range places {
		sorted[i] = l.docs[at]
		if i == 0 {
			continue
		}
		switch a, b := sorted[i-1].edition, sorted[i].edition; {
		case a == b:
			return 0, fmt.Errorf("documents %d and %d both have edition %d: give each one of its own, %s", places[i-1]+1, at+1, a, asListedHint)
		case b != a+1:
			return 0, fmt.Errorf("after edition %d comes edition %d: add the documents between, %s", a, b, asListedHint)
		}
	}
	l.docs = sorted
	return sorted[0].edition, nil
}

// editionOf returns the edition that a document names, itself or in custom_fields; whether it has one, and
// whether that is a whole number.
func editionOf(raw []byte) (edition uint64, has, ok bool) {
	var doc map[string]json.RawMessage
	if json.Unmarshal(raw, &doc) != nil {
		return 0, false, false
	}
	value, has := doc["edition"]
	if !has {
		var custom map[string]json.RawMessage
		if json.Unmarshal(doc["custom_fields"], &custom) == nil {
			value, has = custom["edition"]
		}
	}
	if !has || string(value) == "null" {
		return 0, false, false
	}
	edition, err := strconv.ParseUint(strings.Trim(string(value), `"`), 10, 48)
	return edition, true, err == nil
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
