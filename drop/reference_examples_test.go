package drop

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/generation"
)

// merged is a YAML file in which the top-level keys of the change stand in place of its own.
func merged(t *testing.T, file, text, change string) string {
	t.Helper()
	root, err := parseYAML(file, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	by, err := parseYAML(file, []byte(change))
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range by.keys {
		if at := slices.IndexFunc(root.keys, func(o *node) bool { return o.text == k.text }); at >= 0 {
			root.values[at] = by.values[i]
			continue
		}
		root.keys, root.values = append(root.keys, k), append(root.values, by.values[i])
	}
	return flow(root)
}

// changesOf are the examples that stand in place of keys of a file.
func changesOf(list []example, file string) (changes []string) {
	for _, e := range list {
		if e.file == file+"+" {
			changes = append(changes, e.text)
		}
	}
	return changes
}

// TestReference_ExamplesLoad loads every file of the page, with either file of claims, and each change of one.
func TestReference_ExamplesLoad(t *testing.T) {
	list := examples(t, referenceText(t))["drawn"]
	tables := map[string]*Drop{}
	for _, other := range []string{ClaimsFile, ClaimsTableFile} {
		d, err := Load(folder(t, list, other))
		if err != nil {
			t.Fatalf("without %s: %v", other, err)
		}
		if len(d.Warnings) > 1 { // the order of drawing
			t.Errorf("without %s: %q", other, d.Warnings)
		}
		tables[other] = d
	}
	for _, id := range []uint64{0, 7, 499} {
		a, b := tables[ClaimsFile].claims.For(id), tables[ClaimsTableFile].claims.For(id)
		if !slices.Equal(a.slots, b.slots) {
			t.Errorf("token %d has other claims in the table", id)
		}
	}
	changes := changesOf(list, DefinitionFile)
	for _, change := range changes {
		text := merged(t, DefinitionFile, source(t, list, DefinitionFile), change)
		if err := changed(t, list, "drawn", DefinitionFile, text); err != nil {
			t.Errorf("%s: %v", change, err)
		}
	}
	if len(changes) != 3 {
		t.Errorf("%d changes of drop.yaml, want 3", len(changes))
	}
}

// TestReference_ExampleHasTokens: the rule of the page lets most tokens pass, and refuses some.
func TestReference_ExampleHasTokens(t *testing.T) {
	d, err := Load(folder(t, examples(t, referenceText(t))["drawn"], ClaimsTableFile))
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for id := d.IDs.First; id < 80; id++ {
		token, err := d.Token(id, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = generation.Generate(token); err != nil {
			refused++
		}
	}
	if refused == 0 || refused > 40 {
		t.Errorf("%d of 80 tokens are refused", refused)
	}
}

// TestReference_DeckLoads loads the deck of the page, whose cards can be proven.
func TestReference_DeckLoads(t *testing.T) {
	d, err := LoadDeck(context.Background(), folder(t, examples(t, referenceText(t))["deck"]), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Provable(); err != nil {
		t.Error(err)
	}
	if c := d.Check(); d.Cards() != 2 || len(c.Refusals)+len(c.Odd) > 0 {
		t.Errorf("%d cards, refused %v, odd %v", d.Cards(), c.Refusals, c.Odd)
	}
}

// refusedYAML names what YAML has and a drop's files have not, from the errors.
func refusedYAML() string {
	var list []string
	for _, r := range refusedTokens {
		list = append(list, strings.TrimSuffix(r.problem, " are not read"))
	}
	slices.Sort(list)
	s := strings.Join(list, ", ")
	return regexp.MustCompile(`\(([^)]*)\)`).ReplaceAllString(strings.ToUpper(s[:1])+s[1:], "(`$1`)")
}
