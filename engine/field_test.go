package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// importedFrom imports files that a test writes.
func importedFrom(t *testing.T, written map[string]string, o Options) (*Summary, string, error) {
	t.Helper()
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	for name, content := range written {
		put(t, from, name, content)
	}
	o.From, o.To = filepath.Join(from, o.From), to
	s, err := Import(t.Context(), o)
	return s, to, err
}

const shown = `"attributes": [{"trait_type": "Fur", "value": "Red"}]`

func TestImport_TakesIDsOfTables(t *testing.T) {
	id := func(n uint64) *uint64 { return &n }
	for name, row := range map[string]struct {
		csv     string
		firstID *uint64
		first   uint64
		slots   string
		refused string
	}{
		"blank":              {"Token ID,Fur\n7,Red\n6,Blue\n", nil, 6, "Fur:enum", ""},
		"dash":               {"token-id,Fur\n7,Red\n6,Blue\n", nil, 6, "Fur:enum", ""},
		"hash":               {"#,Fur\n0,Red\n1,Blue\n", nil, 0, "Fur:enum", ""},
		"No.":                {"No.,Fur\n3,Red\n4,Blue\n", nil, 3, "Fur:enum", ""},
		"numbers with gaps":  {"Number,Fur\n10,Red\n12,Blue\n", nil, 1, "Number:uint, Fur:enum", ""},
		"a database's id":    {"id,token_id,Fur\n5501,0,Red\n5502,1,Blue\n", nil, 0, "", "columns token_id and id both name tokens and differ"},
		"the same twice":     {"id,token,Fur\n1,1,Red\n2,2,Blue\n", nil, 1, "id:uint, Fur:enum", ""},
		"an edition too":     {"token,edition,Fur\n0,8,Red\n1,9,Blue\n", nil, 0, "edition:uint, Fur:enum", ""},
		"one of one":         {"edition,Fur\n1/1,Red\n1/1,Blue\n", nil, 0, "", "line 2: column edition holds no token id: mend it, or name the first token's id"},
		"one of one, asked":  {"edition,Fur\n1/1,Red\n1/1,Blue\n", id(5), 5, "edition:enum, Fur:enum", ""},
		"a size, asked":      {"edition,Fur\n100,Red\n100,Blue\n", id(0), 0, "edition:uint, Fur:enum", ""},
		"asked something":    {"token,Fur\n1,Red\n2,Blue\n", id(0), 0, "", "column token begins with token 1, and --first-id says 0"},
		"asked what it says": {"token,Fur\n1,Red\n2,Blue\n", id(1), 1, "Fur:enum", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, _, err := importedFrom(t, map[string]string{"cards.csv": row.csv}, Options{From: "cards.csv", FirstID: row.firstID})
			if row.refused != "" {
				if err == nil || !strings.Contains(err.Error(), row.refused) {
					t.Errorf("got %v, want %s", err, row.refused)
				}
				return
			}
			if err != nil || s.FirstID != row.first || slotsOf(s.Attributes) != row.slots {
				t.Errorf("%v, %+v", err, s)
			}
		})
	}
}

// The id that is asked for is the one that documents say and images go by.
func TestImport_TakesTheFirstIDAsAsked(t *testing.T) {
	zero := uint64(0)
	template := filepath.Join(t.TempDir(), "t.json")
	put(t, filepath.Dir(template), "t.json", `{"name": "Fox {id}", "image": "ipfs://x/{id}.png"}`)
	_, to, err := importedFrom(t, map[string]string{"cards.csv": "Fur\nRed\nBlue\n"}, Options{From: "cards.csv", FirstID: &zero, Template: template})
	if err != nil || text(t, filepath.Join(to, "documents/0.json")) != `{"name": "Fox 0", "image": "ipfs://x/0.png"}` {
		t.Errorf("%v: %s", err, text(t, filepath.Join(to, "documents/0.json")))
	}
	list := map[string]string{"_metadata.json": `[{"name": "a", ` + shown + `}, {"name": "b", ` + shown + `}]`, "images/0.png": "a", "images/1.png": "b"}
	s, to, err := importedFrom(t, list, Options{FirstID: &zero})
	if err != nil || text(t, filepath.Join(to, "images/0.png")) != "a" || text(t, filepath.Join(to, "images/1.png")) != "b" {
		t.Errorf("%v, %+v", err, s)
	}
}

