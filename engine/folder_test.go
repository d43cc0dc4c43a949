package engine

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A JSON file that is no number would be left out, and hexadecimal numbers would give wrong ids.
func TestOpen_RefusesNamesThatMayBeDocuments(t *testing.T) {
	for files, want := range map[string]string{
		"json/1.json json/2.json json/fox.json":            "1 name beside documents is no number: json/fox.json. Documents are named by numbers alone",
		"1.json|2.json|2 (copy).json|1 (1).json":           "2 names beside documents are no numbers: 1 (1).json, 2 (copy).json. Documents",
		"8.json 9.json a.json b.JSON":                      "2 names beside documents are no numbers: a.json, b.JSON. They look hexadecimal",
		"8 9 a b":                                          "They look hexadecimal",
		"8.txt 9.txt 0a.txt":                               "They look hexadecimal",
		"json/x1.json json/x2.json":                        "found 2 JSON files of other names: json/x1.json, json/x2.json. Documents are named",
		strings.Repeat("0", 63) + "1.json":                 "They look hexadecimal",
		"output/1.json notes.txt .DS_Store":                "and found notes.txt, output. Name the folder",
		"1.json _metadata.json":                            "",
		"1.json _imageHashes.json collection.json":         "_imageHashes.json collection.json",
		"json/1.json json/metadata.json json/package.json": "json/metadata.json json/package.json",
		"1 2 README LICENSE.md":                            "LICENSE.md README",
		"1.txt 2.txt notes.txt":                            "notes.txt",
		"1.json 1.png 2.png":                               "2.png",
	} {
		t.Run(files, func(t *testing.T) {
			from := t.TempDir()
			for _, name := range split(files) {
				put(t, from, name, "{}")
			}
			s, err := Import(t.Context(), Options{From: from, To: filepath.Join(t.TempDir(), "deck")})
			if err == nil {
				got := strings.Join(s.Ignored, " ")
				if sorted := strings.Fields(want); strings.Join(sorted, " ") != got {
					t.Errorf("not taken %q, want %q", got, want)
				}
			} else if want == "" || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %q", err, want)
			}
		})
	}
}

// 256 documents in hexadecimal are no hundred cards.
func TestOpen_RefusesHexadecimalNames(t *testing.T) {
	from := t.TempDir()
	for i := range 256 {
		put(t, from, fmt.Sprintf("%02x.json", i), "{}")
	}
	if _, err := Open(from, nil); err == nil || !strings.Contains(err.Error(), "156 names beside documents are no numbers") || !strings.Contains(err.Error(), "and 146 more") {
		t.Errorf("got %v", err)
	}
}
