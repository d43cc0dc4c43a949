package bundle

import (
	"fmt"
	"slices"

	"github.com/genproof/genproof/bundle/spelling"
)

// SpelledAs returns Strict or AsPublished: how names, labels and the texts that documents show are
// spelled. FORMAT.md, section 11.
func (d *Description) SpelledAs() string {
	if d.Spelling != nil {
		return *d.Spelling
	}
	return Strict
}

// SpellAs sets it.
func (d *Description) SpellAs(how string) {
	if d.Spelling = nil; how == AsPublished {
		d.Spelling = &how
	}
}

// CheckText reports what a text that documents show must not have under a spelling. That it fits a
// document is document.ValidateText's business.
func CheckText(how, s string) error {
	if how == AsPublished {
		return spelling.CheckPublished(s)
	}
	return spelling.Check(s)
}

// checkNames holds the names of a section to their spelling, and to what tells them apart: strict
// ones differ in their skeletons, others in their bytes.
func (d *Description) checkNames(path string, list []Attribute, most int) error {
	if len(list) > most {
		return fmt.Errorf("%s: %d, the circuit has room for %d", path, len(list), most)
	}
	seen := map[string]string{}
	for i, a := range list {
		key, err := d.checkAttributeName(a.Name)
		if err != nil {
			return fmt.Errorf("%s[%d].name: %w", path, i, err)
		}
		if other, ok := seen[key]; ok {
			return fmt.Errorf("%s[%d].name: %.40q looks like %.40q", path, i, a.Name, other)
		}
		seen[key] = a.Name
	}
	return nil
}

// checkAttributeName returns what no other name of the section may share.
func (d *Description) checkAttributeName(name string) (key string, err error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	if d.SpelledAs() == AsPublished {
		return name, nil
	}
	return spelling.Skeleton(name), spelling.Check(name)
}

// LookAlikes tells of names of a section that look like another one, which only a drop that is spelled as
// published has, and of such labels that documents show. Labels may repeat, so that equal ones are meant as one.
func (d *Description) LookAlikes() []string {
	var all lookAlikes
	labels := map[string]string{}
	for _, section := range d.sections() {
		names := map[string]string{}
		for _, a := range section.list {
			all.add(names, a.Name)
			if a.Visibility == Shown {
				all.add(labels, a.Label)
			}
		}
	}
	return all
}

// lookAlikes are sentences, each pair of texts told once.
type lookAlikes []string

// add tells of a text that looks like one that was seen, and is another.
func (l *lookAlikes) add(seen map[string]string, text string) {
	key := spelling.Skeleton(text)
	if other, ok := seen[key]; !ok {
		seen[key] = text
	} else if said := fmt.Sprintf("%q looks like %q: they are two attributes.", text, other); other != text && !slices.Contains(*l, said) {
		*l = append(*l, said)
	}
}