func TestImport_TakesIDsOfLists(t *testing.T) {
	for list, want := range map[string]string{
		`[{"token_id": "1"}, {"token_id": "0"}]`:           "first 0, by the documents' token_ids",
		`[{"id": 4, "rank": 1}, {"id": 3, "rank": 2}]`:     "first 3, by the documents' ids",
		`[{"id": 4, "edition": 1}, {"edition": 2}]`:        "first 1, by the documents' editions",
		`[{"id": 4}, {"name": "x"}]`:                       "first 1, counted from 1",
		`[{"token_id": 1}, {"token_id": 3}]`:               "after token_id 1 comes token_id 3",
		`[{"id": 1}, {"id": 1}]`:                           "documents 1 and 2 both have id 1",
		`[null, {"name": "x"}]`:                            "entry 1 of the list is no object",
		`[{"name": "x"}, "two"]`:                           "entry 2 of the list is no object",
		`[{"tokenId": 0, "metadata": {"attributes": []}}]`: "first 0, by the documents' tokenIds",
	} {
		s, _, err := importedFrom(t, map[string]string{"all.json": list}, Options{From: "all.json"})
		got := fmt.Sprint(err)
		if err == nil {
			got = fmt.Sprintf("first %d, %s", s.FirstID, s.IDs)
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", list, got, want)
		}
	}
}

