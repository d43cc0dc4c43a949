package drop

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
)

const digestText = "0x0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"

// showing is a drop of the large size whose documents show all kinds, out of all sections.
func showing(t *testing.T) string {
	t.Helper()
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "circuit: cid/small ", "circuit: root/large ")
	edit(t, dir, DefinitionFile, "supply: 10000", "supply: 10000\nfirst_id: 0\nid_width: 5")
	edit(t, dir, DefinitionFile, "Foxes #{id}", "Foxes #{id:05}")
	edit(t, dir, DefinitionFile, "{id}.png", "{id:05}.png")
	edit(t, dir, DefinitionFile, "{name: license, type: text}", "{name: license, type: text, visibility: shown, label: License}")
	edit(t, dir, DefinitionFile, "{name: safety, type: decimal(2)}", "{name: safety, type: decimal(2), visibility: shown, label: Safety, display_type: number, max_value: '1.00'}")
	edit(t, dir, DefinitionFile, "{name: consent, type: bool}", "{name: consent, type: bool, visibility: shown}\n"+
		"  - {name: karma, type: int, visibility: shown}\n  - {name: seed, type: uint, visibility: shown, place: member, quoted: true}\n  - {name: born, type: time, visibility: shown, display_type: date}")
	edit(t, dir, DefinitionFile, "  description:", "  narrow: [claim.license]\n  order: [claim.seed, trait.Eyes, claim.license, claim.safety, claim.consent, claim.karma, claim.born, trait.Background, fact.prompt]\n  description:")
	edit(t, dir, ModelFile, "  - {name: training_license,", "  - {name: prompt, type: digest(dag-pb), visibility: shown, value: '"+digestText+"'}\n  - {name: training_license,")
	write(t, dir, ClaimsFile, `default: {license: CC0-1.0, safety: 0.97, consent: true, karma: -7, seed: 18446744073709551615, born: 2026-01-31}
tokens:
  0: {karma: null, seed: null}
`)
	return dir
}

func generated(t *testing.T, d *Drop, id uint64) *generation.Result {
	t.Helper()
	token, err := d.Token(id, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestToken_ShowsEverySectionAndKind(t *testing.T) {
	d, err := Load(showing(t))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[uint64]string{
		0: "License=CC0-1.0 Safety=0.97 consent=true born=1769817600",
		1: "License=CC0-1.0 Safety=0.97 consent=true karma=-7 born=1769817600",
	} {
		r := generated(t, d, id)
		var doc struct {
			Name, Image, Seed string
			Attributes        []map[string]any
		}
		decoder := json.NewDecoder(strings.NewReader(string(r.Document)))
		decoder.UseNumber()
		if err := decoder.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range doc.Attributes {
			got = append(got, fmt.Sprintf("%v=%v", a["trait_type"], a["value"]))
		}
		var digest [32]byte
		for i := range digest {
			digest[i] = byte(i + 1)
		}
		want := fmt.Sprintf("Eyes=%s %s Background=%s prompt=ipfs://bafybei", r.Texts[1], want, r.Texts[0])
		if line := strings.Join(got, " "); !strings.HasPrefix(line, want) || !strings.HasSuffix(line, document.DigestCID(digest)[7:]) {
			t.Errorf("token %d: %s, want %s…", id, line, want)
		}
		wantSeed := map[uint64]string{0: "", 1: "18446744073709551615"}[id]
		if doc.Seed != wantSeed || doc.Name != fmt.Sprintf("Nebula Foxes #%05d", id) || !strings.HasSuffix(doc.Image, fmt.Sprintf("/%05d.png", id)) {
			t.Errorf("token %d: %+v", id, doc)
		}
		if doc.Attributes[2]["max_value"] != json.Number("1.00") || doc.Attributes[2]["display_type"] != "number" {
			t.Errorf("token %d: %v", id, doc.Attributes[2])
		}
		assertDescribed(t, d, r)
	}
}

// assertDescribed makes the template again from the public description.
func assertDescribed(t *testing.T, d *Drop, r *generation.Result) {
	t.Helper()
	data, err := d.Description(bundle.Key{Provenance: "unsafe-development"}).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	public, err := bundle.UnmarshalDescription(data)
	if err != nil {
		t.Fatal(err)
	}
	tpl, err := document.New(statement.Large, public.DocumentConfig())
	if err != nil {
		t.Fatal(err)
	}
	if tpl.Commitment() != d.Commitments.Template {
		t.Error("the description gives another template")
	}
	p, err := tpl.Parse(r.Document)
	if err != nil || !p.HasID || p.ID != r.Statement.ID {
		t.Fatal(p.ID, err)
	}
	for slot, v := range p.Values {
		if tpl.Shows(slot) && v.Slot != r.Slots[slot] {
			t.Errorf("slot %d is shown as another value", slot)
		}
	}
}

// What is a number or a truth value in drop.yaml does not become a text on the way: documents show texts in extra
// fields, so an author who writes another is told.
func TestLoad_ExtraFieldsAreTexts(t *testing.T) {
	for text, isText := range map[string]bool{
		"CC-BY-4.0": true, "'7'": true, `"true"`: true, "2026-01-31": true, "1.2.3": true, "Infinity": true, "0x": true, "nan": true, "7 foxes": true, "truely": true, "-": true,
		"7": false, "-7": false, "0.50": false, ".5": false, "1e9": false, "1e999": false, "0x1F": false, "0b11": false, "true": false, "False": false, "+3": false, "18446744073709551616": false,
	} {
		dir := sample(t, "foxes")
		edit(t, dir, DefinitionFile, "  description:", "  extra: {edition: "+text+"}\n  description:")
		if _, err := Load(dir); (err == nil) != isText || err != nil && !strings.Contains(err.Error(), "drop.yaml:8:20: an extra field is a number") && !strings.Contains(err.Error(), "drop.yaml:8:20: an extra field is true or false") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestLoad_RefusesWhatNoDocumentShows(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"a text of 60 bytes":    {"license: CC0-1.0", "license: " + strings.Repeat("x", 60), "1 to 59 bytes"},
		"a narrow text":         {"license: CC0-1.0", "license: " + strings.Repeat("x", 59), "bytes if it is narrow"},
		"a quote":               {"license: CC0-1.0", `license: 'a"b'`, "without quotes"},
		"a backslash":           {"license: CC0-1.0", `license: 'a\b'`, "without quotes"},
		"an empty text":         {"license: CC0-1.0", `license: ''`, "1 to 59 bytes"},
		"a number of 16 digits": {"karma: -7", "karma: -1000000000000000", "more than 15 digits"},
		"a decimal of a third":  {"safety: 0.97", "safety: 0.971", "decimal(2)"},
		"minus zero":            {"karma: -7", "karma: -0", "int"},
	} {
		dir := showing(t)
		edit(t, dir, ClaimsFile, c.before, c.after)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "xxxxx") {
			t.Errorf("%s: the error quotes the value: %v", name, err)
		}
	}
	dir := showing(t)
	edit(t, dir, DefinitionFile, "narrow: [claim.license]", "narrow: [claim.karma]")
	if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), "claim.karma is none") {
		t.Errorf("a narrow number: %v", err)
	}
}
