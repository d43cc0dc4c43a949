package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle/metadata"
)

// written puts a file into a folder of its own.
func written(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func firstDocument(t testing.TB, c *Collection) []byte {
	t.Helper()
	data, err := c.Document(0)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What cannot come out as it stands is refused: two different cards would become equal ones.
func TestOpen_RefusesLinesThatWouldChange(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"not UTF-8":            {"{\"id\":1}\n{\"id\":2,\"name\":\"Caf\xe9\"}\n", "line 2: it is not UTF-8 text: save the file as UTF-8"},
		"a lone surrogate":     {`{"id":1,"Hat":"\ud83d"}`, "line 1, column 22: half of a surrogate pair"},
		"a lone low surrogate": {`{"id":1,"Hat":"\ude00"}`, "half of a surrogate pair"},
		"a key twice":          {`{"id":1,"Hat":"a","Hat":"b"}`, "line 1, column 19: this key stands there a second time"},
		"an escaped key twice": {`{"id":1,"Hat":"a","H\u0061t":"b"}`, "a second time"},
		"a list in a row":      {`{"id":1,"Hat":["a"]}`, `line 1, column 9: the value of "Hat" is a list or an object`},
		"two objects":          {`{"id":1} {"id":2}`, "line 1, column 10: there is something behind the end"},
		"a comma at the end":   {`{"id":1,}`, "line 1, column 9"},
		"a document by lines":  {"{\n \"tokens\": []}", "line 1, column 2"},
		"name and Name":        {`{"id":1,"name":"Fox 1","Name":"Bob"}`, `line 1: the keys "name" and "Name" differ in case alone: rename one`},
		"hat, later HAT":       {"{\"id\":1,\"hat\":\"x\"}\n\n{\"id\":2,\"HAT\":\"y\"}", `line 3: the keys "hat" and "HAT"`},
		"a long s":             {`{"id":1,"description":"x","deſcription":"y"}`, "differ in case alone"},
		"a long line":          {"{\"id\":1}\n\n{\"id\":2,\"a\":\"" + strings.Repeat("x", MaxDocument+9) + "\"}", "line 3: it has more than 262143 bytes"},
	} {
		c, err := Open(written(t, "cards.jsonl", row.text), nil)
		if err == nil {
			data, _ := c.Document(0)
			t.Errorf("%s: made %q", name, data)
			c.Close()
		} else if !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: got %v, want %q", name, err, row.want)
		}
	}
}

func TestOpen_KeepsTextsOfLines(t *testing.T) {
	const text = `{"id":7,"name":"\ud83e\udd8a \u00e9","Level":1.50,"Dry":true,"Mood":null,"Hat":"a\u2028\"\\"}`
	doc, err := metadata.Parse(firstDocument(t, opened(t, written(t, "cards.jsonl", "\uFEFF"+text), nil)))
	if err != nil {
		t.Fatal(err)
	}
	got := []string{doc.Name}
	for _, a := range doc.Attributes {
		got = append(got, a.Label+string(a.Value.Kind)+a.Value.Text)
	}
	if want := "🦊 é|LevelN1.50|DryBtrue|HatTa\u2028\"\\"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A template that gives no document that can be proven is refused with the reason.
func TestOpen_RefusesTemplatesOfOddDocuments(t *testing.T) {
	for template, want := range map[string]string{
		`{"name": "{name}", "name": "x"}`:   "line 2: the template gives no document that can be proven: byte 14: this key stands there a second time",
		`{"name": "{name}",}`:               "byte 13: want a key in quotes",
		`["{name}"]`:                        "byte 0: a document is a JSON object",
		`{"name": "{name}", "Hat": {name},`: "want a key in quotes",
	} {
		c := opened(t, written(t, "cards.csv", "id,name\n1,A\n"), []byte(template))
		if _, err := c.Document(0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", template, err, want)
		}
	}
}

func TestOpen_ReadsATemplateBehindAMark(t *testing.T) {
	c := opened(t, written(t, "cards.csv", "id,name\n1,A\n"), []byte("\uFEFF{\"name\": \"{name}\"}"))
	if got := string(firstDocument(t, c)); got != `{"name": "A"}` {
		t.Errorf("made %q", got)
	}
}
