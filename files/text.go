package files

import "bytes"

// Mark is the byte order mark that some editors and spreadsheets write in front of UTF-8. It is
// no part of the text.
const Mark = "\uFEFF"

// WithoutMark returns a text that a person wrote without a byte order mark in front.
func WithoutMark(text []byte) []byte { return bytes.TrimPrefix(text, []byte(Mark)) }
