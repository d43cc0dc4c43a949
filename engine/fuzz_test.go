package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/table"
)

func tableOf(column []string) *table.Table {
	t := &table.Table{Columns: []string{"card", "a"}}
	for i, field := range column {
		t.Rows = append(t.Rows, table.Row{Line: i + 2, Fields: []string{fmt.Sprint(i), field}})
	}
	return t
}

// FuzzImport holds that any document imports without a panic, that its drop.yaml can be read
// again, and that the same import changes nothing.
func FuzzImport(f *testing.F) {
	for _, name := range []string{"opensea/00100.json", "nested/1.json", "plain/1", "nonjson/1.txt"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"attributes": [{"trait_type": "a: #\n\u0085", "value": "- {x}"}, {"trait_type": "true", "value": "null"}, {"trait_type": " ", "value": ""}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 1<<14 {
			return
		}
		a := newTallies()
		d, err := readDocument(data)
		if err != nil || a.add(d.shown) != nil {
			return
		}
		if !json.Valid(data) {
			t.Fatal("took what is no JSON")
		}
		s, err := infer(a, nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		text := (&deckFile{Name: "x", Circuit: s.circuit, Words: s.words}).render(s.attributes)
		var again deckFile
		if err := plainyaml.Decode([]byte(text), &again, false); err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		assertSame(t, s, &again, text)
		m, err := mergeFile([]byte(text), s, wishes{})
		if err != nil || m.text != text || len(m.added) > 0 {
			t.Fatalf("merged %v, %v:\n%s", m, err, text)
		}
		if d.image.isThere() {
			var image string
			if json.Unmarshal(data[d.image.start:d.image.end], &image) != nil || image != d.image.text {
				t.Fatalf("the image's address is not at %d to %d", d.image.start, d.image.end)
			}
		}
	})
}

func assertSame(t *testing.T, s *schema, again *deckFile, text string) {
	t.Helper()
	if len(again.Attributes) != len(s.attributes) || strings.Join(again.Words, "\x00") != strings.Join(s.words, "\x00") {
		t.Fatalf("%d attributes and words %q are read as %d and %q:\n%s", len(s.attributes), s.words, len(again.Attributes), again.Words, text)
	}
	names := map[string]bool{}
	for i, a := range s.attributes {
		b := again.Attributes[i]
		if a.Trait != b.Trait || a.Label != b.label() || a.Type != b.Type || strings.Join(a.Words, "\x00") != strings.Join(b.Words, "\x00") {
			t.Fatalf("%+v is read as %+v:\n%s", a, b, text)
		}
		if names[a.Trait] || a.Trait == "" || len(a.Trait) > maxName {
			t.Fatalf("name %q", a.Trait)
		}
		names[a.Trait] = true
	}
}

func TestReadDocument_IsQuickWithHostileJSON(t *testing.T) {
	for name, data := range map[string]string{
		"deep":             strings.Repeat(`[`, 1<<17),
		"deep objects":     strings.Repeat(`{"a":`, 1<<15),
		"many attributes":  `{"attributes": [` + strings.TrimSuffix(strings.Repeat(`{"trait_type":"a"},`, 13_000), ",") + `]}`,
		"many members":     `{` + strings.Repeat(`"a":1,`, 40_000) + `"b":1}`,
		"a twin key":       `{"a": 1, "\u0061": 2}`,
		"a deep twin":      `{"x": [{"a": 1, "a": 2}]}`,
		"a mark":           "\uFEFF{}",
		"bytes behind":     `{} {}`,
		"not UTF-8":        "{\"a\": \"\xff\"}",
		"a long number":    `{"attributes": [{"trait_type": "a", "value": ` + strings.Repeat("9", 200_000) + `}]}`,
		"an exponent":      `{"attributes": [{"trait_type": "a", "value": 1e999999999}]}`,
		"a lone surrogate": `{"name": "\ud800"}`,
	} {
		start := time.Now()
		d, err := readDocument([]byte(data))
		if want := name == "many attributes" || name == "a long number" || name == "an exponent"; (err == nil) != want {
			t.Errorf("%s: read: %v", name, err)
		} else if err == nil {
			if err := newTallies().add(d.shown); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("token,name\n1,x\n"))
	f.Add([]byte(`{"id": 1, "a": "b"}`))
	f.Add([]byte(`[{"edition": 1}, {}]`))
	path := filepath.Join(f.TempDir(), "file")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Open(path, nil)
		if err != nil {
			return
		}
		defer c.Close()
		for i := range c.Len() {
			doc, err := c.Document(i)
			if err == nil && c.Shape == shapeTable && !json.Valid(doc) {
				t.Fatalf("a table makes %q", doc)
			}
			if err == nil && c.Shape == shapeList && !bytes.Contains(data, doc) {
				t.Fatalf("a list holds %q", doc)
			}
		}
	})
}

func FuzzPlaceholder(f *testing.F) {
	f.Add([]byte(`{"image": "ipfs:\/\/cid/1.png", "files": [{"uri": "1.png"}]}`))
	f.Add([]byte(`"\`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, ok := Placeholder(data); ok != (text != "") || len(text) > maxAddress {
			t.Fatalf("%q, %t", text, ok)
		}
	})
}
