package bundle

import (
	"fmt"

	"github.com/genproof/genproof/circuits/document"
)

// DocumentConfig returns what the drop's template is made from, with
// document.New.
func (d *Description) DocumentConfig() document.Config {
	c := document.Config{Image: d.Template.Image, Name: d.Template.Name, First: d.FirstID, Supply: d.Supply}
	for _, m := range d.Template.Static {
		c.Static = append(c.Static, document.Member(m))
	}
	for _, t := range d.Traits {
		c.Traits = append(c.Traits, document.Trait{Name: t.Label, Visible: t.Visibility == Shown})
	}
	return c
}

// CheckShown reports an attribute that the schema shows and documents of this version do not:
// all but traits that stand among the attributes.
func (d *Description) CheckShown() error {
	for _, section := range d.sections() {
		for i, a := range section.list {
			if a.Visibility == Shown && (section.name != SectionTrait || a.Place != PlaceAttribute) {
				return fmt.Errorf("$.%ss[%d]: documents of this version show no %s as %s", section.name, i, section.name, a.Place)
			}
		}
	}
	return nil
}
