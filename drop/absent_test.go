package drop

import (
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/policy"
)

const lineage = "Lineage: {Arctic: 50, Red: 49, Ghost: 1}"

// The row null: is of tokens that do not have the trait. A quoted one is a text.
func TestLoad_ReadsRowsWithoutText(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, ModelFile, lineage, `Lineage: {Arctic: 1, null: 200, "null": 1, Ghost: 1}`)
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	absent, quoted := 0, 0
	for id := uint64(1); id <= 40; id++ {
		token, err := d.Token(id, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		token.Program = &policy.Program{Schema: token.Program.Schema, Numeric: token.Program.Numeric}
		rows, err := token.Model.Draw(token.Circuit.Size, token.Seed, token.Beacon, id)
		if err != nil {
			t.Fatal(err)
		}
		if rows[2].Text == "" {
			absent++
		}
	}
	for _, table := range d.model.Trait(2).Tables {
		for _, r := range table {
			if r.Text == "null" {
				quoted++
			}
		}
	}
	if absent < 20 || quoted == 0 {
		t.Errorf("%d of 40 tokens have no lineage; %d tables have the text null", absent, quoted)
	}
}

// A rule of model.yaml can speak of the row without text.
func TestLoad_RulesNameRowsWithoutText(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, ModelFile, lineage, "Lineage: {Arctic: 50, Red: 49, Ghost: 1, null: 100}")
	edit(t, dir, ModelFile, "rules:\n", "rules:\n  - exclude: {Lineage: null, Eyes: [Round, Laser]}\n")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for id := range uint64(200) {
		rows, err := d.model.Draw(d.Circuit.Size, d.secrets.seed, d.Beacon.Value, id)
		if err != nil {
			t.Fatal(err)
		}
		if rows[2].Text == "" {
			seen++
			if rows[1].Text != "Closed" {
				t.Fatalf("token %d: an excluded pair", id)
			}
		}
	}
	if seen == 0 {
		t.Error("no token without a lineage: the test shows nothing")
	}
}

// What a token does not have its document leaves out, with comma and key.
func TestToken_LeavesOutWhatIsAbsent(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, ModelFile, "Closed: 5}", "Closed: 5, null: 100000}")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	token, err := d.Token(1, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	if doc := string(r.Document); strings.Contains(doc, "Eyes") || strings.Contains(doc, "},") || !strings.Contains(doc, `{"trait_type":"Background"`) {
		t.Errorf("got %s", doc)
	}
}

// warned returns the warnings of the foxes with other files.
func warned(t *testing.T, edits ...[3]string) []string {
	t.Helper()
	dir := sample(t, "foxes")
	for _, e := range edits {
		edit(t, dir, e[0], e[1], e[2])
	}
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d.Warnings
}

func has(warnings []string, part string) bool {
	return slices.ContainsFunc(warnings, func(w string) bool { return strings.Contains(w, part) })
}

// Each comparison of a trait that can be absent is named unless has() guards it.
func TestLoad_WarnsOfComparisonsOfAbsentTraits(t *testing.T) {
	const says = "compares trait.Lineage, which a token may not have"
	absent := [3]string{ModelFile, lineage, "Lineage: {Arctic: 50, Red: 49, Ghost: 1, null: 10}"}
	never := [3]string{ModelFile, "rules:\n", "rules:\n  - exclude: {Lineage: null, Background: [Midnight, Aurora, Void]}\n"}
	rule := func(text string) [3]string {
		return [3]string{PolicyFile, `(trait.Lineage in ["Arctic", "Red"] || claim.consent)`, text}
	}
	for name, c := range map[string]struct {
		edits []([3]string)
		warns bool
	}{
		"always there":            {nil, false},
		"in":                      {[][3]string{absent}, true},
		"negated":                 {[][3]string{absent, rule(`trait.Lineage != "Ghost"`)}, true},
		"negated outside":         {[][3]string{absent, rule(`!(trait.Lineage == "Ghost")`)}, true},
		"guarded in its rule":     {[][3]string{absent, rule(`(!has(trait.Lineage) || trait.Lineage != "Ghost")`)}, false},
		"guarded by a choice":     {[][3]string{absent, rule(`(has(trait.Lineage) ? trait.Lineage != "Ghost" : true)`)}, false},
		"guarded by another rule": {[][3]string{absent, rule(`has(trait.Lineage) && trait.Lineage != "Ghost"`)}, false},
		"another trait is asked":  {[][3]string{absent, rule(`(!has(trait.Eyes) || trait.Lineage != "Ghost")`)}, true},
		"has() alone":             {[][3]string{absent, rule(`has(trait.Lineage)`)}, false},
		"its row is never drawn":  {[][3]string{absent, never}, false},
	} {
		w := warned(t, c.edits...)
		if got := has(w, says); got != c.warns {
			t.Errorf("%s: warns %v, want %v: %q", name, got, c.warns, w)
		}
	}
}

