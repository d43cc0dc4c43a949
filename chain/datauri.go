package chain

import (
	"errors"
	"net/url"
	"strings"
)

const jsonURI = "data:application/json,"

// dataURI returns a document of JSON as an address that holds it: RFC 2397, every character escaped
// that a URI cannot have.
func dataURI(document []byte) string { return jsonURI + url.PathEscape(string(document)) }

// documentIn returns the document that such an address holds.
func documentIn(uri string) ([]byte, error) {
	escaped, ok := strings.CutPrefix(uri, jsonURI)
	if !ok {
		return nil, errors.New("it is no data URI of JSON")
	}
	text, err := url.PathUnescape(escaped)
	return []byte(text), err
}
