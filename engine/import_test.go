package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

func imported(t testing.TB, o Options) *Summary {
	t.Helper()
	s, err := Import(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tree returns all files below dir with their modes and contents.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = info.Mode().String() + " " + string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

// slotsOf writes attributes as name[=label]:type.
func slotsOf(attributes []Attribute) string {
	var all []string
	for _, a := range attributes {
		name := a.Trait
		if a.Label != a.Trait {
			name += "=" + a.Label
		}
		all = append(all, strings.TrimPrefix(name+a.Claim, "=")+":"+a.Type)
	}
	return strings.Join(all, ", ")
}

func TestImport_SevenShapesAndMore(t *testing.T) {
	for _, row := range []struct {
		from, slots, words string
		notJSON, unnamed   int
		asPublished        string
	}{
		{"hashlips", "Wings:enum, Light:enum, Dust:enum", "", 0, 0, ""},
		{"hashlips/build/json/_metadata.json", "Wings:enum, Light:enum, Dust:enum", "", 0, 0, ""},
		{"nftchef", "Body:enum, Hair:enum, Aqua Power:decimal(1)", "", 0, 0, ""},
		{"opensea", "Base:enum, Level:uint, Stamina:decimal(2), Generation:uint, birthday:time, Stamina Increase:int, Tame:bool, Seed:uint", "", 0, 0, ""},
		{"repeated", "type:enum, accessory:enum, accessory 2=accessory:enum, accessory 3=accessory:enum", "", 0, 0, ""},
		{"leftout", "Hat:enum, Scar:enum, Crown:enum", "", 0, 0, ""},
		{"plain", "Fur:enum, Fure=Furé:enum, level:uint, level text=level:enum", "", 0, 0, ""},
		{"nested", "Wood:enum", "Stack, Label, Rank, Nothing", 0, 10, ""},
		{"nonjson", "", "", 5, 0, ""},
		{"table/cards.csv", "Mood:enum, Level:decimal(1), Awake:bool, Note:enum", "", 0, 0, ""},
		{"table/cards.jsonl", "Mood:enum, Level:uint, Dry:bool", "", 0, 0, ""},
	} {
		t.Run(row.from, func(t *testing.T) {
			from, to := filepath.Join("testdata", row.from), filepath.Join(t.TempDir(), "deck")
			s := imported(t, Options{From: from, To: to, Images: ImagesKeep})
			if got := slotsOf(s.Attributes); got != row.slots || strings.Join(s.Words, ", ") != row.words {
				t.Errorf("slots %s; words %s", got, s.Words)
			}
			if s.NotJSON != row.notJSON || s.Unlabelled != row.unnamed || s.AsPublished != row.asPublished || s.Circuit != "deck/small" {
				t.Errorf("summary %+v", s)
			}
			c := opened(t, from, nil)
			for i := range c.Len() {
				want, err := c.Document(i)
				if err != nil || text(t, filepath.Join(to, DocumentsDir, fmt.Sprintf("%d.json", i))) != string(want) {
					t.Errorf("document %d has other bytes, %v", i, err)
				}
			}
			assertUnchanged(t, Options{From: from, To: to, Images: ImagesKeep})
		})
	}
}

func assertUnchanged(t *testing.T, o Options) {
	t.Helper()
	before := tree(t, o.To)
	if s := imported(t, o); len(s.Changed) > 0 || len(s.Added) > 0 {
		t.Errorf("the same import once more changed %v, added %v", s.Changed, s.Added)
	}
	if !reflect.DeepEqual(before, tree(t, o.To)) {
		t.Error("the same import once more changed files")
	}
}

func TestImport_ReplacesPlaceholdersOnly(t *testing.T) {
	to := filepath.Join(t.TempDir(), "deck")
	o := Options{From: "testdata/hashlips", To: to}
	s := imported(t, o)
	// as ipfs add --cid-version=1 --chunker=size-1048576 -r of the folder prints it; ipfs.Root is held to kubo in its own tests
	if s.Images != ImagesDir || !strings.HasPrefix(s.ImageFolder, "bafybei") {
		t.Fatalf("images %s, folder %s", s.Images, s.ImageFolder)
	}
	for i := range 12 {
		was := text(t, fmt.Sprintf("testdata/hashlips/build/json/%d.json", i+1))
		want := strings.Replace(was, fmt.Sprintf(`"ipfs://NewUriToReplace/%d.png"`, i+1), fmt.Sprintf(`"ipfs://%s/%d.png"`, s.ImageFolder, i), 1)
		if got := text(t, filepath.Join(to, DocumentsDir, fmt.Sprintf("%d.json", i))); got != want || got == was {
			t.Errorf("document %d:\n%s", i, got)
		}
	}
	if len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "numbered as cards are") {
		t.Errorf("notes %v", s.Notes)
	}
	assertUnchanged(t, o)
	// nftchef writes the address into file_url too
	chef := filepath.Join(t.TempDir(), "deck")
	s = imported(t, Options{From: "testdata/nftchef", To: chef})
	if len(s.Notes) != 1 {
		t.Errorf("notes %v", s.Notes)
	}
	for i := range 3 {
		have := text(t, fmt.Sprintf("testdata/nftchef/json/%d.json", i))
		want := strings.ReplaceAll(have, fmt.Sprintf(`"ipfs://cid/%d.png"`, i), fmt.Sprintf(`"ipfs://%s/%d.png"`, s.ImageFolder, i))
		if got := text(t, filepath.Join(chef, DocumentsDir, fmt.Sprintf("%d.json", i))); got != want || strings.Count(got, s.ImageFolder) != 2 {
			t.Errorf("document %d:\n%s", i, got)
		}
	}
}

func TestImport_GivesEachImageItsCID(t *testing.T) {
	to := filepath.Join(t.TempDir(), "deck")
	imported(t, Options{From: "testdata/nested", To: to, Images: ImagesEach})
	for i := range 5 {
		png, err := os.ReadFile(filepath.Join(to, ImagesFolder, fmt.Sprintf("%d.png", i)))
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Image string `json:"image"`
			Clip  string `json:"animation_url"`
		}
		if err := json.Unmarshal([]byte(text(t, filepath.Join(to, DocumentsDir, fmt.Sprintf("%d.json", i)))), &doc); err != nil {
			t.Fatal(err)
		}
		if doc.Image != "ipfs://"+car.Raw(png).String() || doc.Clip != "" {
			t.Errorf("card %d: %+v", i, doc)
		}
	}
}

