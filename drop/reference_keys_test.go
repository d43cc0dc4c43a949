package drop

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// keyMaps are the maps of the page's YAML: which file has them, and where. A star is every entry of a list.
var keyMaps = []struct {
	name, folder, file string
	path               []string
	keys               []key
	change             int // which change of the file has been made, from 1; 0 for none
}{
	{"drop", "drawn", DefinitionFile, nil, dropKeys, 1},
	{"document", "drawn", DefinitionFile, []string{"document"}, slices.Concat(patternKeys, constantKeys, layoutKeys), 0},
	{"trait", "drawn", DefinitionFile, []string{"traits", "*"}, traitKeys, 0},
	{"claim", "drawn", DefinitionFile, []string{"claims", "*"}, claimKeys, 0},
	{"beacon", "drawn", DefinitionFile, []string{"beacon"}, contractKeys, 1},
	{"beacon", "drawn", DefinitionFile, []string{"beacon"}, drandKeys, 2},
	{"model", "drawn", ModelFile, nil, modelKeys, 0},
	{"rule", "drawn", ModelFile, []string{"rules", "*"}, ruleKeys, 0},
	{"fact", "drawn", ModelFile, []string{"facts", "*"}, factKeys, 0},
	{"claims", "drawn", ClaimsFile, nil, claimsKeys, 0},
	{"secrets", "drawn", SecretsFile, nil, secretsKeys, 0},
	{"sprites", "sprites", ModelFile, []string{"sprites"}, spriteKeys, 0},
	{"deck", "deck", DefinitionFile, nil, deckKeys, 0},
	{"once", "deck", DefinitionFile, []string{"deck"}, onceKeys, 0},
	{"attester", "deck", DefinitionFile, []string{"attesters", "*"}, attesterKeys, 0},
	{"card", "deck", DefinitionFile, []string{"attributes", "*"}, cardKeys, 0},
	{"deckfact", "deck", DefinitionFile, []string{"facts", "*"}, deckFactKeys, 0},
}

func keyTable(t *testing.T, name string) string {
	rows := [][]string{{"key", "needed", "form", "what it says"}}
	for _, m := range keyMaps {
		if m.name != name {
			continue
		}
		keys := m.keys
		if name == "fact" {
			keys = keys[len(claimKeys):]
		}
		for _, k := range keys {
			rows = append(rows, []string{"`" + k.name + "`", k.needed, k.form, k.says})
		}
	}
	if len(rows) == 1 {
		t.Fatalf("there are no keys of %q", name)
	}
	return markdown(rows...)
}

// mapsAt returns the maps of a tree at a path.
func mapsAt(n *node, path []string) []*node {
	if len(path) == 0 {
		return []*node{n}
	}
	var found []*node
	for i, v := range n.values {
		if path[0] == "*" || n.kind == mapNode && n.keys[i].text == path[0] {
			found = append(found, mapsAt(v, path[1:])...)
		}
	}
	return found
}

// flow writes a tree in brackets.
func flow(n *node) string {
	var parts []string
	switch n.kind {
	case mapNode:
		for i, v := range n.values {
			parts = append(parts, flow(n.keys[i])+": "+flow(v))
		}
		return "{" + strings.Join(parts, ",\n ") + "}"
	case listNode:
		for _, v := range n.values {
			parts = append(parts, flow(v))
		}
		return "[" + strings.Join(parts, ",\n ") + "]"
	case nullNode:
		return "null"
	}
	if n.quoted {
		return strconv.Quote(n.text)
	}
	return n.text
}

// loads reads the folder, as a drawn drop or as a deck.
func loads(dir, of string) error {
	if of == "deck" {
		_, err := LoadDeck(context.Background(), dir, nil)
		return err
	}
	_, err := Load(dir)
	return err
}

// changed loads the examples with another text of one of their files.
func changed(t *testing.T, list []example, of, file, text string) error {
	t.Helper()
	dir := folder(t, list, ClaimsTableFile)
	if of == "deck" {
		dir = folder(t, list)
	}
	if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return loads(dir, of)
}

// source returns the text that a map of keys is read from.
func source(t *testing.T, list []example, file string) string {
	t.Helper()
	if file == SecretsFile {
		data, err := os.ReadFile(filepath.Join(folder(t, list), file))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, e := range list {
		if e.file == file {
			return e.text
		}
	}
	t.Fatalf("the page has no %s", file)
	return ""
}

var (
	wholeOf = regexp.MustCompile(`^whole number, (\d+) to (\d+)$`)
	wordIn  = regexp.MustCompile("`([a-z][a-z0-9_ ]*)`")
)

// TestReference_KeysAreTheDecoders: the examples show every key; what the page calls needed is, and
// nothing else; a number beyond its range and a word that is none are refused, with what there is.
func TestReference_KeysAreTheDecoders(t *testing.T) {
	all := examples(t, referenceText(t))
	for _, m := range keyMaps {
		list := all[m.folder]
		text := source(t, list, m.file)
		if m.change > 0 {
			text = merged(t, m.file, text, changesOf(list, m.file)[m.change-1])
		}
		seen := map[string]bool{}
		for _, k := range m.keys {
			root, err := parseYAML(m.file, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range mapsAt(root, m.path) {
				at := slices.IndexFunc(n.keys, func(o *node) bool { return o.text == k.name })
				if at < 0 {
					continue
				}
				seen[k.name] = true
				value := n.values[at]
				for _, wrong := range wrongValues(k) {
					n.values[at] = &node{text: wrong.text}
					if err := changed(t, list, m.folder, m.file, flow(root)); err == nil || !wrong.isTold(err) {
						t.Errorf("%s of %s: %s: %v", k.name, m.name, wrong.text, err)
					}
				}
				n.values[at] = value
				n.keys, n.values = slices.Delete(n.keys, at, at+1), slices.Delete(n.values, at, at+1)
				err := changed(t, list, m.folder, m.file, flow(root))
				missing := err != nil && strings.Contains(err.Error(), "has no "+k.name)
				if k.needed == must && !missing || k.needed == "" && missing {
					t.Errorf("%s of %s: needed %q, and without it: %v", k.name, m.name, k.needed, err)
				}
				break
			}
		}
		for _, k := range m.keys {
			if !seen[k.name] && !(m.name == "fact" && slices.ContainsFunc(claimKeys, func(c key) bool { return c.name == k.name })) {
				t.Errorf("no example has %s of %s", k.name, m.name)
			}
		}
	}
}

// A wrongValue is one beyond what the page says, and parts of the error.
type wrongValue struct {
	text string
	says []string
}

func (w wrongValue) isTold(err error) bool {
	for _, s := range w.says {
		if !strings.Contains(err.Error(), s) {
			return false
		}
	}
	return true
}

func wrongValues(k key) (list []wrongValue) {
	if r := wholeOf.FindStringSubmatch(k.form); r != nil {
		low, _ := strconv.ParseUint(r[1], 10, 64)
		high, _ := strconv.ParseUint(r[2], 10, 64)
		list = append(list, wrongValue{fmt.Sprint(high + 1), r[1:]})
		if low > 0 {
			list = append(list, wrongValue{fmt.Sprint(low - 1), r[1:]})
		}
	}
	if isChoice := slices.Contains([]string{"visibility", "place", "quoted", "display_type", "assignment", "documents", "spelling", "backend"}, k.name); isChoice && !strings.Contains(k.form, "list") {
		w := wrongValue{text: "nonsense"}
		for _, word := range wordIn.FindAllStringSubmatch(k.form, -1) {
			w.says = append(w.says, word[1])
		}
		list = append(list, w)
	}
	return list
}
