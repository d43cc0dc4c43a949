package drop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/spelling"
)

// asPublished is how drop.yaml writes bundle.AsPublished.
const asPublished = "as published"

// spelling reads how names and texts are spelled: strict, or as published.
func (f *fields) spelling() string {
	how := bundle.Strict
	f.choice("spelling", &how, bundle.Strict, asPublished)
	return strings.ReplaceAll(how, " ", "-")
}

// nameSpelled reads a trait's name. Where spelling is as published it need only be safe to show.
func (f *fields) nameSpelled(how string) string {
	s := f.needText("name")
	if f.err != nil {
		return ""
	}
	if why := bundle.CheckName(s); why != nil {
		f.err = fault(f.get("name").place, "write 1 to 64 bytes of printable text, and as label what documents show", "name of %s cannot be shown: %v", f.what, why)
	} else if why := bundle.CheckText(how, s); why != nil {
		f.err = fault(f.get("name").place, strictRemedy, "name of %s cannot be shown: %v", f.what, why)
	}
	return s
}

// strictRemedy says what to do about what is not spelled strictly.
const strictRemedy = "write it plainly, by FORMAT.md, section 11, or write spelling: as published in " + DefinitionFile

// indexAlike returns the first attribute whose name another one must not have, -1 for none: where
// spelling is as published, names may look alike, and [Drop] warns of them.
func (d *definition) indexAlike(list []Attribute, name string) int {
	return slices.IndexFunc(list, func(a Attribute) bool {
		return a.Name == name || d.spelled != bundle.AsPublished && spelling.Alike(a.Name, name)
	})
}

// spellingRemedy says what to do about a text that is not spelled as it has to be.
func spellingRemedy(a Attribute) string {
	switch {
	case a.spelled == bundle.AsPublished && a.Hidden():
		return "write it plainly: documents show it nowhere, so nothing was published that it has to repeat"
	case a.spelled == bundle.AsPublished:
		return "take that character out: no spelling allows it"
	}
	return strictRemedy
}

// warnOfSpelling tells of names and labels that look alike, and in a drop that is spelled as published of texts:
// by their places, since they are hidden.
func (d *Drop) warnOfSpelling() {
	for _, w := range d.Schema.description().LookAlikes() {
		d.Warnings = append(d.Warnings, DefinitionFile+": "+w)
	}
	if d.Schema.Spelled != bundle.AsPublished {
		return
	}
	d.Warnings = append(d.Warnings, DefinitionFile+": spelling: as published. Names or texts may look alike and differ; every report says so.")
	for _, l := range d.layers {
		seen := map[string]row{}
		for _, r := range l.rows {
			key := spelling.Skeleton(r.text)
			if other, ok := seen[key]; ok {
				d.Warnings = append(d.Warnings, r.at.String()+": this text looks like the one of "+other.at.String()+": they are two")
				continue
			}
			seen[key] = r
		}
	}
}

// warnOfLookAlikes names each rule that compares a trait with a text, and the rows that only look like it:
// where the rule says that it is not the text, they pass.
func (d *Drop) warnOfLookAlikes() {
	infos := d.Description(bundle.Key{}).Infos()
	for slot, alike := range d.program.Alike(infos) {
		if slot >= len(d.layers) {
			continue
		}
		for _, r := range d.layers[slot].rows {
			if text := alike.To(r.text); text != "" {
				d.Warnings = append(d.Warnings, fmt.Sprintf("%s: the rule compares %s with %q, and the text of %s only looks like it: to the rule it is another", PolicyFile, infos[slot], text, r.at))
			}
		}
	}
}