func TestAddresses_Choose(t *testing.T) {
	for _, row := range []struct {
		name                       string
		asked                      Images
		some, placeholders, images int
		want                       Images
	}{
		{"all placeholders", ImagesAuto, 9, 9, 9, ImagesDir},
		{"one real address", ImagesAuto, 9, 8, 9, ImagesKeep},
		{"no image members", ImagesAuto, 0, 0, 9, ImagesKeep},
		{"an image missing", ImagesAuto, 9, 9, 8, ImagesKeep},
		{"kept as asked", ImagesKeep, 9, 9, 9, ImagesKeep},
		{"each as asked", ImagesEach, 9, 0, 9, ImagesEach},
	} {
		a := addresses{some: row.some, placeholders: row.placeholders, pictured: row.images}
		if got, why := a.choose(row.asked, 9); got != row.want || why == "" {
			t.Errorf("%s: %s, %s", row.name, got, why)
		}
	}
}

func TestImport_WantsImagesToReplaceAddresses(t *testing.T) {
	for from, want := range map[string]string{"leftout": "there are no images"} {
		to := filepath.Join(t.TempDir(), "deck")
		if _, err := Import(t.Context(), Options{From: filepath.Join("testdata", from), To: to, Images: ImagesDir}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", from, err)
		}
	}
	dir := t.TempDir()
	put(t, dir, "1.json", `{"image": ""}`)
	put(t, dir, "2.json", `{"image": ""}`)
	put(t, dir, "1.png", "x")
	if _, err := Import(t.Context(), Options{From: dir, To: filepath.Join(t.TempDir(), "deck"), Images: ImagesDir}); err == nil || !strings.Contains(err.Error(), "card 1 (2.json) has no image file: add one") {
		t.Errorf("got %v", err)
	}
}

const hiddenWord = "canary-7f3a"

func TestImport_ShowsNothingHidden(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "claims.csv", "token,licence,consent,note\n2,"+hiddenWord+",TRUE,=x\n1,,false,\n")
	to := filepath.Join(t.TempDir(), "deck")
	o := Options{From: "testdata/hashlips", To: to, Hidden: filepath.Join(dir, "claims.csv")}
	s := imported(t, o)
	if got := slotsOf(s.Attributes[3:]); got != "licence:text, consent:bool, note:text" || s.Formulas != 1 {
		t.Errorf("claims %s, %d formulas", got, s.Formulas)
	}
	for name, content := range tree(t, to) {
		if name == ClaimsFile {
			if want := "-rw------- card,licence,consent,note\n0,,false,\n1," + hiddenWord + ",true,=x\n"; content != want {
				t.Errorf("%s holds %q", name, content)
			}
		} else if strings.Contains(content, hiddenWord) {
			t.Errorf("%s holds a hidden value", name)
		}
	}
	if out, err := json.Marshal(s); err != nil || strings.Contains(string(out), hiddenWord) {
		t.Errorf("the summary holds a hidden value, %v", err)
	}
	assertUnchanged(t, o)
}

