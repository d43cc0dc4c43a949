package engine

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A file that is no collection is told what it is, and what to do.
func TestOpen_SaysWhatAFileIs(t *testing.T) {
	for text, want := range map[string]string{
		"PK\x03\x04x":                           "a zip or an Excel workbook: unpack it",
		"\x1f\x8b\x08":                          "gzip",
		"\x89PNG\r\n\x1a\n":                     "an image: name the folder",
		":\xa2eroots\x81\xd8*X%\x00\x01p":       "a CAR of IPFS: unpack it",
		"\xff\xfe[\x00{\x00":                    "UTF-16: save it as UTF-8",
		`{"tokens":[{"name":"a"}]}`:             `member "tokens" is a list: save the list alone`,
		"{\n\"a\": 1,\n\"tokens\": [\n{}\n]\n}": `member "tokens" is a list: save the list alone`,
		`{"name":"a","attributes":[{"trait_type":"x","value":1}]}` + "\n{}": "these are whole documents",
		"{\"1\": {\"name\": \"a\"},\n\"2\": {\"name\": \"b\"}}":             "an object of objects",
		`{"a": {"x": ` + strings.Repeat("[", 100_000):                       "line 1",
		`{"a": [1]}`: "is a list or an object",
		`{"a": {`:    "line 1",
	} {
		path := filepath.Join(t.TempDir(), "file")
		put(t, filepath.Dir(path), "file", text)
		c, err := Open(path, nil)
		if err == nil {
			c.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: got %v, want %q", text, err, want)
		}
	}
}

// What is not proven of a collection is told with the first card of it.
func TestImport_SaysWhyAttributesAreNotProven(t *testing.T) {
	for second, want := range map[string]string{
		`{"attributes": [{"trait_type": "Hat", "value": "Red", "rarity": 3}]}`:                              `"Hat" has values that cannot be proven, first on card 1: an entry with other members`,
		`{"attributes": [{"trait_type": "Hat", "value": null}]}`:                                            "first on card 1: ",
		`{"attributes": [{"trait_type": "Hat", "value": {"a": 1}}]}`:                                        "first on card 1: ",
		`{"attributes": {"Hat": "Red"}}`:                                                                    `do not stand in a list attributes: [{trait_type, value}, …] (card 1 (2.json) has "attributes"): cards 1`,
		`{"traits": [{"trait_type": "Hat", "value": "Red"}]}`:                                               `(card 1 (2.json) has "traits")`,
		`{"properties": {"Hat": "Red"}}`:                                                                    `(card 1 (2.json) has "properties")`,
		`{"attributes": [{"trait_type": "Hat", "value": "Red"}], "traits": "Red"}`:                          "",
		fmt.Sprintf(`{"attributes": [{"trait_type": "Hat", "value": %q}]}`, strings.Repeat("x", maxText+1)): "first on card 1: a text of more than 65536 bytes",
	} {
		from := t.TempDir()
		put(t, from, "1.json", `{"attributes": [{"trait_type": "Hat", "value": "Red"}]}`)
		put(t, from, "2.json", second)
		put(t, from, "3.json", second)
		s := imported(t, Options{From: from, To: filepath.Join(t.TempDir(), "deck")})
		if notes := strings.Join(s.Notes, "; "); !strings.Contains(notes, want) || (want == "") != (notes == "") {
			t.Errorf("%.70s: notes %s", second, notes)
		}
	}
}
