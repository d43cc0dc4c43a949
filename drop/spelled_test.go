package drop

import (
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
)

// published is the foxes as somebody published them, with odd names and texts.
func published(t *testing.T) string {
	t.Helper()
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "supply: 10000", "supply: 10000\nspelling: as published")
	edit(t, dir, DefinitionFile, "  - name: Eyes", `  - {name: "background ", label: "back\u200bground "}`)
	edit(t, dir, ModelFile, "Eyes: {Round: 80, Laser: 15, Closed: 5}", `"background ": {" Laser": 5, "Laser ": 5, "la\u200bser": 5, "lase\u0301r": 5}`)
	edit(t, dir, ModelFile, "  - exclude: {Eyes: Laser, Background: Void}   # never together\n", "")
	edit(t, dir, ModelFile, "Eyes: Closed", `"background ": "Laser "`)
	edit(t, dir, PolicyFile, `trait.Lineage in ["Arctic", "Red"]`, "trait.`background ` != \"laser\" || trait.`background ` == \"Laser \"")
	return dir
}

// solve solves a token's assignment in its circuit, which is cid/small.
func solve(t *testing.T, d *Drop, id uint64) *generation.Result {
	t.Helper()
	r := generated(t, d, id)
	w, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	if err := cidSmall().IsSolved(w); err != nil {
		t.Errorf("token %d has no proof", id)
	}
	return r
}

var cidSmall = sync.OnceValue(func() constraint.ConstraintSystem {
	logger.Disable()
	cs, err := generation.Compile(statement.CircuitID{Binding: statement.CID, Size: statement.Small})
	if err != nil {
		panic(err)
	}
	return cs
})