func TestImport_ErrorsQuoteNothingHidden(t *testing.T) {
	for text, want := range map[string]string{
		"token,a\n99," + hiddenWord + "\n":                            "line 2: want a number from 1 to 12 for the token",
		"card,a\n12," + hiddenWord + "\n":                             "line 2: want a number from 0 to 11 for the card, and cards count from 0",
		"token,a\n" + hiddenWord + ",x\n":                             "line 2: want a number",
		"token,a\n1," + hiddenWord + "\n1,x\n":                        "lines 2 and 3 are about one card",
		"name,a\n1," + hiddenWord + "\n":                              "no column card",
		"token,a\n1,x\u200b" + hiddenWord + "\n":                      "line 2, column 2: a character",
		"token,\u200b" + hiddenWord + "\n1,x\n":                       "column 2: want another name: names of hidden attributes have letters a to z, digits, blanks and _ . - /",
		"token,Лицензия\n1," + hiddenWord + "\n":                      "column 2: want another name: names of hidden attributes have letters a to z",
		"token,ok,C++,C#\n1,," + hiddenWord + ",\n":                   `line 1: columns 3 and 4 would get one name: rename one: names`,
		"token,C,C#\n1," + hiddenWord + ",\n":                         `line 1: columns 2 and 3 would get one name`,
		"token," + hiddenWord + "?," + hiddenWord + "!\n1,,\n":        `line 1: columns 2 and 3 would get one name`,
		"token,wings\n1," + hiddenWord + "\n":                         `looks like the label "Wings"`,
		"token,a,a \n1," + hiddenWord + ",x\n":                        "columns 2 and 3",
		"token" + strings.Repeat(",a", 300) + "\n":                    "301 columns",
		"token,card\n1,2\n":                                           "columns 2 and 1 both name cards",
		"token," + strings.Repeat("x", 65) + "\n1," + hiddenWord + "": "column 2: want another name",
	} {
		dir := t.TempDir()
		put(t, dir, "claims.csv", text)
		to := filepath.Join(dir, "deck")
		_, err := Import(t.Context(), Options{From: "testdata/hashlips", To: to, Hidden: filepath.Join(dir, "claims.csv")})
		if err == nil || !strings.Contains(err.Error(), want) || err != nil && strings.Contains(err.Error(), hiddenWord) {
			t.Errorf("%.30q: got %v, want %q", text, err, want)
		}
		if left := names(t, dir); !slices.Equal(left, []string{"claims.csv"}) {
			t.Errorf("%.30q left %v", text, left)
		}
	}
}

// A column whose name no rule can write gets another one, and the summary says which.
func TestImport_TellsNamesOfHiddenAttributesThatChange(t *testing.T) {
	path := written(t, "claims.csv", "card,Größe,年齢 rating,C++,licence,Crème brûlée\n0,1,2,3,x,y\n")
	s := imported(t, Options{From: "testdata/hashlips", To: filepath.Join(t.TempDir(), "deck"), Hidden: path})
	notes := strings.Join(s.Notes, "\n")
	for _, want := range []string{`"Größe" is called "Gro e": names of hidden attributes have`, `"年齢 rating" is called "rating": `, `"C++" is called "C": `, `"Crème brûlée" is called "Creme brulee": `} {
		if !strings.Contains(notes, "the hidden attribute "+want) {
			t.Errorf("no note says that %s; there are\n%s", want, notes)
		}
	}
	if strings.Contains(notes, `"licence"`) {
		t.Errorf("notes %s", notes)
	}
}

func TestImport_KeepsWhatItsAuthorWrote(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	put(t, from, "1.json", `{"attributes": [{"trait_type": "Hat", "value": "Red"}, {"trait_type": "Odd", "value": []}]}`)
	put(t, from, "2.json", `{"attributes": [{"trait_type": "Hat", "value": "Blue"}, {"trait_type": "Age", "value": 3}]}`)
	imported(t, Options{From: from, To: to, Name: "Foxes"})
	edited := strings.NewReplacer("{trait: Hat, type: enum, words: [Blue, Red]}", "{trait: Head, label: Hat, type: enum, words: [Red, Blue]} # mine",
		"facts: []", "facts:\n  - {fact: engine, type: text, visibility: shown, value: mine}").Replace(text(t, filepath.Join(to, DropFile)))
	put(t, to, DropFile, edited)
	put(t, to, "policy.cel", "true")
	assertUnchanged(t, Options{From: from, To: to})

	put(t, from, "3.json", `{"attributes": [{"trait_type": "Hat", "value": "Green"}, {"trait_type": "Hat", "value": "Red"},
		{"trait_type": "Coat", "value": "Fur"}, {"trait_type": "Age", "value": 2.5}, {"trait_type": "Odd 2", "value": null}]}`)
	s := imported(t, Options{From: from, To: to})
	want := strings.NewReplacer("  - {trait: Age, type: uint}\n", "  - {trait: Age, type: uint}\n"+
		"  - {trait: Hat 2, label: Hat, type: enum, words: [Blue, Green, Red]}\n  - {trait: Coat, type: enum, words: [Fur]}\n",
		"words:\n  - Odd\n", "words:\n  - Odd\n  - Odd 2\n").Replace(edited)
	if got := text(t, filepath.Join(to, DropFile)); got != want {
		t.Errorf("drop.yaml is\n%s\nwant\n%s", got, want)
	}
	if got := strings.Join(s.Added, "; "); got != `"Hat 2"; "Coat"; "Odd 2" as the author's word` {
		t.Errorf("added %s", got)
	}
	if got := strings.Join(s.Notes, "; "); !strings.Contains(got, `drop.yaml: "Head": its words lack "Green"`) || !strings.Contains(got, `"Age": it is uint there, and what was imported is decimal(1)`) {
		t.Errorf("notes %s", got)
	}
	if text(t, filepath.Join(to, "policy.cel")) != "true" || !slices.Equal(s.Changed, []string{DocumentsDir, DropFile}) {
		t.Errorf("changed %v", s.Changed)
	}
	assertUnchanged(t, Options{From: from, To: to})
}

