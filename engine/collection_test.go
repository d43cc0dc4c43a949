package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func opened(t testing.TB, path string, template []byte) *Collection {
	t.Helper()
	c, err := Open(path, template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func text(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestOpen_KeepsTheBytesOfDocuments(t *testing.T) {
	for _, row := range []struct {
		path, shape, file string // of document N
		first, n          int
		images            string
		ignored           string
	}{
		{"hashlips", shapeEngine, "build/json/%d.json", 1, 12, ".png", ""},
		{"hashlips/build", shapeEngine, "json/%d.json", 1, 12, ".png", ""},
		{"hashlips/build/json", shapeFolder, "%d.json", 1, 12, "", ""},
		{"nftchef", shapeEngine, "json/%d.json", 0, 8, ".png", ""},
		{"opensea", shapeFolder, "%05d.json", 100, 10, "", ""},
		{"repeated", shapeFolder, "%d.json", 1, 6, "", ""},
		{"leftout", shapeFolder, "%d.json", 1, 10, "", ""},
		{"plain", shapeFolder, "%d", 0, 6, "", "README"},
		{"nested", shapeFolder, "%d.json", 1, 5, ".png", ""},
		{"nonjson", shapeFolder, "%d.txt", 0, 5, "", ""},
	} {
		t.Run(row.path, func(t *testing.T) {
			dir := filepath.Join("testdata", row.path)
			c := opened(t, dir, nil)
			if c.Shape != row.shape || c.FirstID != uint64(row.first) || c.Len() != row.n || strings.Join(c.Ignored, " ") != row.ignored {
				t.Fatalf("%s, %d from %d, ignored %q", c.Shape, c.Len(), c.FirstID, c.Ignored)
			}
			for i := range c.Len() {
				data, err := c.Document(i)
				if err != nil || string(data) != text(t, filepath.Join(dir, fmt.Sprintf(row.file, row.first+i))) {
					t.Errorf("document %d: %v", i, err)
				}
				if got := strings.Join(c.Images(i), " "); got != row.images {
					t.Errorf("images of card %d: %q", i, got)
				}
			}
			if row.images != "" {
				var out bytes.Buffer
				if err := c.WriteImage(2, ".png", &out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("\x89PNG")) {
					t.Errorf("image of card 2: %v", err)
				}
			}
		})
	}
}

func TestOpen_ReadsAListInTheOrderOfEditions(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "_metadata.json", "[ {\"edition\": 8,\n \"a\" : \"\u00e9\"},{\"edition\":7}\n]\n")
	put(t, dir, "images/7.png", "x")
	c := opened(t, dir, nil)
	if c.Shape != shapeList || c.FirstID != 7 || c.Len() != 2 || len(c.Images(0)) != 1 {
		t.Fatalf("%s, %d from %d", c.Shape, c.Len(), c.FirstID)
	}
	for i, want := range []string{`{"edition":7}`, "{\"edition\": 8,\n \"a\" : \"\u00e9\"}"} {
		if got, err := c.Document(i); err != nil || string(got) != want {
			t.Errorf("document %d is %q, %v", i, got, err)
		}
	}
	whole := opened(t, "testdata/hashlips/build/json/_metadata.json", nil)
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(text(t, "testdata/hashlips/build/json/_metadata.json")), &list); err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if got, err := whole.Document(i); err != nil || !bytes.Equal(got, list[i]) {
			t.Errorf("document %d: %v", i, err)
		}
	}
}

func TestOpen_FillsATemplate(t *testing.T) {
	c := opened(t, "testdata/table/cards.csv", []byte(text(t, "testdata/table/template.json")))
	want := []string{
		`{"name":"Cloud A #1","level":1,"image":"ipfs://REPLACE/1.png","note":"in {braces} ","attributes":[{"trait_type":"Mood","value":"wild"},{"trait_type":"Level","value":1},{"trait_type":"Awake","value":false}]}`,
		`{"name":"Cloud B #2","level":2.5,"image":"ipfs://REPLACE/2.png","note":"in {braces} =1+1","attributes":[{"trait_type":"Mood","value":"calm"},{"trait_type":"Level","value":2.5},{"trait_type":"Awake","value":true},{"trait_type":"Note","value":"=1+1"}]}`,
		`{"name":"Cloud \"C\" #3","level":3,"image":"ipfs://REPLACE/3.png","note":"in {braces} a, b","attributes":[{"trait_type":"Mood","value":"calm"},{"trait_type":"Level","value":3},{"trait_type":"Awake","value":true},{"trait_type":"Note","value":"a, b"}]}`,
	}
	assertDocuments(t, c, want)
}

