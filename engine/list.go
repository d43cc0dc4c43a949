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
	edition      uint64                 // as it says itself
	saysEdition  bool                   // it has one, and that is a whole number
	ids          [len(idMembers)]uint64 // the members that may be ids, where all documents have them
}

type listDocuments struct {
	file *os.File
	info os.FileInfo
	name string
	docs []listed
}

// openList reads where the documents of a JSON array are; their bytes are those in the file,
// from brace to brace. If all name an edition, that is their order and the first is the first id; if
// none does, another member that all have as an id is; and if there is none, the first id is 1.
// Anything between is an error, unless firstID is named: then the file's order counts, from that id
// on. The collection closes the file, unless there is an error.
func openList(f *os.File, info os.FileInfo, name string, firstID *uint64) (*Collection, error) {
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
	what := l.idMember(odd)
	if what != "" {
		c.IDs = "by the documents' " + what + "s"
		c.FirstID, err = l.order(odd, what)
	}
	switch {
	case err != nil && firstID == nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	case err != nil || what == "" && firstID != nil:
		c.FirstID = *firstID
	}
	return c, nil
}

// idMembers may say a document's id in a list, where it has no edition.
var idMembers = [...]string{"token_id", "tokenId", "id"}

// idMember returns the member that documents name their ids by, and empty if none does. A document's
// edition becomes that of another member.
func (l *listDocuments) idMember(odd int) string {
	if odd > 0 || slices.ContainsFunc(l.docs, func(d listed) bool { return d.saysEdition }) {
		return "edition"
	}
	for m, name := range idMembers {
		if !slices.ContainsFunc(l.docs, func(d listed) bool { return d.ids[m] == noID }) {
			for i := range l.docs {
				l.docs[i].edition, l.docs[i].saysEdition = l.docs[i].ids[m], true
			}
			return name
		}
	}
	return ""
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
		if raw[0] != '{' {
			return 0, fmt.Errorf("entry %d of the list is no object, and each is a document: remove it", len(l.docs)+1)
		}
		edition, has, ok := editionOf(raw)
		l.docs = append(l.docs, listed{dec.InputOffset() - int64(len(raw)), int64(len(raw)), edition, ok, idsOf(raw)})
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
const asListedHint = "or name the first token's id with --first-id, and the order of the file counts"

// order sorts by edition, which each must have, without gaps; what is the member's name. odd is the
// first document whose edition is no whole number, 0 if there is none.
func (l *listDocuments) order(odd int, what string) (first uint64, err error) {
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
			return 0, fmt.Errorf("documents %d and %d both have %s %d: give each one of its own, %s", places[i-1]+1, at+1, what, a, asListedHint)
		case b != a+1:
			return 0, fmt.Errorf("after %s %d comes %s %d: add the documents between, %s", what, a, what, b, asListedHint)
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

// noID is that of a document whose member is no id.
const noID = 1<<64 - 1

// idsOf returns what a document has in the members that may be its id.
func idsOf(raw []byte) (ids [len(idMembers)]uint64) {
	var doc map[string]json.RawMessage
	if json.Unmarshal(raw, &doc) != nil {
		doc = nil
	}
	for i, name := range idMembers {
		var err error
		if ids[i], err = strconv.ParseUint(strings.Trim(string(doc[name]), `"`), 10, 48); err != nil {
			ids[i] = noID
		}
	}
	return ids
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