// The place of a row that is never drawn is told, and nothing that is hidden.
func TestLoad_WarnsOfRowsThatAreNeverDrawn(t *testing.T) {
	w := warned(t, [3]string{ModelFile, "rules:\n", "rules:\n  - exclude: {Background: Void, Eyes: [Round, Closed]}\n"})
	if !has(w, "model.yaml:5:42: the rules never let this row be drawn") {
		t.Errorf("got %q", w)
	}
	if has(w, "Void") {
		t.Errorf("the warning tells the text: %q", w)
	}
	if w := warned(t); has(w, "never let") {
		t.Errorf("every row of the sample is drawn: %q", w)
	}
}

// A trait that a token does not have is absent for the policy: the token is refused where the
// rule is not guarded, and has a proof where it is.
func TestToken_WithoutATraitIsJudged(t *testing.T) {
	for text, holds := range map[string]bool{`trait.Lineage != "Ghost"`: false, `(!has(trait.Lineage) || trait.Lineage != "Ghost")`: true} {
		dir := sample(t, "foxes")
		edit(t, dir, ModelFile, lineage, "Lineage: {Arctic: 1, null: 100000, Ghost: 1}")
		edit(t, dir, PolicyFile, `(trait.Lineage in ["Arctic", "Red"] || claim.consent)`, text)
		d, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		token, err := d.Token(1, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := generation.Generate(token)
		if (err == nil) != holds {
			t.Errorf("%s: %v", text, err)
		}
		if holds && r.Slots[2] != (attribute.Slot{}) {
			t.Errorf("%s: the lineage is there", text)
		}
	}
}

func TestLoad_ReadsWhatDocumentsShow(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "supply: 10000", "supply: 10000\nfirst_id: 0\nid_width: 4")
	edit(t, dir, DefinitionFile, "  - {name: safety, type: decimal(2)}", "  - {name: safety, type: decimal(2), visibility: shown, label: Safety Score, display_type: number, max_value: \"1.00\"}")
	edit(t, dir, DefinitionFile, "  - {name: consent, type: bool}", "  - {name: consent, type: bool, visibility: shown, place: member, label: agreed}")
	def, err := readDefinition(DefinitionFile, mustRead(t, dir, DefinitionFile))
	if err != nil {
		t.Fatal(err)
	}
	want := bundle.Attribute{Name: "safety", Type: "decimal(2)", Visibility: bundle.Shown, Place: bundle.PlaceAttribute, Label: "Safety Score", DisplayType: "number", MaxValue: "1.00"}
	if got := def.claims[1].Public; !slices.Equal(got.Words, want.Words) || got.Label != want.Label || got.MaxValue != want.MaxValue || got.DisplayType != want.DisplayType || got.Visibility != want.Visibility {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := def.claims[2].Public; got.Place != bundle.PlaceMember || got.Label != "agreed" {
		t.Errorf("got %+v", got)
	}
	if def.ids != (policy.IDs{First: 0, Supply: 10000}) || def.idWidth != 4 {
		t.Errorf("ids %+v, %d digits", def.ids, def.idWidth)
	}
}

// What is shown as a JSON number fits one, unless it is quoted.
func TestAttribute_RefusesNumbersThatReadersChange(t *testing.T) {
	a := Attribute{Name: "seed", Type: attribute.Type{Kind: attribute.Uint}, Public: bundle.ShownTrait("seed")}
	a.Public.Type = "uint"
	for text, ok := range map[string]bool{"0": true, "999999999999999": true, "1000000000000000": false, "-0": false, "007": false} {
		if _, err := a.parse(text); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	a.Public.Quoted = true
	if _, err := a.parse("18446744073709551615"); err != nil {
		t.Error(err)
	}
}

func mustRead(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := readNeeded(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
