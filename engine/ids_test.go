package engine

import (
	"path/filepath"
	"strings"
	"testing"
)

// Ids are never guessed from the order of a list where its documents say something else.
func TestImport_TakesIDsOfAListFromEditionsOrAsAsked(t *testing.T) {
	for name, row := range map[string]struct {
		list  string
		asked bool // --first-id 1
		first uint64
		names string // of documents in order
		ids   string
		err   string
	}{
		"editions":       {`[{"name": "b", "edition": 8}, {"name": "a", "edition": "7"}]`, false, 7, "a b", "editions", ""},
		"in a member":    {`[{"name": "b", "custom_fields": {"edition": 1}}, {"name": "a", "custom_fields": {"edition": 0}}]`, false, 0, "a b", "editions", ""},
		"none":           {`[{"name": "a"}, {"name": "b", "edition": null}]`, false, 1, "a b", "counted from 1 in the order of the list", ""},
		"some":           {`[{"name": "b", "edition": 2}, {"name": "c"}, {"name": "a", "edition": 1}]`, false, 0, "", "", "document 2 has no edition and document 1 has, so ids are not known"},
		"some, asked":    {`[{"name": "b", "edition": 2}, {"name": "c"}, {"name": "a", "edition": 1}]`, true, 1, "b c a", "as asked", ""},
		"of how many":    {`[{"name": "b", "edition": "2/2"}, {"name": "a", "edition": "1/2"}]`, false, 0, "", "", "the edition of document 1 is no whole number"},
		"one of them":    {`[{"name": "b", "edition": 2}, {"name": "a", "edition": 1.0}]`, false, 0, "", "", "the edition of document 2 is no whole number"},
		"a size":         {`[{"name": "b", "edition": 100}, {"name": "a", "edition": 100}]`, false, 0, "", "", "documents 1 and 2 both have edition 100"},
		"a size, asked":  {`[{"name": "b", "edition": 100}, {"name": "a", "edition": 100}]`, true, 1, "b a", "as asked", ""},
		"twice":          {`[{"name": "c", "edition": 3}, {"name": "a", "edition": 1}, {"name": "b", "edition": 3}]`, false, 0, "", "", "after edition 1 comes edition 3"},
		"twice together": {`[{"name": "c", "edition": 2}, {"name": "a", "edition": 1}, {"name": "b", "edition": 2}]`, false, 0, "", "", "documents 1 and 3 both have edition 2"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "all.json", row.list)
			o := Options{From: filepath.Join(dir, "all.json"), To: filepath.Join(dir, "deck")}
			if one := uint64(1); row.asked {
				o.FirstID = &one
			}
			s, err := Import(t.Context(), o)
			if row.err != "" {
				if err == nil || !strings.Contains(err.Error(), row.err) || !strings.Contains(err.Error(), "--first-id") {
					t.Errorf("got %v, want %q", err, row.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.FirstID != row.first || !strings.Contains(s.IDs, row.ids) {
				t.Errorf("first id %d from %q", s.FirstID, s.IDs)
			}
			for i, want := range strings.Fields(row.names) {
				d, err := readDocument([]byte(text(t, filepath.Join(o.To, DocumentsDir, string(rune('0'+i))+".json"))))
				if err != nil || d.name != want {
					t.Errorf("card %d is %+v, want %s", i, d, want)
				}
			}
		})
	}
}

// A number in a document that is not the token's id is told of.
func TestImport_TellsOfNumbersThatAreNoIDs(t *testing.T) {
	for document, want := range map[string]string{
		`{"name": "Fox #1"}`:                              "",
		`{"name": "Fox #1", "edition": 1}`:                "",
		`{"name": "Fox #0001 "}`:                          "",
		`{"name": "Fox #2"}`:                              "a number in its name that is not the token's id (card 0 (1.json): #2, token 1): cards 0",
		`{"name": "Fox", "edition": "100"}`:               "an edition that is not the token's id (card 0 (1.json): edition 100, token 1): cards 0",
		`{"name": "Fox 9", "edition": "1/5", "x": "#9"}`:  "",
		`{"name": "x", "custom_fields": {"edition": 41}}`: "edition 41",
	} {
		from := t.TempDir()
		put(t, from, "1.json", strings.TrimSuffix(document, "}")+`, "attributes": [{"trait_type": "Fur", "value": "Red"}]}`)
		s := imported(t, Options{From: from, To: filepath.Join(t.TempDir(), "deck")})
		notes := strings.Join(s.Notes, "; ")
		if !strings.Contains(notes, want) || (want == "") != (notes == "") || s.IDs != "by the documents' names" {
			t.Errorf("%s: notes %q, ids %s", document, notes, s.IDs)
		}
	}
}
