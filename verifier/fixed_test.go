package verifier_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/verifier"
)

// shownWorld is a world whose documents show a number, with all that can be said of one, and a digest.
func shownWorld(t *testing.T, all bool) *world {
	t.Helper()
	w := newWorld(t, "cid/small", 0)
	w.desc.Claims[0] = bundle.Attribute{Name: "safety", Type: "decimal(2)", Visibility: bundle.Shown, Place: bundle.PlaceAttribute, Label: "Safety", DisplayType: "number", MaxValue: "1.00"}
	w.desc.Facts[0] = bundle.Attribute{Name: "license", Type: "digest(raw)", Visibility: bundle.Shown, Place: bundle.PlaceAttribute, Label: "License"}
	if !all {
		w.desc.Claims[0].DisplayType, w.desc.Claims[0].MaxValue = "", ""
	}
	w.desc.Template.Image, w.desc.Template.Name, w.desc.Template.Order = "", "Fox", []bundle.Placed{{Slot: 0}, {Slot: 3}, {Slot: 6}}
	w.desc.Traits[2] = bundle.HiddenAttribute("Fur", "text")
	w.respell(t, bundle.Strict, "Ghost")
	w.bundles = []*bundle.Bundle{w.bundle(t, 1)}
	return w
}

// What is fixed before the beacon stays: an author who has seen the draws makes a new template and new
// documents, with a proof of them under that template, and the policy's commitment refuses.
func TestVerify_ALaterTemplateChangesNothingThatWasFixed(t *testing.T) {
	for name, change := range map[string]func(*bundle.Description){
		"as it was":         func(*bundle.Description) {},
		"texts":             func(d *bundle.Description) { d.Template.Constants[0].Value, d.Template.Name = "Cats.", "Cat" },
		"order":             func(d *bundle.Description) { slices.Reverse(d.Template.Order[:2]) },
		"supply":            func(d *bundle.Description) { d.Supply-- },
		"first id":          func(d *bundle.Description) { d.FirstID, d.Supply = 0, d.Supply+1 },
		"id width":          func(d *bundle.Description) { d.IDWidth = 5 },
		"plain ids":         func(d *bundle.Description) { d.IDWidth = 0 },
		"label":             func(d *bundle.Description) { d.Traits[0].Label = "Rare Eyes" },
		"label of a number": func(d *bundle.Description) { d.Claims[0].Label = "Power" },
		"decimals":          func(d *bundle.Description) { d.Claims[0].Type = "decimal(1)"; d.Claims[0].MaxValue = "1.0" },
		"unit":              func(d *bundle.Description) { d.Claims[0].Type, d.Claims[0].MaxValue = "uint", "100" },
		"display_type":      func(d *bundle.Description) { d.Claims[0].DisplayType = "boost_number" },
		"max_value":         func(d *bundle.Description) { d.Claims[0].MaxValue = "0.90" },
		"no max_value":      func(d *bundle.Description) { d.Claims[0].MaxValue = "" },
		"codec":             func(d *bundle.Description) { d.Facts[0].Type = "digest(dag-pb)" },
		"one shown less": func(d *bundle.Description) {
			d.Traits[0] = bundle.HiddenAttribute("Eyes", "text")
			d.Template.Order = d.Template.Order[1:]
		},
		"another one shown": func(d *bundle.Description) {
			d.Traits[0], d.Traits[2] = bundle.HiddenAttribute("Eyes", "text"), bundle.ShownTrait("Fur")
			d.Template.Order[0].Slot = 2
		},
		"place":    func(d *bundle.Description) { d.Traits[0].Place = bundle.PlaceMember },
		"spelling": func(d *bundle.Description) { d.SpellAs(bundle.AsPublished) },
	} {
		w := shownWorld(t, name != "place") // a member needs a block for the array's key
		change(w.desc)
		w.desc.Commitments.Template = w.template(t).Commitment()
		w.bundles = []*bundle.Bundle{w.bundle(t, 1)}
		o := w.options()
		o.Program = nil // whoever has the author's text compiled sees it too
		r, err := verifier.Verify(t.Context(), w.desc, w.bundles, o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if free := name == "as it was" || name == "texts" || name == "order"; r.Verdict.Holds() != free || !free && !strings.Contains(r.Reason, "program: it is not the one of the policy's commitment") {
			t.Errorf("%s: %s, %q", name, r.Verdict, r.Reason)
		}
	}
}

// A template that leaves out what is shown, shows it twice, or writes attributes of its own is none.
func TestVerify_ATemplateShowsWhatIsShown(t *testing.T) {
	for want, change := range map[string]func(*bundle.Description){
		"leaves out slot 0":                        func(d *bundle.Description) { d.Template.Order = d.Template.Order[1:] },
		"0 is no shown attribute, or stands there": func(d *bundle.Description) { d.Template.Order = append(d.Template.Order, d.Template.Order[0]) },
		"1 is no shown attribute":                  func(d *bundle.Description) { d.Template.Order = append(d.Template.Order, bundle.Placed{Slot: 1}) },
		`member "attributes" is there already`:     func(d *bundle.Description) { d.Template.Constants[0].Key = "attributes" },
		`member "Attributes" is there already`:     func(d *bundle.Description) { d.Template.Constants[0].Key = "Attributes" },
		`member "ROOT" is there already`:           func(d *bundle.Description) { d.Template.Constants[0].Key = "ROOT" },
		"holds a pattern":                          func(d *bundle.Description) { d.Template.Constants[0].Value = "Fox {id:04}" },
		"its template does not have the commitment": func(d *bundle.Description) {
			d.Template.Constants[0].Value = `Foxes.","attributes":[{"trait_type":"Eyes","value":"Laser"}],"x":"`
		},
	} {
		w := shownWorld(t, true)
		change(w.desc)
		r, err := verifier.Verify(t.Context(), w.desc, w.bundles, w.options())
		if err == nil && (r.Verdict.Holds() || !strings.Contains(r.Reason, want)) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v", want, r, err)
		}
	}
}