// Marketplaces' tables name traits and files in ways of their own.
func TestImport_TakesTablesOfMarketplaces(t *testing.T) {
	csv := "tokenID,name,description,file_name,external_url,attributes[Background],attributes[Fur]\n0,Fox,d,fox one.png,,Blue,Red\n1,Vixen,d,1.png,,Green,\n"
	s, to, err := importedFrom(t, map[string]string{"metadata.csv": csv, "images/fox one.png": "f", "images/1.png": "v"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := slotsOf(s.Attributes); got != "Background:enum, Fur:enum" || s.FirstID != 0 || s.ImageFolder == "" {
		t.Errorf("slots %s, %+v", got, s)
	}
	if doc := text(t, filepath.Join(to, "documents/0.json")); !strings.Contains(doc, `"image": "ipfs://`+s.ImageFolder+`/0.png"`) || strings.Contains(doc, "file_name") {
		t.Errorf("document %s", doc)
	}
	if text(t, filepath.Join(to, "images/0.png")) != "f" || text(t, filepath.Join(to, "images/1.png")) != "v" {
		t.Error("images are not those that rows name")
	}
	s, to, err = importedFrom(t, map[string]string{"z.csv": "media,name,attributes|Color\na.png,A,Red\n"}, Options{From: "z.csv"})
	if err != nil || slotsOf(s.Attributes) != "Color:enum" || !strings.Contains(text(t, filepath.Join(to, "documents/0.json")), `"image": "a.png"`) {
		t.Errorf("%v, %+v", err, s)
	}
	_, _, err = importedFrom(t, map[string]string{"c.csv": "name,attributes\nA,\"[{\"\"trait_type\"\": \"\"Fur\"\"}]\"\n"}, Options{From: "c.csv"})
	if err == nil || !strings.Contains(err.Error(), "line 2: column attributes holds JSON") {
		t.Errorf("got %v", err)
	}
}

// A table beside no documents may hold what is to be hidden: only one that names images is taken for
// the documents of a folder.
func TestImport_TakesNoTableOfHiddenAttributes(t *testing.T) {
	for name, csv := range map[string]string{
		"claims.csv":   "card,licence,image\n0,CANARY,0.png\n",
		"licences.csv": "token,licence\n0,CANARY\n",
	} {
		_, to, err := importedFrom(t, map[string]string{name: csv, "art/0.json": "{}", "0.png": "x"}, Options{})
		if err == nil || !strings.Contains(err.Error(), "there is no collection here") || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%s: got %v", name, err)
		}
		if have, _ := filepath.Glob(to + "*"); len(have) > 0 {
			t.Errorf("%s: there is %v", name, have)
		}
	}
}

// In a table of hidden attributes an edition may be one of them.
func TestHiddenOf_TakesIDsBeforeEditions(t *testing.T) {
	for csv, want := range map[string]string{
		"edition,id,safety\n9,1,0.5\n8,0,0.4\n": "card,edition,safety / 0,8,0.4 / 1,9,0.5",
		"Token ID,edition\n1,one\n":             "card,edition / 1,one",
		"#,safety\n0,0.5\n":                     "card,safety / 0,0.5",
		"edition,safety\n1,0.5\n":               "card,safety / 1,0.5",
	} {
		from := t.TempDir()
		put(t, from, "h.csv", csv)
		h, err := readHidden(filepath.Join(from, "h.csv"), 0, 2)
		if err != nil {
			t.Errorf("%q: %v", csv, err)
			continue
		}
		got := strings.Join(h.Columns, ",")
		for _, row := range h.Rows {
			got += " / " + strings.Join(row.Fields, ",")
		}
		if got != want {
			t.Errorf("%q: %s, want %s", csv, got, want)
		}
	}
}

func TestImport_RefusesToShowTheHiddenTable(t *testing.T) {
	from := t.TempDir()
	put(t, from, "cards.csv", "token,image,licence\n0,0.png,CANARY\n")
	put(t, from, "0.png", "x")
	if err := os.Symlink("cards.csv", filepath.Join(from, "same.txt")); err != nil {
		t.Fatal(err)
	}
	for _, source := range []string{".", "cards.csv"} {
		for _, hidden := range []string{"cards.csv", "same.txt"} {
			_, err := Import(t.Context(), Options{From: filepath.Join(from, source), Hidden: filepath.Join(from, hidden), To: filepath.Join(t.TempDir(), "deck")})
			if err == nil || !strings.Contains(err.Error(), "all its columns are public") || strings.Contains(err.Error(), "CANARY") {
				t.Errorf("%s, %s: got %v", source, hidden, err)
			}
		}
	}
}

func TestImport_WritesLongNumbersAsTexts(t *testing.T) {
	s, to, err := importedFrom(t, map[string]string{"c.csv": "Seed,Level\n9007199254740993,123456789012345\n1,0.12345678901234\n"}, Options{From: "c.csv"})
	if err != nil || !strings.Contains(strings.Join(s.Notes, ";"), `column "Seed" has numbers of more than 15 digits`) {
		t.Fatalf("%v, %+v", err, s)
	}
	if doc := text(t, filepath.Join(to, "documents/0.json")); !strings.Contains(doc, `"9007199254740993"`) || !strings.Contains(doc, `: 123456789012345}`) {
		t.Errorf("document %s", doc)
	}
}

// Images and documents lie in other folders than engines' own, and beside files of other kinds.
func TestImport_FindsCollectionsOfManyLayouts(t *testing.T) {
	doc := `{"name": "x", "image": "ipfs://NewUriToReplace/0.png", ` + shown + `}`
	for name, written := range map[string]map[string]string{
		"images above":      {"metadata/0": doc, "0.png": "0"},
		"capitals":          {"Metadata/0.json": doc, "Images/0.png": "0"},
		"a list, capitals":  {"JSON/_metadata.json": "[" + strings.Replace(doc, "{", `{"edition": 0, `, 1) + "]", "IMAGES/0.png": "0"},
		"an engine's root":  {"package.json": "{}", "src/config.js": "", "build/json/0.json": doc, "build/images/0.png": "0"},
		"songs":             {"0.json": doc, "0.flac": "s", "0.png": "0"},
		"prompts":           {"0.json": doc, "0.txt": "a fox", "0.png": "0"},
		"a year":            {"2024/notes.txt": "", "assets/0.json": doc, "assets/0.png": "0"},
		"a file metadata":   {"0.json": doc, "0.png": "0", "metadata": "x"},
		"a system's":        {"0.json": doc, "0.png": "0", "Thumbs.db": "x", "._0.json": "x", "desktop.ini": ""},
		"a tiff":            {"json/0.json": strings.Replace(doc, ".png", ".tiff", 1), "images/0.tiff": "0"},
		"a moving picture":  {"build/json/0.json": strings.Replace(doc, ".png", ".gif", 1), "build/gifs/0.gif": "0"},
		"pictures together": {"json/0.json": doc, "images/0.png": "0", "0.png": "a preview"},
	} {
		t.Run(name, func(t *testing.T) {
			s, to, err := importedFrom(t, written, Options{})
			if err != nil {
				t.Fatal(err)
			}
			have := tree(t, filepath.Join(to, ImagesFolder))
			if s.Cards != 1 || s.ImageFolder == "" || len(have) == 0 || slotsOf(s.Attributes) != "Fur:enum" {
				t.Errorf("images %v, %+v", have, s)
			}
			for _, content := range have {
				if content == "a preview" {
					t.Error("an image above images was taken")
				}
			}
		})
	}
	for want, written := range map[string]map[string]string{
		"a document is a file of its own, such as 1.json": {"1/metadata.json": doc, "2/metadata.json": doc},
		"Name the folder that has the documents":          {"package.json": "{}", "src/index.js": ""},
		"no image files: looked in json, .":               {"json/0.json": strings.Replace(doc, "NewUriToReplace", "bafy", 1)},
		"images are of another kind than documents name":  {"0.json": strings.Replace(doc, ".png", ".gif", 1), "0.png": "0"},
	} {
		s, _, err := importedFrom(t, written, Options{})
		got := fmt.Sprint(err)
		if err == nil {
			got = strings.Join(s.Notes, "; ")
		}
		if !strings.Contains(got, want) || strings.Contains(got, "package.json: rename") {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// What is not proven is told, with a card and why.
func TestImport_TellsWhatIsNotProven(t *testing.T) {
	for want, doc := range map[string]string{
		"attributes without a trait_type that is a text (card 0 (0.json) has 2)": `{"attributes": [{"layer": "Fur", "name": "Red"}, {"trait_type": null, "value": "x"}]}`,
		"no document has attributes that readers show":                           `{"attributes": [{"Fur": "Red"}]}`,
		"nothing but their bytes is proven (card 0 (0.json): byte 13: ":          `{"name": "x",}`,
		"save it as UTF-8 without a byte order mark":                             "\uFEFF{}",
		"card 0 (0.json): the document is empty":                                 "",
	} {
		s, _, err := importedFrom(t, map[string]string{"0.json": doc}, Options{})
		got := fmt.Sprint(err)
		if err == nil {
			got = strings.Join(s.Notes, "; ")
		}
		if !strings.Contains(got, want) {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

func TestCommonName_EndsAtAWord(t *testing.T) {
	for want, names := range map[string][]string{
		"Foxes":    {"Foxes #1", "Foxes #2"},
		"Area 51":  {"Area 51 #1", "Area 51 #2"},
		"Fox":      {"Fox10", "Fox11"},
		"":         {"Mona", "Moby", "Molly"},
		"The":      {"The King", "The Knight"},
		"Zoo":      {"Zoo: Ant", "Zoo: Bee"},
		"Fox Club": {"Fox Club", "Fox Club 2"},
		"狐":        {"狐 #1", "狐 #2"},
		"É":        {"É 1", "É 2"},
		"One":      {"One"},
	} {
		var n commonName
		for _, name := range names {
			n.add(name)
		}
		if got := n.common(); got != want {
			t.Errorf("%q: %q, want %q", names, got, want)
		}
	}
}