func TestOpen_HasADocumentForTables(t *testing.T) {
	c := opened(t, "testdata/table/cards.jsonl", nil)
	if c.FirstID != 7 {
		t.Errorf("first id %d", c.FirstID)
	}
	assertDocuments(t, c, []string{
		`{"name":"Rain","attributes":[{"trait_type":"Mood","value":"wet"},{"trait_type":"Level","value":3}]}`,
		`{"name":"#8","attributes":[{"trait_type":"Mood","value":"wet"},{"trait_type":"Dry","value":false}]}`,
	})
}

func assertDocuments(t *testing.T, c *Collection, want []string) {
	t.Helper()
	if c.Len() != len(want) {
		t.Fatalf("%d cards, want %d", c.Len(), len(want))
	}
	for i := range want {
		data, err := c.Document(i)
		if err != nil {
			t.Fatal(err)
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, data); err != nil || compact.String() != want[i] {
			t.Errorf("document %d is\n%s\nwant\n%s", i, compact.String(), want[i])
		}
	}
}

// A value of a table cannot write JSON of its own into a template.
func TestTemplate_EscapesWhatItFillsIn(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "cards.csv", "id,a\n1,\"x\"\", \"\"admin\"\": true, \"\"y\"\": \"\"\\\n\"\n")
	c := opened(t, filepath.Join(dir, "cards.csv"), []byte(`{"s": "{a}", "v": {a}}`))
	data, err := c.Document(0)
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil || len(doc) != 2 || doc["s"] != doc["v"] || doc["s"] != "x\", \"admin\": true, \"y\": \"\\\n" {
		t.Errorf("document %s", data)
	}
}

