package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

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
