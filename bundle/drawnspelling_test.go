package bundle_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
)

// odd is a description whose names and labels only a drop that is spelled as published has.
func odd() *bundle.Description {
	d := description()
	d.SpellAs(bundle.AsPublished)
	d.Traits = []bundle.Attribute{bundle.ShownTrait("Hat"), bundle.ShownTrait("hat "), bundle.ShownTrait("Eyes")}
	d.Traits[2].Label = "Ey\u200bes"
	d.Claims = []bundle.Attribute{bundle.ShownTrait("Eyes"), bundle.HiddenAttribute("e\u0301", "text")}
	d.Template.Order = []bundle.Placed{{Slot: 0}, {Slot: 1}, {Slot: 2}, {Slot: 3}}
	return d
}

func TestDescription_SaysItsSpelling(t *testing.T) {
	want := odd()
	data, err := want.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	got, err := bundle.UnmarshalDescription(data)
	if err != nil || !reflect.DeepEqual(got, want) || got.SpelledAs() != bundle.AsPublished {
		t.Fatalf("got %+v, %v", got, err)
	}
	if !strings.HasPrefix(string(want.SchemaText()), "drawn small 5 as-published\ntrait ") {
		t.Errorf("schema: %s", want.SchemaText())
	}
	for _, how := range []string{"strict", "loose", ""} { // strict has one form: no key
		changed := strings.Replace(string(data), `"spelling": "as-published"`, `"spelling": "`+how+`"`, 1)
		if _, err := bundle.UnmarshalDescription([]byte(changed)); err == nil || !strings.Contains(err.Error(), "$.spelling: got") {
			t.Errorf("%q: %v", how, err)
		}
	}
	plain, err := description().Marshal()
	if err != nil || strings.Contains(string(plain), "spelling") || description().SpelledAs() != bundle.Strict {
		t.Errorf("a strict drop says its spelling: %v", err)
	}
}

// Each is one change of a description that is right.
func TestDescription_HoldsSpelling(t *testing.T) {
	for _, row := range []struct {
		change func(*bundle.Description)
		strict string // what is wrong if spelling is strict
		other  string // and if it is as published; empty for nothing
	}{
		{func(d *bundle.Description) { d.Traits[1].Name = "Hat" }, "$.traits[1].name", "$.traits[1].name"},
		{func(d *bundle.Description) { d.Traits[1].Name = "HAT" }, "looks like", ""},
		{func(d *bundle.Description) { d.Traits[1].Name = "Hat " }, "blank", ""},
		{func(d *bundle.Description) { d.Traits[1].Name = "Ha\u202et" }, "nobody sees", "nobody sees"},
		{func(d *bundle.Description) { d.Traits[1].Name = "Ha\nt" }, "nobody sees", "nobody sees"},
		{func(d *bundle.Description) { d.Traits[0].Label = "Hat " }, "$.traits[0].label: it has a blank", ""},
		{func(d *bundle.Description) { d.Traits[0].Label = "cafe\u0301" }, "NFC", ""},
		{func(d *bundle.Description) { d.Traits[0].Label = "Ha\u200bt" }, "nobody sees", ""},
		{func(d *bundle.Description) { d.Traits[0].Label = `Ha"t` }, "a quote", "a quote"},
		{func(d *bundle.Description) { d.Traits[0].Label = `Ha\t` }, "backslash", "backslash"},
		{func(d *bundle.Description) { d.Traits[0].Label = "Ha\u0085t" }, "U+0085", "U+0085"},
		{func(d *bundle.Description) { d.Traits[0].Label = "Ha\u2028t" }, "U+2028", "U+2028"},
		{func(d *bundle.Description) { d.Traits[0].Label = "Ha\u2067t" }, "U+2067", "U+2067"},
		{func(d *bundle.Description) { d.Traits[0].Label = "Ha\xfft" }, "UTF-8", "UTF-8"},
		{func(d *bundle.Description) { d.Traits[0].Label = "{id}" }, "a pattern", "a pattern"},
		{func(d *bundle.Description) { d.Traits[0].Place, d.Traits[0].Label = bundle.PlaceMember, "hat " }, "blank", "blank"}, // readers look for members
		{func(d *bundle.Description) { d.Claims[0].Type, d.Claims[0].Words = "enum", []string{"Calm "} }, ".words[0]", ".words[0]"},
	} {
		for how, want := range map[string]string{bundle.Strict: row.strict, bundle.AsPublished: row.other} {
			d := description()
			d.SpellAs(how)
			d.Traits = []bundle.Attribute{bundle.ShownTrait("Hat"), bundle.ShownTrait("Eyes")}
			d.Template.Order = []bundle.Placed{{Slot: 0}, {Slot: 1}}
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
			row.change(d)
			if err := d.Validate(); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s, %+v: %v, want %q", how, d.Traits, err, want)
			}
		}
	}
}

func TestDescription_TellsOfLookAlikes(t *testing.T) {
	want := []string{`"hat " looks like "Hat": they are two attributes.`, `"Eyes" looks like "Ey\u200bes": they are two attributes.`}
	if got := odd().LookAlikes(); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := shownDescription().LookAlikes(); got != nil { // whose labels repeat
		t.Errorf("strict: %q", got)
	}
	d := shownDescription()
	d.Facts[0].Label = "Which \u0415yes"
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	if got := d.LookAlikes(); !slices.Equal(got, []string{`"Which \u0415yes" looks like "Which Eyes": they are two attributes.`}) && !slices.Equal(got, []string{"\"Which \u0415yes\" looks like \"Which Eyes\": they are two attributes."}) {
		t.Errorf("labels of a strict drop: %q", got)
	}
}