func TestOpen_Refuses(t *testing.T) {
	for name, row := range map[string]struct {
		make func(t *testing.T, dir string)
		want string
	}{
		"an empty folder": {func(t *testing.T, dir string) {}, "looked for json/N.json, metadata/N.json"},
		"only images":     {func(t *testing.T, dir string) { put(t, dir, "1.png", "x") }, "looked for"},
		"a gap": {func(t *testing.T, dir string) {
			put(t, dir, "1.json", "{}")
			put(t, dir, "3.json", "{}")
		}, "no document with number 2: after 1.json comes 3.json"},
		"padded twins": {func(t *testing.T, dir string) {
			put(t, dir, "7.json", "{}")
			put(t, dir, "07.json", "{}")
		}, "07.json and 7.json have one number"},
		"twins of case": {func(t *testing.T, dir string) {
			put(t, dir, "7.json", "{}")
			put(t, dir, "7.JSON", "{}")
		}, "7.JSON and 7.json have one number"},
		"twins of images": {func(t *testing.T, dir string) {
			put(t, dir, "json/1.json", "{}")
			put(t, dir, "images/1.png", "x")
			put(t, dir, "images/01.PNG", "x")
		}, "images/01.PNG and images/1.png have one number"},
		"a table and rows of one id": {func(t *testing.T, dir string) { put(t, dir, "FILE", "id,a\n1,x\n1,y\n") }, "line 3: column id: after token 1 comes 1"},
		"a table with a gap":         {func(t *testing.T, dir string) { put(t, dir, "FILE", "id,a\n1,x\n3,y\n") }, "line 3: column id: after token 1 comes 3"},
		"a table without ids":        {func(t *testing.T, dir string) { put(t, dir, "FILE", "id,a\nx,x\n") }, "line 2: column id holds no token id"},
		"an empty file":              {func(t *testing.T, dir string) { put(t, dir, "FILE", "") }, "the table is empty"},
		"a table of no rows":         {func(t *testing.T, dir string) { put(t, dir, "FILE", "id,a\n") }, "no rows"},
		"lines with a list":          {func(t *testing.T, dir string) { put(t, dir, "FILE", "{\"a\": [1]}\n") }, "line 1, column 2: the value of"},
		"lines with a key twice":     {func(t *testing.T, dir string) { put(t, dir, "FILE", "{\"a\": 1, \"\\u0061\": 2}\n") }, "line 1, column 10: this key stands there a second time"},
		"lines with two objects":     {func(t *testing.T, dir string) { put(t, dir, "FILE", "{\"a\": 1} {\"a\": 2}\n") }, "line 1, column 10: there is something behind the end"},
		"a list without end":         {func(t *testing.T, dir string) { put(t, dir, "FILE", "[{}, {}") }, "reading"},
		"a list of nothing":          {func(t *testing.T, dir string) { put(t, dir, "FILE", "[]") }, "the list is empty"},
		"a list with a gap":          {func(t *testing.T, dir string) { put(t, dir, "FILE", `[{"edition": 1}, {"edition": 4}]`) }, "after edition 1 comes edition 4"},
		"a list with a long one":     {func(t *testing.T, dir string) { put(t, dir, "FILE", `[{"a": "`+strings.Repeat("x", 2<<20)+`"}]`) }, "too long"},
		"a deep list":                {func(t *testing.T, dir string) { put(t, dir, "FILE", strings.Repeat("[", 400_000)) }, "reading"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			row.make(t, dir)
			path := dir
			if file := filepath.Join(dir, "FILE"); slices.Contains(names(t, dir), "FILE") {
				path = file
			}
			start := time.Now()
			c, err := Open(path, nil)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want %q", err, row.want)
			}
			if err == nil {
				c.Close()
			}
			if d := time.Since(start); d > time.Second {
				t.Errorf("took %s", d)
			}
		})
	}
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestDocument_Refuses(t *testing.T) {
	for name, row := range map[string]struct {
		make func(dir string) error
		want string
	}{
		"a link":   {func(dir string) error { return os.Symlink("/etc/passwd", filepath.Join(dir, "1.json")) }, "not a regular file"},
		"a folder": {func(dir string) error { return os.Mkdir(filepath.Join(dir, "1.json"), 0o755) }, "not a regular file"},
		"nothing":  {func(dir string) error { return os.WriteFile(filepath.Join(dir, "1.json"), nil, 0o644) }, "is empty"},
		"2^18 bytes": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "1.json"), make([]byte, 1<<18), 0o644)
		}, "too large"},
	} {
		dir := t.TempDir()
		if err := row.make(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := opened(t, dir, nil).Document(0); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

// The folder of documents may not be a link either: it could be anybody's.
func TestOpen_FollowsNoLinkToAFolder(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	put(t, other, "1.json", "{}")
	if err := os.Symlink(other, filepath.Join(dir, "json")); err != nil {
		t.Fatal(err)
	}
	if c, err := Open(dir, nil); err == nil {
		c.Close()
		t.Error("followed a link")
	}
}

func TestDocument_TellsThatAFileChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "all.json")
	if err := os.WriteFile(path, []byte(`[{"a":1},{"a":2}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	c := opened(t, path, nil)
	if err := os.WriteFile(path, []byte(`[{"a":1},{"a":2} ]`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Document(1); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("got %v", err)
	}
}

func TestOpen_WantsATemplateForTablesOnly(t *testing.T) {
	if _, err := Open("testdata/leftout", []byte("{}")); err == nil || !strings.Contains(err.Error(), "a template is for tables") {
		t.Errorf("got %v", err)
	}
	for text, want := range map[string]string{
		`{"a": "{Color}"}`:                   `line 1: the table has no column "Color"`,
		"{\n\"a\": \"{":                      "line 2",
		`{"a": "x`:                           "ends in a string",
		"{\n\"a\": \"{Mood} {attributes}\"}": `the template's line 2: {attributes} is a list: write it outside of quotes`,
		"{\n\"a\": {Colour}}":                `the template's line 2: the table has no column "Colour"`,
		`{"a": {Color`:                       `no column "Color"`,
		`{"a": { Mood }}`:                    `no column " Mood "`,
		`{"a": {Mood, "b": 1}`:               `no column "Mood, \"b\": 1"`,
		`{a: 1}`:                             `no column "a: 1"`,
	} {
		if _, err := Open("testdata/table/cards.csv", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}

// A column may be called attributes: then it is a text.
func TestTemplate_TakesAColumnCalledAttributes(t *testing.T) {
	c := opened(t, written(t, "cards.csv", "id,attributes\n1,many\n"), []byte("{\n \"a\": \"{id} {attributes}\", \"b\": { }, \"c\": {\n\"d\": [{}] }, \"e\": \"{{x}\"}"))
	if got, want := string(firstDocument(t, c)), "{\n \"a\": \"1 many\", \"b\": { }, \"c\": {\n\"d\": [{}] }, \"e\": \"{x}\"}"; got != want {
		t.Errorf("got %s", got)
	}
}