// A byte order mark in an author's files is no part of them. One that stands there stays.
func TestImport_TakesFilesBehindAMark(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	put(t, from, "all.json", "\uFEFF[{\"edition\": 2, \"name\": \"B\"},\n {\"edition\": 1, \"name\": \"A\"}]")
	o := Options{From: filepath.Join(from, "all.json"), To: to, Name: "Foxes"}
	imported(t, o)
	if got := text(t, filepath.Join(to, DocumentsDir, "0.json")); got != `{"edition": 1, "name": "A"}` {
		t.Errorf("document %q", got)
	}
	put(t, to, DropFile, "\uFEFF"+text(t, filepath.Join(to, DropFile)))
	assertUnchanged(t, o)
	put(t, from, "claims.csv", "\uFEFFtoken,licence\n1,CC0\n")
	o.Hidden = filepath.Join(from, "claims.csv")
	imported(t, o)
	if got := text(t, filepath.Join(to, DropFile)); !strings.HasPrefix(got, "\uFEFF") || !strings.Contains(got, "{claim: licence") {
		t.Errorf("drop.yaml is %q", got)
	}

	layered := layersOf(t, "namePrefix: Fox\nlayerConfigurations: [{layersOrder: [{name: Hat}]}]\n", map[string][]string{"Hat": {"A", "B"}})
	put(t, layered, LayersFile, "\uFEFF"+text(t, filepath.Join(layered, LayersFile)))
	imported(t, Options{From: layered, To: filepath.Join(t.TempDir(), "deck"), Generate: 2})
}

func TestImport_WritesOnlyIntoADeck(t *testing.T) {
	to := t.TempDir()
	put(t, to, "thesis.txt", "mine")
	if _, err := Import(t.Context(), Options{From: "testdata/leftout", To: to}); err == nil || !strings.Contains(err.Error(), "no deck's") {
		t.Errorf("got %v", err)
	}
	if all := tree(t, to); len(all) != 1 {
		t.Errorf("the folder holds %v", all)
	}
}

func TestImport_DrawsFromLayers(t *testing.T) {
	from := t.TempDir()
	png := text(t, "testdata/hashlips/build/images/1.png")
	for i := range 4 {
		put(t, from, fmt.Sprintf("layers/Hat/Hat %d#%d.png", i, i+1), png)
		put(t, from, fmt.Sprintf("layers/Coat/Coat %d.png", i), png)
	}
	put(t, from, LayersFile, "namePrefix: Foxes\nstartIndex: 1\nlayerConfigurations: [{layersOrder: [{name: Coat}, {name: Hat}]}]\n")
	o := Options{From: from, To: filepath.Join(t.TempDir(), "a"), Generate: 16, Seed: [32]byte{1}}
	s := imported(t, o)
	if s.Images != ImagesDir || slotsOf(s.Attributes) != "Coat:enum, Hat:enum" || s.Cards != 16 {
		t.Errorf("summary %+v", s)
	}
	assertUnchanged(t, o)
	other := o
	other.To, other.Seed = filepath.Join(t.TempDir(), "b"), [32]byte{2}
	imported(t, other)
	if bytes.Equal([]byte(text(t, filepath.Join(o.To, "documents/0.json"))), []byte(text(t, filepath.Join(other.To, "documents/0.json")))) &&
		text(t, filepath.Join(o.To, "documents/1.json")) == text(t, filepath.Join(other.To, "documents/1.json")) {
		t.Error("another seed gave the same cards")
	}
}
