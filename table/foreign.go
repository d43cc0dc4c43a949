package table

import "strings"

// magics are what files begin with that people take for a table, or for a collection.
var magics = []struct{ begin, what string }{
	{"\xff\xfe", inUTF16},
	{"\xfe\xff", inUTF16},
	{"PK\x03\x04", "a zip or an Excel workbook: unpack it, or save its sheet as CSV UTF-8"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook: save its sheet as CSV UTF-8"},
	{"\x1f\x8b", "compressed by gzip: unpack it"},
	{"%PDF-", "a PDF: save the table as CSV UTF-8"},
	{"\x89PNG", image},
	{"\xff\xd8\xff", image},
	{"GIF87a", image},
	{"GIF89a", image},
}

const (
	inUTF16 = "the file is UTF-16: save it as UTF-8, a table as CSV UTF-8"
	image   = "an image: name the folder of documents, or the table"
	car     = "a CAR of IPFS: unpack it into a folder; genproof verify reads the CAR of a drop"
)

// Foreign says what a file is that is no text, by its first 16 bytes, and what to do with it; empty
// if it may be a text.
func Foreign(first []byte) string {
	begin := string(first[:min(len(first), 16)])
	for _, m := range magics {
		if strings.HasPrefix(begin, m.begin) {
			return m.what
		}
	}
	switch {
	case strings.Contains(begin, "\xa2eroots") || strings.HasPrefix(begin, "\x0a\xa1gversion"):
		return car
	case len(begin) > 1 && (begin[0] == 0 || begin[1] == 0):
		return inUTF16
	}
	return ""
}