// What documents show is proven as it was published, to the byte.
func TestLoad_TakesTextsAsPublished(t *testing.T) {
	d, err := Load(published(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for id := uint64(1); len(seen) < 4 && id < 100; id++ {
		r := generated(t, d, id)
		parsed, err := d.Template.Parse(r.Document)
		if err != nil {
			t.Fatal(err)
		}
		text := parsed.Values[1].Text
		if seen[text] {
			continue
		}
		seen[text] = true
		solve(t, d, id)
		if !strings.Contains(string(r.Document), "\"back\u200bground \"") || !strings.Contains(string(r.Document), `"`+text+`"`) {
			t.Errorf("got %s", r.Document)
		}
	}
	for _, want := range []string{" Laser", "Laser ", "la\u200bser", "lase\u0301r"} {
		if !seen[want] {
			t.Errorf("%q was never shown", want)
		}
	}
}

// Public readers compile the same policy and have the same schema, and another spelling is another schema.
func TestDescription_KeepsTheSpelling(t *testing.T) {
	d, err := Load(published(t))
	if err != nil {
		t.Fatal(err)
	}
	public := d.Description(bundle.Key{Provenance: "unsafe-development"})
	data, err := public.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	back, err := bundle.UnmarshalDescription(data)
	if err != nil {
		t.Fatal(err)
	}
	program, err := Compiler{}.Compile(back)
	if err != nil {
		t.Fatal(err)
	}
	commitment, err := program.Drawn(statement.Small, back.IDs())
	if err != nil || commitment != d.Commitments.Policy {
		t.Errorf("the policy has another commitment: %v", err)
	}
	back.SpellAs(bundle.Strict)
	if back.Schema() == public.Schema() {
		t.Error("the schema does not say the spelling")
	}
	if _, err := SchemaOf(back); err == nil {
		t.Error("odd names are taken where spelling is strict")
	}
}

func TestLoad_WarnsOfWhatLooksAlike(t *testing.T) {
	d, err := Load(published(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"drop.yaml: spelling: as published.", `drop.yaml: "background " looks like "Background"`, `"back\u200bground " looks like "Background"`,
		"model.yaml:6:32: this text looks like the one of model.yaml:6:19: they are two",
		"compares trait.background  with \"Laser \", and the text of model.yaml:6:19 only looks like it",
	} {
		if !has(d.Warnings, want) {
			t.Errorf("no warning says %q: %q", want, d.Warnings)
		}
	}
	for _, w := range d.Warnings {
		if strings.Contains(w, "\u200bser") || strings.Contains(w, "\" Laser") || strings.Contains(w, "Ghost") {
			t.Errorf("a warning quotes the model: %s", w)
		}
	}
	d, err = Load(sample(t, "foxes"))
	if err != nil || has(d.Warnings, "looks like") || has(d.Warnings, "spelling") {
		t.Errorf("the sample: %q, %v", d.Warnings, err)
	}
}

// A rule is warned of look-alikes in a strict drop too: letters of other scripts are spelled plainly.
func TestLoad_WarnsOfRowsThatLookLikeARules(t *testing.T) {
	got := warned(t, [3]string{ModelFile, "Red: 49", "R\u0435d: 49"})
	if !has(got, `the rule compares trait.Lineage with "Red", and the text of model.yaml:`) {
		t.Errorf("got %q", got)
	}
}

func TestLoad_RefusesWhatNoSpellingAllows(t *testing.T) {
	for _, row := range []struct{ file, before, after, want string }{
		{DefinitionFile, "spelling: as published", "spelling: loose", "there is no such spelling"},
		{DefinitionFile, "- name: Background", `- {name: Background, label: "a\u202eb"}`, "U+202E"},
		{DefinitionFile, "- name: Background", `- {name: Background, label: 'a"b'}`, "quote"},
		{DefinitionFile, "- name: Background", `- {name: Background, label: 'a\b'}`, "backslash"},
		{DefinitionFile, "- name: Background", `- {name: "Back\tground"}`, "cannot be shown"},
		{DefinitionFile, "- name: Background", `- name: "background "`, "a second trait whose name looks like"},
		{ModelFile, "Midnight", `"Mid\u0085night"`, "U+0085"},
		{ModelFile, "Midnight", `"Mid\u2028night"`, "U+2028"},
		{ModelFile, "Midnight", `"Mid\u2066night"`, "U+2066"},
		{ModelFile, "Midnight", `'Mid"night'`, "without quotes"},
		{ModelFile, "Midnight", `'Mid\night'`, "without quotes"},
		{ModelFile, "Midnight", `"Mid\nnight"`, "control characters"},
		{ModelFile, "Midnight", strings.Repeat("Midnight ", 7), "1 to 59 bytes"},
		{ModelFile, "Arctic", `"Arctic "`, "documents show it nowhere"}, // hidden
		{ModelFile, "value: CC0-1.0", `value: "CC0-1.0 "`, "blank"},
		{PolicyFile, `"CC-BY-4.0"`, `"CC-BY-4.0 "`, "they hold normal forms"},
	} {
		dir := published(t)
		edit(t, dir, row.file, row.before, row.after)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", row.after, err, row.want)
		}
	}
}

// Claims and facts that documents show may be odd too, wherever they are written.
func TestLoad_TakesShownClaimsAsPublished(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "supply: 10000", "supply: 10000\nspelling: as published")
	edit(t, dir, DefinitionFile, "circuit: cid/small ", "circuit: cid/standard ")
	edit(t, dir, DefinitionFile, "{name: consent, type: bool}", "{name: consent, type: bool}\n  - {name: artist, type: text, visibility: shown, label: 'Artist '}")
	write(t, dir, ClaimsFile, "default: {license: CC0-1.0, safety: 0.97, consent: true, artist: 'An Artist '}\n")
	edit(t, dir, ModelFile, "{name: training_license, type: text,", "{name: studio, type: text, visibility: shown, value: ' A Studio'}\n  - {name: training_license, type: text,")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := d.Receipt(1)
	if err != nil {
		t.Fatal(err)
	}
	data, err := receipt.Encode(&d.Schema)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ParseReceipt("1.json", data, &d.Schema); err != nil {
		t.Errorf("the receipt: %v", err)
	}
	if doc := string(generated(t, d, 1).Document); !strings.Contains(doc, `"Artist "`) || !strings.Contains(doc, `"An Artist "`) || !strings.Contains(doc, `" A Studio"`) {
		t.Errorf("got %s", doc)
	}
	table := "token,license,safety,consent,artist\ndefault,CC0-1.0,0.97,true,An Artist \n"
	if _, err := ParseClaims(ClaimsTableFile, []byte(table), &d.Schema, d.IDs); err != nil {
		t.Errorf("a table: %v", err)
	}
	if _, err := ParseClaims(ClaimsTableFile, []byte(strings.ReplaceAll(table, "CC0-1.0", "CC0-1.0 ")), &d.Schema, d.IDs); err == nil {
		t.Error("a hidden text with a blank at its end is taken")
	}
}

// A drop of claims alone, as of generation at mint time, has proofs.
func TestLoad_NeedsNoTraits(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "  - name: Background\n  - name: Eyes\n  - name: Lineage\n    visibility: hidden\n", "  []\n")
	write(t, dir, ModelFile, "layers: {}\n")
	write(t, dir, PolicyFile, "claim.consent && claim.safety >= 0.80\n")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if r := solve(t, d, 7); !strings.Contains(string(r.Document), `"attributes":[`) || strings.Contains(string(r.Document), "trait_type") {
		t.Errorf("got %s", r.Document)
	}
	if odds := d.Odds(); len(odds) != 0 {
		t.Errorf("odds of no traits: %v", odds)
	}
	if drawn, err := d.Draw(7); err != nil || len(drawn) != 0 {
		t.Errorf("draws of no traits: %v, %v", drawn, err)
	}
	edit(t, dir, DefinitionFile, "  []\n", "")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "drop.yaml has no traits") {
		t.Errorf("no key at all: %v", err)
	}
}
