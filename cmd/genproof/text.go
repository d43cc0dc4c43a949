package main

import (
	"bytes"
	"encoding/json"
)

// compact drops the spaces that fill a document's blocks.
func compact(document string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(document)) != nil {
		return document
	}
	return b.String()
}
