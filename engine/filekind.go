package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// strangers are how files begin that are no collections, and what to do with each.
var strangers = []struct{ head, what string }{
	{"PK\x03\x04", "a zip or an .xlsx: unpack it and name the folder, or save the table as CSV UTF-8"},
	{"\xd0\xcf\x11\xe0", "an .xls: save the table as CSV UTF-8"},
	{"\x1f\x8b", "compressed with gzip: unpack it, and name the folder or file"},
	{"\x89PNG", "an image: name the folder that has the documents, too"},
	{"\xff\xd8\xff", "an image: name the folder that has the documents, too"},
	{"GIF8", "an image: name the folder that has the documents, too"},
	{"%PDF", "a PDF: save the table as CSV UTF-8"},
	{"\xff\xfe[", "UTF-16, and JSON is UTF-8: save it as UTF-8"},
	{"\xff\xfe{", "UTF-16, and JSON is UTF-8: save it as UTF-8"},
	{"\xfe\xff\x00[", "UTF-16, and JSON is UTF-8: save it as UTF-8"},
	{"\xfe\xff\x00{", "UTF-16, and JSON is UTF-8: save it as UTF-8"},
}

// strangerKind refuses a file that begins like something else than a list or a table.
func strangerKind(head []byte) error {
	for _, s := range strangers {
		if bytes.HasPrefix(head, []byte(s.head)) {
			return errors.New("this is " + s.what)
		}
	}
	if at := bytes.Index(head[:min(len(head), 16)], []byte("\x65roots")); at > 0 { // DAG-CBOR's key, in a header
		return errors.New("this is a CAR: take its files out, with ipfs dag import and ipfs get, and name the folder")
	}
	return nil
}

// whatObject says what a file of JSON objects is that is no JSON Lines of rows, by its first object: nil if
// there is nothing to say.
func whatObject(r io.Reader) error {
	dec := json.NewDecoder(&roomReader{from: r, room: 2 * MaxDocument})
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for objects := 0; dec.More(); {
		key, err := dec.Token()
		if err != nil {
			return nil
		}
		name, _ := key.(string)
		if name == "attributes" {
			return errors.New("these are whole documents, and a row of a table has no attributes: write them as one list, [{…}, {…}], or each into a file, 1.json, 2.json, …")
		}
		value, err := dec.Token()
		switch {
		case err != nil:
			return nil
		case value == json.Delim('['):
			if inner, err := dec.Token(); err == nil && inner == json.Delim('{') {
				return fmt.Errorf("this is an object whose member %s is a list: save the list alone, from [ to ]", said(name))
			}
			return nil
		case value == json.Delim('{'):
			if objects++; objects > 1 || !skipObject(dec) {
				return errors.New("this is an object of objects: write these as one list, [{…}, {…}], or each into a file, 1.json, 2.json, …")
			}
		}
	}
	return nil
}

// skipObject reads to the end of an object that was begun, and reports whether it has one in the room.
func skipObject(dec *json.Decoder) bool {
	for depth := 1; depth > 0; {
		t, err := dec.Token()
		if err != nil {
			return false
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return true
}
