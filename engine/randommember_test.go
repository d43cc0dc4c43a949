package engine

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// saltOf returns the value of a document's last member, which is to be salt, and the document
// without that member.
func saltOf(t *testing.T, document string) (value, rest string) {
	t.Helper()
	found := regexp.MustCompile(`(?s)^(.*?),?(\s*"salt": "([0-9a-f]{32})")(\s*\}\s*)$`).FindStringSubmatch(document)
	if found == nil {
		t.Fatalf("no salt is the last member of %s", document)
	}
	var all map[string]any
	if err := json.Unmarshal([]byte(document), &all); err != nil || all["salt"] != found[3] {
		t.Fatalf("salt is %v, want %s; %v", all["salt"], found[3], err)
	}
	return found[3], found[1] + found[4]
}

func documentsOf(t *testing.T, dir string, n int) []string {
	t.Helper()
	var list []string
	for i := range n {
		list = append(list, text(t, filepath.Join(dir, DocumentsDir, fmt.Sprintf("%d.json", i))))
	}
	return list
}

// Beside the random member no byte is another one than without it, and every value is its own.
func TestImport_AddsARandomMember(t *testing.T) {
	values := map[string]bool{}
	for _, from := range []string{"hashlips", "nftchef", "opensea", "leftout", "plain", "nested", "table/cards.csv"} {
		t.Run(from, func(t *testing.T) {
			plain := Options{From: filepath.Join("testdata", from), To: filepath.Join(t.TempDir(), "plain")}
			salted := Options{From: plain.From, To: filepath.Join(t.TempDir(), "salted"), RandomMember: "salt"}
			n, s := imported(t, plain).Cards, imported(t, salted)
			if s.RandomMember != "salt" || !strings.Contains(text(t, filepath.Join(salted.To, DropFile)), "\nrandom_member: salt\n") {
				t.Errorf("summary %+v", s)
			}
			want := documentsOf(t, plain.To, n)
			for i, document := range documentsOf(t, salted.To, n) {
				value, rest := saltOf(t, document)
				if rest != want[i] {
					t.Errorf("document %d without its salt is\n%s\nwant\n%s", i, rest, want[i])
				}
				if values[value] {
					t.Errorf("document %d has the salt of another", i)
				}
				values[value] = true
			}
			assertUnchanged(t, salted)
			salted.RandomMember = "" // drop.yaml has it
			assertUnchanged(t, salted)
		})
	}
}

// What has changed gets a new value, what has not keeps its own.
func TestImport_KeepsRandomMembers(t *testing.T) {
	from, o := t.TempDir(), Options{To: filepath.Join(t.TempDir(), "deck")}
	for i := range 3 {
		put(t, from, fmt.Sprintf("%d.json", i), fmt.Sprintf(`{"name": "Fox #%d"}`, i))
	}
	o.From = from
	imported(t, o)
	o.RandomMember = "salt"
	if s := imported(t, o); strings.Join(s.Added, "; ") != "random_member: salt" {
		t.Errorf("added %q", s.Added)
	}
	assertUnchanged(t, o)
	before := documentsOf(t, o.To, 3)
	put(t, from, "1.json", `{"name": "Fox #one"}`)
	imported(t, o)
	after := documentsOf(t, o.To, 3)
	was, _ := saltOf(t, before[1])
	is, rest := saltOf(t, after[1])
	if after[0] != before[0] || after[2] != before[2] || rest != `{"name": "Fox #one"}` || is == was {
		t.Errorf("before %q, after %q", before, after)
	}
	o.RandomMember = "pepper"
	if _, err := Import(t.Context(), o); err == nil || !strings.Contains(err.Error(), "drop.yaml has random_member: salt") {
		t.Errorf("another name: %v", err)
	}
}

func TestWithRandomMember_Refuses(t *testing.T) {
	for name, document := range map[string]string{
		`"salt" already`:     `{"name": "a", "salt": "b"}`,
		"already":            `{"name": "a", "s\u0061lt": 1}`,
		"a JSON object":      `[1]`,
		"byte 0":             "PNG",
		"a second time":      `{"a": 1, "a": 2}`,
		"more than 262143 b": `{"a": "` + strings.Repeat("x", MaxDocument-40) + `"}`,
	} {
		if out, err := withRandomMember([]byte(document), nil, "salt"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%.40s: %.80s, %v; want %q", document, out, err, name)
		}
	}
	out, err := withRandomMember([]byte(" { } "), nil, "salt")
	if err != nil {
		t.Fatal(err)
	}
	if _, rest := saltOf(t, string(out)); rest != " { } " {
		t.Errorf("an empty object became %s", out)
	}
}

func TestImport_RefusesRandomMembers(t *testing.T) {
	for name, o := range map[string]Options{
		"want a name of at most 64": {From: "testdata/leftout", RandomMember: `sa"lt`},
		"64 letters":                {From: "testdata/leftout", RandomMember: strings.Repeat("s", 65)},
		"want a name":               {From: "testdata/leftout", RandomMember: "0salt"},
		"wallets and markets":       {From: "testdata/leftout", RandomMember: "Image"},
		"of card":                   {From: "testdata/nonjson", RandomMember: "salt"},
		`"edition" already`:         {From: "testdata/hashlips", RandomMember: "edition"},
	} {
		o.To = filepath.Join(t.TempDir(), "deck")
		if _, err := Import(t.Context(), o); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
		if all := tree(t, o.To); len(all) > 0 {
			t.Errorf("%s: the folder holds %v", name, all)
		}
	}
}
