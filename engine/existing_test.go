package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/genproof/genproof/drop"
)

// A drop.yaml alone makes no deck of a folder: drawn drops have one too.
func TestImport_RefusesFoldersThatAreNoDecks(t *testing.T) {
	drawn := "name: Foxes\nsupply: 9\ncircuit: cid/small\ntraits:\n  - {name: Hat}\n"
	for text, want := range map[string]string{
		drawn:                                   "drawn drop's folder",
		"name: x\ncircuit: cid/small\n":         "no key deck",
		"":                                      "no key deck",
		"- deck\n":                              "no key deck",
		"name: x\ndeck: [1\n":                   "reading drop.yaml: line",
		"name: 'deck: x'\n#deck:\nsupply: {}\n": "drawn drop's folder",
	} {
		to := t.TempDir()
		put(t, to, DropFile, text)
		put(t, to, drop.ClaimsTableFile, "token,a\n1,x\n")
		put(t, to, "images/7.png", "painted")
		before := tree(t, to)
		for range 2 {
			_, err := Import(t.Context(), Options{From: "testdata/hashlips", To: to, Hidden: "testdata/hidden/claims.csv"})
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), to) {
				t.Errorf("%.20q: got %v, want %q", text, err, want)
			}
		}
		if !reflect.DeepEqual(before, tree(t, to)) {
			t.Errorf("%.20q: the folder was changed", text)
		}
	}
}

// A drawn drop that import made of layers is refused as one that was written by hand.
func TestImport_RefusesTheFolderOfImportDrawn(t *testing.T) {
	to := filepath.Join(t.TempDir(), "drop")
	if _, err := ImportDrawn(DrawnOptions{From: layersOf(t, "namePrefix: Foxes\nlayerConfigurations: [{layersOrder: [{name: Hat}]}]\n", map[string][]string{"Hat": {"Crown#1", "Cap#1"}}), To: to, Supply: 9}); err != nil {
		t.Fatal(err)
	}
	before := tree(t, to)
	if _, err := Import(t.Context(), Options{From: "testdata/hashlips", To: to}); err == nil || !strings.Contains(err.Error(), "drawn drop's folder") {
		t.Errorf("got %v", err)
	}
	if !reflect.DeepEqual(before, tree(t, to)) {
		t.Error("the folder was changed")
	}
}

// What an import changes or removes in a deck that was there is told, edits by hand too.
func TestImport_TellsWhatItChanges(t *testing.T) {
	to := filepath.Join(t.TempDir(), "deck")
	o := Options{From: "testdata/hashlips", To: to, Images: ImagesKeep}
	if s := imported(t, o); len(s.Changes) > 0 {
		t.Errorf("a new deck: %v", s.Changes)
	}
	put(t, to, "documents/3.json", "{}")
	put(t, to, "documents/10.json", "{}")
	put(t, to, "documents/12.json", "{}")
	put(t, to, "images/4.png", "painted over")
	put(t, to, "images/.DS_Store", "x")
	if err := os.Remove(filepath.Join(to, "images/7.png")); err != nil {
		t.Fatal(err)
	}
	s := imported(t, o)
	want := []string{
		"documents: 1 removed (12.json), 2 replaced (3.json, 10.json)",
		"images: 1 new, 1 removed (.DS_Store), 1 replaced (4.png)",
	}
	if got := fmt.Sprint(s.Changes); got != fmt.Sprint(want) {
		t.Errorf("changes %s, want %s", got, want)
	}
	if s := imported(t, o); len(s.Changes)+len(s.Changed) > 0 {
		t.Errorf("once more: %v", s.Changes)
	}
	s = imported(t, Options{From: "testdata/leftout", To: to}) // another collection
	if got := fmt.Sprint(s.Changes); !strings.Contains(got, "documents: 10 replaced (0.json, 1.json") || !strings.Contains(got, "2 removed (10.json, 11.json)") ||
		!strings.Contains(got, "images: 12 removed") || !strings.Contains(got, "drop.yaml: 1 replaced (drop.yaml)") {
		t.Errorf("changes %s", got)
	}
}

