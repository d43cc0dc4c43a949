package engine

import "fmt"

// unproven gathers cards of whose documents less is proven than their author may think.
type unproven struct {
	broken     told // no JSON that can be read in one way only
	instead    told // traits that do not stand in a list attributes
	unlabelled told // entries without a trait_type
	labelled   bool // a document has an entry with one
}

func (u *unproven) addBroken(card int, name string, cause error) {
	u.broken.add(card, fmt.Sprintf("%s: %v", name, cause))
}

func (u *unproven) add(card int, name string, d *document) {
	u.labelled = u.labelled || len(d.shown) > 0
	if d.instead != "" {
		u.instead.add(card, fmt.Sprintf("%s has %.40q", name, d.instead))
	}
	if d.unlabelled > 0 {
		u.unlabelled.add(card, fmt.Sprintf("%s has %d", name, d.unlabelled))
	}
}

// notes tells of them, in sentences.
func (u *unproven) notes(cards int) (list []string) {
	for _, row := range []struct {
		told
		what string
	}{
		{u.broken, "documents are no JSON that can be read in one way only, and nothing but their bytes is proven (%s): %s"},
		{u.instead, "nothing is proven of traits that do not stand in a list attributes: [{trait_type, value}, …] (%s): %s"},
		{u.unlabelled, "nothing is proven of attributes without a trait_type that is a text (%s): %s"},
	} {
		if len(row.cards) > 0 {
			list = append(list, fmt.Sprintf(row.what, row.example, firstOf(row.cards)))
		}
	}
	if !u.labelled && len(u.broken.cards) < cards {
		list = append(list, "no document has attributes that readers show, [{trait_type, value}, …]: only the documents' bytes and hidden attributes are proven")
	}
	return list
}
