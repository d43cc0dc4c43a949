package bundle

import "github.com/genproof/genproof/circuits/document"

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