// What an author wrote stays, and an option that changes nothing is not ignored in silence.
func TestImport_TellsOfOptionsThatDropFileDoesNotTake(t *testing.T) {
	const seller = "1:0x00000000000000000000000000000000000000aa"
	to := filepath.Join(t.TempDir(), "deck")
	imported(t, Options{From: "testdata/hashlips", To: to})
	have := tree(t, to)
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Home: seller}, `home stays "none": for a sale by ` + seller + ` write home: "` + seller + `" there`},
		{Options{Name: "Other Foxes"}, "the name stays"},
		{Options{Home: "none"}, ""},
		{Options{}, ""},
	} {
		c.o.From, c.o.To = "testdata/hashlips", to
		notes := strings.Join(imported(t, c.o).Notes, "\n")
		if said := strings.Contains(notes, "stays"); said != (c.want != "") || !strings.Contains(notes, c.want) {
			t.Errorf("%+v: notes %s, want %q", c.o, notes, c.want)
		}
	}
	if !reflect.DeepEqual(have, tree(t, to)) {
		t.Error("an option changed the author's files")
	}
	sold := filepath.Join(t.TempDir(), "sold")
	imported(t, Options{From: "testdata/hashlips", To: sold, Home: seller})
	for home, want := range map[string]bool{"none": true, strings.ToUpper(seller): false, "": false} {
		notes := strings.Join(imported(t, Options{From: "testdata/hashlips", To: sold, Home: home}).Notes, "\n")
		if strings.Contains(notes, "home stays") != want {
			t.Errorf("home %q: notes %s", home, notes)
		}
	}
}

// Files that an import did not make are no import's to remove.
func TestImport_RemovesNoFilesOfOthers(t *testing.T) {
	for _, name := range []string{"images/cover.png", "images/3.psd", "images/003.png", "documents/notes.txt", "documents/3 (copy).json", "documents/old/3.json"} {
		to := filepath.Join(t.TempDir(), "deck")
		imported(t, Options{From: "testdata/hashlips", To: to})
		put(t, to, name, "mine")
		before := tree(t, to)
		_, err := Import(t.Context(), Options{From: "testdata/leftout", To: to})
		first, _, _ := strings.Cut(strings.TrimPrefix(name, "documents/"), "/")
		if err == nil || !strings.Contains(err.Error(), first) || !strings.Contains(err.Error(), "Move them") {
			t.Errorf("%s: got %v", name, err)
		}
		if !reflect.DeepEqual(before, tree(t, to)) {
			t.Errorf("%s: the folder was changed", name)
		}
	}
}

// A deck's table of hidden attributes may have edits that are nowhere else.
func TestImport_KeepsAnEditedHiddenTable(t *testing.T) {
	dir := t.TempDir()
	table, to := filepath.Join(dir, "table.csv"), filepath.Join(dir, "deck")
	put(t, dir, "table.csv", "card,licence\n0,CC0\n")
	o := Options{From: "testdata/hashlips", To: to, Hidden: table}
	imported(t, o)
	assertUnchanged(t, o)
	edited := "card,licence\n0,CC0\n5," + hiddenWord + "\n"
	for name, change := range map[string]func(){
		"an edit":       func() { put(t, to, ClaimsFile, edited) },
		"another table": func() { put(t, dir, "table.csv", "card,licence\n0,"+hiddenWord+"\n") },
	} {
		change()
		before := tree(t, to)
		_, err := Import(t.Context(), o)
		if err == nil || !strings.Contains(err.Error(), "--replace-hidden") || strings.Contains(err.Error(), hiddenWord) {
			t.Errorf("%s: got %v", name, err)
		}
		if !reflect.DeepEqual(before, tree(t, to)) {
			t.Errorf("%s: the folder was changed", name)
		}
		without := o
		without.Hidden = ""
		if s := imported(t, without); !strings.Contains(strings.Join(s.Notes, " "), "claims.csv stays") {
			t.Errorf("%s: notes %v", name, s.Notes)
		}
	}
	o.ReplaceHidden = true
	s := imported(t, o)
	if got := fmt.Sprint(s.Changes); got != "[claims.csv: 1 replaced (claims.csv)]" {
		t.Errorf("changes %s", got)
	}
	if got := text(t, filepath.Join(to, ClaimsFile)); got != "card,licence\n0,"+hiddenWord+"\n" {
		t.Errorf("the table is %q", got)
	}
}
